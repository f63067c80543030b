"""A contest of the full profile that meets every gate before its announcement, for the tests of the rules."""

from datetime import timedelta

from competitions.actions.calls.gates import note_similar_checked
from competitions.contest_files.call_records import AGREED_ITEMS, PLAN_ITEMS
from competitions.models import ConsentTerm, Result
from competitions.states import CompetitionState
from tests.factories import AT, make_competition, make_judge

DAY = timedelta(days=1)


def make_full_competition(**fields):
    values = {
        "profile": "full",
        "state": CompetitionState.DRAFT,
        "announced_at": None,
        "opens_at": AT + DAY,
        "closes_at": AT + 30 * DAY,
        "plan": dict.fromkeys(PLAN_ITEMS, "내용"),
    }
    competition = make_competition(**values | fields)
    ConsentTerm.objects.create(
        competition=competition, purpose="rules", title="규정", text="안내", covers=list(AGREED_ITEMS)
    )
    note_similar_checked(competition, found="비슷한 공모전 없음", by=None)
    return competition


def make_committee(competition, *, private=3, public=2):
    make_judge(competition, side="private", is_chair=True)
    for side, count in (("private", private - 1), ("public", public)):
        for _number in range(count):
            make_judge(competition, side=side)


def with_result(competition):
    Result.objects.create(
        competition=competition, outcome={}, outcome_sha256="0" * 64, inputs_sha256="0" * 64, computed_at=AT
    )
    return competition
