"""From signed sheets to a published result: compute, decide awards, publish."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.calls.changes import locked
from competitions.actions.deciding.choices import check_choices, told_differences
from competitions.actions.deciding.coverage import refuse_undecided
from competitions.actions.judging.sums import recompute_sums
from competitions.actions.letters import tell_followers
from competitions.errors import CompetitionError
from competitions.judging.errors import TallyError
from competitions.models import Award, Competition, Entry, Result
from competitions.results import contest_and_tally, with_decided_awards
from competitions.results_files import frozen_file
from competitions.states import COMPETITION_MOVES, ENTRY_MOVES, JUDGED_STATES, CompetitionState


class Choice(NamedTuple):
    """One award as a person decided it. reason: needed when it departs from the order of the result."""

    tier: str  # code
    reason: str = ""


class StaleResult(CompetitionError):
    """The sheets behind the result have changed since the person looked at it."""


@transaction.atomic
def compute(competition, *, by, at):
    """Compute and store the result; a published one is returned as it is. Returns the Result."""
    competition = locked(competition)
    if competition.state == CompetitionState.PUBLISHED:
        return competition.result
    _require_computable(competition)
    recompute_sums(competition)  # whatever changed weights or points, boards are right again from here
    outcome = _outcome(competition)
    if competition.state == CompetitionState.DECIDED:
        outcome = with_decided_awards(outcome, _decided(competition))
    result = _store(competition, outcome, by=by, at=at)
    audit.record("result.computed", by=by, target=competition, inputs_sha256=result.inputs_sha256)
    return result


@transaction.atomic
def decide_awards(competition, choices, *, by, at, inputs_sha256=None, no_award=None):
    """Give the awards; judged entries without a choice are passed over. May be redone until published.

    choices: Choice by entry code. no_award: reason by code of an award tier that is not filled; None asks for none,
    except under the full profile.
    inputs_sha256: of the result the person decided on; raises StaleResult when sheets changed since.
    """
    competition = locked(competition)
    _require_state(competition, "decide")
    outcome, tiers, found, no_award = _looked_at(
        competition, choices, at=at, inputs_sha256=inputs_sha256, no_award=no_award
    )
    _give_awards(competition, choices, tiers=tiers, by=by, at=at)
    awarded = {code: choice.tier for code, choice in choices.items()}
    result = _store(competition, with_decided_awards(outcome, awarded), by=by, at=at)
    _move(competition, "decide")
    audit.record(
        "awards.decided",
        by=by,
        target=competition,
        awards=awarded,
        outcome_sha256=result.outcome_sha256,
        **told_differences(found, no_award),
    )
    return result


def look_at_decision(competition, choices, *, at, inputs_sha256=None, no_award=None):
    """Refuse what decide_awards would refuse, change nothing. Returns the Differences from the order."""
    _require_state(competition, "decide")
    return _looked_at(competition, choices, at=at, inputs_sha256=inputs_sha256, no_award=no_award)[2]


def _looked_at(competition, choices, *, at, inputs_sha256, no_award):
    """(outcome, tiers, differences, reasons for no award). The full profile always asks for those."""
    is_full = competition.profile == Competition.Profile.FULL
    contest, outcome = _contest_and_outcome(competition)
    if inputs_sha256 not in {None, outcome["inputs_sha256"]}:
        raise StaleResult(
            _("Sheets were signed since you opened this page. Look at the new order, then decide.")
        )
    no_award = {} if no_award is None and is_full else no_award
    tiers = {tier.code: tier for tier in competition.award_tiers.select_related("track")}
    people = {entry.code: entry.people for entry in contest.entries if entry.people}
    if not competition.one_prize_per_person:
        people = {}
    found = check_choices(choices, outcome=outcome, tiers=tiers, people=people, no_award=no_award)
    refuse_undecided(competition, choices, found, outcome=outcome, tiers=tiers, at=at)
    return outcome, tiers, found, no_award or {}


@transaction.atomic
def publish_results(competition, *, by, at):
    """Freeze the result and show it to everybody."""
    competition = locked(competition)
    _require_state(competition, "publish")
    result = competition.result
    contest, outcome = _contest_and_outcome(competition)
    if outcome["inputs_sha256"] != result.inputs_sha256:
        raise StaleResult(
            _("Sheets or entries changed after the awards were decided. Decide the awards again.")
        )
    _move(competition, "publish", published_at=at)
    result.published_at = at
    result.file, result.file_sha256 = frozen_file(competition, contest, outcome)
    result.save(update_fields=["published_at", "file", "file_sha256"])
    tell_followers(competition, "call.results", at=at, by=by, key=f"call.results:{competition.pk}")
    audit.record(
        "results.published",
        by=by,
        target=competition,
        outcome_sha256=result.outcome_sha256,
        file_sha256=result.file_sha256,
    )
    return result


def _require_computable(competition):
    if competition.state == CompetitionState.CANCELLED:
        raise IllegalMove(_("This competition was cancelled, so it has no result."))


def _outcome(competition):
    return _contest_and_outcome(competition)[1]


def _contest_and_outcome(competition):
    if not competition.rounds.filter(criteria__isnull=False).exists():
        raise CompetitionError(
            _("This competition has no round with criteria yet. Add one, then compute again.")
        )
    try:
        return contest_and_tally(competition)
    except TallyError as error:
        raise CompetitionError(
            _("The result cannot be computed: %(problem)s. Correct it, then compute again.")
            % {"problem": error}
        ) from error


def _store(competition, outcome, *, by, at):
    """Store the outcome; advice on other inputs goes."""
    same = Result.objects.filter(competition=competition, inputs_sha256=outcome["inputs_sha256"])
    result, _created = Result.objects.update_or_create(
        competition=competition,
        defaults=({} if same.exists() else {"advice": None})
        | {
            "outcome": outcome,
            "outcome_sha256": content_sha256(outcome),
            "inputs_sha256": outcome["inputs_sha256"],
            "computed_at": at,
            "computed_by": by,
        },
    )
    return result


def _decided(competition):
    return dict(Award.objects.filter(entry__competition=competition).values_list("entry__code", "tier__code"))


def _require_state(competition, move):
    sources, _target = COMPETITION_MOVES[move]
    if competition.state in sources:
        return
    if competition.state == CompetitionState.PUBLISHED:
        raise IllegalMove(_("The results are published and can no longer be changed."))
    if move == "publish":
        raise IllegalMove(_("Decide the awards first, then publish the results."))
    raise IllegalMove(_("Awards are decided once judging has begun. Begin judging first."))


def _give_awards(competition, choices, *, tiers, by, at):
    entries = Entry.objects.filter(competition=competition, state__in=JUDGED_STATES)
    Award.objects.filter(entry__competition=competition).delete()
    chosen = {entry.code: entry for entry in entries.filter(code__in=choices)}
    Award.objects.bulk_create(
        Award(
            entry=chosen[code],
            tier=tiers[choice.tier],
            reason=choice.reason.strip()[:500],
            decided_by=by,
            decided_at=at,
        )
        for code, choice in choices.items()
    )
    _move_entries(entries.filter(code__in=choices), "award")
    _move_entries(entries.exclude(code__in=choices), "pass_over")


def _move_entries(entries, move):
    sources, target = ENTRY_MOVES[move]
    entries.filter(state__in=sources).update(state=target)


def _move(competition, move, **fields):
    sources, target = COMPETITION_MOVES[move]
    moved = Competition.objects.filter(pk=competition.pk, state__in=sources).update(state=target, **fields)
    if not moved:
        raise IllegalMove(_("Somebody else has just changed this competition. Open the page again."))
