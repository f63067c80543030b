"""A contest in judging, a judge with an account and an accepted entry of somebody, for the tests of conflicts."""

from types import SimpleNamespace

from competitions.actions.conflicts.finding import find_conflicts
from competitions.models import Conflict, JudgeRelation, TeamMember
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.factories import AT, make_judge, make_user


def make_case_of_conflict(**entry):
    """competition, judge (an account of its own) and entry (of another)."""
    competition = make_judging_competition()
    judge = make_judge(competition, user=make_user(name="박심사"), name="박심사", pledged_at=AT)
    entrant = make_user(name="김가온")
    entry = make_accepted_entry(competition, code="E1", entrant=entrant, **entry)
    return SimpleNamespace(competition=competition, judge=judge, entry=entry, entrant=entrant)


def add_member(entry, user=None, *, state="accepted", email=""):
    answered = None if state == "invited" else AT
    return TeamMember.objects.create(
        entry=entry, user=user, email=email, state=state, invited_at=AT, answered_at=answered
    )


def declare(judge, **tie):
    return JudgeRelation.objects.create(judge=judge, at=AT, **{"kind": "other"} | tie)


def found(case):
    """Look, and return the grounds between judge and entry."""
    find_conflicts(case.competition, at=AT)
    rows = Conflict.objects.filter(judge=case.judge, entry=case.entry, kind="exclusion")
    return set(rows.values_list("ground", flat=True))


def make_conflict(judge, entry, **fields):
    values = {"kind": "exclusion", "ground": "department", "at": AT}
    return Conflict.objects.create(judge=judge, entry=entry, **values | fields)
