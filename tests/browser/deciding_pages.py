"""A committee that deliberates, with meetings of every state, and its pages."""

from uuid import uuid4

from django.urls import reverse
from django.utils.timezone import now

from accounts.roles import Role
from competitions.actions.deciding.minutes import close_meeting, sign_minutes
from competitions.actions.deciding.notes import add_note
from competitions.models import Competition, Judge, Meeting, Motion, Result
from tests.competitions.deciding.making import (
    make_carried,
    make_committee_contest,
    make_meeting,
    make_motion,
    members_of,
    vote_all,
)
from tests.factories import AT, grant, make_judge

TITLE = "심의하는 공모전"
ADVICE = {
    "p_award": {"E1": 0.97, "E2": 0.58, "E3": 0.41},
    "grey_zone": ["E2", "E3"],
    "place_interval": {"E1": [1, 1], "E2": [2, 3], "E3": [2, 3]},
    "stability": {"leave_one_out": {"J1": {"enter": ["E3"], "leave": ["E2"]}}},
}


def load_deciding(*, organiser, judge):
    competition = make_committee_contest(members=4, E1=("40", "55"), E2=("30", "40"), E3=("25", "40"))
    make_judge(competition, code="J5", name="종이로 심사하는 위원")
    Competition.objects.filter(pk=competition.pk).update(title=TITLE)
    competition.refresh_from_db()
    grant(organiser, Role.ORGANISER, competition)
    Judge.objects.filter(competition=competition, code="J1").update(user=judge, name="위원장")
    Result.objects.filter(competition=competition).update(advice=ADVICE)
    entry = competition.entries.get(code="E2")
    add_note(entry, "현장에서 이미 쓰고 있습니다.", by=judge, at=now(), idempotency_key=uuid4())
    make_meeting(competition, begins=False, title="사전 회의")
    _in_session(make_meeting(competition, title="최종 심사 회의"), entry)
    for count in (1, 4):
        _signed(make_meeting(competition, title="예비 심사 회의"), signatures=count)


def _in_session(meeting, entry):
    tier = meeting.competition.award_tiers.first()
    departure = make_motion(meeting, Motion.Kind.DEPARTURE, entry=entry, tier=tier, reason="현장 확인 결과")
    vote_all(departure, "yes")
    make_motion(meeting)


def _signed(meeting, *, signatures):
    make_carried(meeting)
    meeting = close_meeting(meeting, remarks="순위를 확인하고 토의하였다.", by=None, at=AT)
    for number, judge in enumerate(members_of(meeting.competition)[1 : 1 + signatures]):
        if judge.user:
            sign_minutes(
                meeting, by=judge.user, at=AT, objection="" if number else "배점을 다시 보아야 합니다."
            )


def _competition():
    return Competition.objects.get(title=TITLE)


def judge_deciding_pages():
    competition = _competition()
    entry = competition.entries.get(code="E2")
    return [
        reverse("competitions:judging_deliberation", args=[competition.slug]),
        reverse("competitions:judging_deliberated", args=[competition.slug, entry.pk]),
        *(
            reverse(f"competitions:{name}", args=[row.pk])
            for row in competition.meetings.all()
            for name in ("meeting", "run_meeting")
        ),
    ]


def organiser_deciding_pages():
    competition = _competition()
    entry = competition.entries.get(code="E2")
    prepared = competition.meetings.get(state=Meeting.State.PREPARED)
    names = ("organise_deliberation", "organise_meetings", "organise_new_meeting", "decide_result")
    return [
        *(reverse(f"competitions:{name}", args=[competition.slug]) for name in names),
        reverse("competitions:organise_deliberated", args=[competition.slug, entry.pk]),
        reverse("competitions:organise_edit_meeting", args=[competition.slug, prepared.pk]),
        *(reverse("competitions:run_meeting", args=[row.pk]) for row in competition.meetings.all()),
    ]
