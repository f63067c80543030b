"""Checks before a call is announced, and before a change of it is."""

from datetime import datetime, timedelta

from casebook.content.markers import N_
from competitions.contest_files.call_records import AGREED_ITEMS, PLAN_ITEMS
from competitions.rules.facts import Facts
from competitions.rules.findings import MET, NOT_APPLICABLE, Verdict, missing

NOTICE = timedelta(days=5)  # 120 hours, docs/decisions/0013
VOTE = "public_vote"
JUDGED_BY_COMMITTEE = {"written", "presentation"}  # a panel is one of citizens


def call_text(facts: Facts) -> Verdict:
    return MET if facts.call.strip() else missing(N_("Write the call."))


def track(facts: Facts) -> Verdict:
    return MET if facts.tracks else missing(N_("Add at least one track."))


def criterion(facts: Facts) -> Verdict:
    return MET if facts.criteria else missing(N_("Add at least one criterion."))


def closing(facts: Facts) -> Verdict:
    if facts.deadlines and max(facts.deadlines) > (facts.announced_at or facts.now):
        return MET
    return missing(N_("Set a closing time that lies ahead."))


def similar(facts: Facts) -> Verdict:
    if facts.has_similar_checked:
        return MET
    return missing(N_("Look for similar contests, then note on the rules page what you found."))


def plan(facts: Facts) -> Verdict:
    unwritten = tuple(item for item in PLAN_ITEMS if not facts.plan.get(item, "").strip())
    if not unwritten:
        return MET
    return missing(N_("Write the missing items of the plan: %(items)s."), items=unwritten)


def agreed(facts: Facts) -> Verdict:
    told = {item for term in facts.terms if term.is_required for item in term.covers}
    untold = tuple(item for item in AGREED_ITEMS if item not in told)
    if not untold:
        return MET
    return missing(N_("Add a required consent that tells entrants of: %(items)s."), items=untold)


def notice_period(facts: Facts) -> Verdict:
    return _stands(facts, since=facts.announced_at or facts.now)


def renotice_period(facts: Facts) -> Verdict:
    return _stands(facts, since=facts.material_at) if facts.material_at else NOT_APPLICABLE


def vote_added(facts: Facts) -> Verdict:
    """Whether a committee judges beside a public vote, in a round whose score is in the total."""
    has_vote = any(each.kind == VOTE for each in facts.rounds)
    if not has_vote or any(each.kind in JUDGED_BY_COMMITTEE and each.carries for each in facts.rounds):
        return MET
    return missing(
        N_(
            "Add a round that a committee judges and whose score is in the total; a public vote alone decides nothing."
        )
    )


def _stands(facts: Facts, *, since: datetime) -> Verdict:
    """Whether five full days lie between the notice and the earliest deadline still open then."""
    first = min((each for each in facts.deadlines if each > since), default=None)
    if first and first - since >= NOTICE:
        return MET
    return missing(
        N_(
            "The notice has to stand 5 full days before entries close. Move every deadline to %(earliest)s or later."
        ),
        earliest=since + NOTICE,
    )
