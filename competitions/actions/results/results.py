"""From signed sheets to a published result: compute, decide awards, publish."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.calls.changes import locked
from competitions.actions.calls.gates import refuse_gates
from competitions.actions.letters import tell_followers
from competitions.errors import CompetitionError
from competitions.judging.errors import TallyError
from competitions.models import Award, Competition, Entry, Result
from competitions.results import tally, with_decided_awards
from competitions.rules.findings import Stage
from competitions.states import COMPETITION_MOVES, ENTRY_MOVES, JUDGED_STATES, CompetitionState


class Choice(NamedTuple):
    """One award as a person decided it. reason: needed when it departs from the order of the result."""

    tier: str  # code
    reason: str = ""


class StaleResult(CompetitionError):
    """The sheets behind the result have changed since the person looked at it."""


class ReasonMissing(CompetitionError):
    """An award departs from the order of the result and nobody wrote why; `code` is the entry's."""

    def __init__(self, message, *, code):
        self.code = code
        super().__init__(message)


@transaction.atomic
def compute(competition, *, by, at):
    """Compute and store the result; a published one is returned as it is. Returns the Result."""
    competition = locked(competition)
    if competition.state == CompetitionState.PUBLISHED:
        return competition.result
    _require_computable(competition)
    outcome = _outcome(competition)
    if competition.state == CompetitionState.DECIDED:
        outcome = with_decided_awards(outcome, _decided(competition))
    result = _store(competition, outcome, by=by, at=at)
    audit.record("result.computed", by=by, target=competition, inputs_sha256=result.inputs_sha256)
    return result


@transaction.atomic
def decide_awards(competition, choices, *, by, at, inputs_sha256=None):
    """Give the awards; judged entries without a choice are passed over. May be redone until published.

    choices: Choice by entry code.
    inputs_sha256: of the result the person decided on; raises StaleResult when sheets changed since.
    """
    competition = locked(competition)
    _require_state(competition, "decide")
    refuse_gates(competition, Stage.DECIDE, at=at)
    outcome = _outcome(competition)
    if inputs_sha256 not in {None, outcome["inputs_sha256"]}:
        raise StaleResult(
            _("Sheets were signed since you opened this page. Look at the new order, then decide.")
        )
    tiers = {tier.code: tier for tier in competition.award_tiers.all()}
    _check_choices(choices, outcome=outcome, tiers=tiers)
    _give_awards(competition, choices, tiers=tiers, by=by, at=at)
    awarded = {code: choice.tier for code, choice in choices.items()}
    result = _store(competition, with_decided_awards(outcome, awarded), by=by, at=at)
    _move(competition, "decide")
    audit.record(
        "awards.decided", by=by, target=competition, awards=awarded, outcome_sha256=result.outcome_sha256
    )
    return result


@transaction.atomic
def publish_results(competition, *, by, at):
    """Freeze the result and show it to everybody."""
    competition = locked(competition)
    _require_state(competition, "publish")
    result = competition.result
    if _outcome(competition)["inputs_sha256"] != result.inputs_sha256:
        raise StaleResult(
            _("Sheets or entries changed after the awards were decided. Decide the awards again.")
        )
    _move(competition, "publish", published_at=at)
    result.published_at = at
    result.save(update_fields=["published_at"])
    tell_followers(competition, "call.results", at=at, by=by, key=f"call.results:{competition.pk}")
    audit.record("results.published", by=by, target=competition, outcome_sha256=result.outcome_sha256)
    return result


def _require_computable(competition):
    if competition.state == CompetitionState.CANCELLED:
        raise IllegalMove(_("This competition was cancelled, so it has no result."))


def _outcome(competition):
    if not competition.rounds.filter(criteria__isnull=False).exists():
        raise CompetitionError(
            _("This competition has no round with criteria yet. Add one, then compute again.")
        )
    try:
        return tally(competition)
    except TallyError as error:
        raise CompetitionError(
            _("The result cannot be computed: %(problem)s. Correct it, then compute again.")
            % {"problem": error}
        ) from error


def _store(competition, outcome, *, by, at):
    result, _created = Result.objects.update_or_create(
        competition=competition,
        defaults={
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


def _check_choices(choices, *, outcome, tiers):
    entries = {entry["code"]: entry for entry in outcome["entries"]}
    for code, choice in choices.items():
        _check_choice(code, entry=entries.get(code), tier=tiers.get(choice.tier))
    _check_counts(choices, tiers=tiers)
    for code in departing(choices, outcome=outcome, tiers=tiers):
        if not choices[code].reason.strip():
            raise ReasonMissing(
                _("Entry %(code)s is given more than entries placed before it. Write the reason beside it.")
                % {"code": code},
                code=code,
            )


def _check_choice(code, *, entry, tier):
    if tier is None:
        raise CompetitionError(
            _("The award chosen for entry %(code)s does not exist. Choose again.") % {"code": code}
        )
    if entry is None:
        raise CompetitionError(_("Entry %(code)s is not among the judged entries.") % {"code": code})
    if entry["place"] is None:
        raise CompetitionError(
            _("Entry %(code)s has no complete score, so it cannot be given an award.") % {"code": code}
        )


def _check_counts(choices, *, tiers):
    for tier in tiers.values():
        given = sum(choice.tier == tier.code for choice in choices.values())
        if given > tier.count:
            raise CompetitionError(
                _("“%(tier)s” has at most %(count)s winners, but %(given)s entries were chosen.")
                % {"tier": tier.name, "count": tier.count, "given": given}
            )


def departing(choices, *, outcome, tiers):
    """Return the codes of awarded entries of which a better placed entry has a lower award or none."""
    ranks = {code: rank for rank, code in enumerate(tiers)}
    nothing = len(ranks)
    found, worst_before, worst_here, place = [], -1, -1, None
    for entry in outcome["entries"]:
        if entry["place"] is None:
            break
        if entry["place"] != place:
            place, worst_before = entry["place"], max(worst_before, worst_here)
        choice = choices.get(entry["code"])
        rank = ranks[choice.tier] if choice else nothing
        if rank < worst_before:
            found.append(entry["code"])
        worst_here = max(worst_here, rank)
    return found


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
