"""A committee of members with accounts, a computed result, and meetings of any state."""

from competitions.actions.deciding.meetings import begin_meeting, mark_present, prepare_meeting
from competitions.actions.deciding.minutes import close_meeting
from competitions.actions.deciding.motions import cast_vote, decide_motion, put_motion
from competitions.actions.results.results import compute
from competitions.models import Conflict, Motion
from tests.competitions.jury import make_scored_competition
from tests.factories import AT, make_judge, make_user

POINTS = {"E1": ("40", "60"), "E2": ("30", "40"), "E3": ("10", "20")}


def make_committee_contest(*, members=5, **points):
    """A contest in judging with a computed result: E1, E2, E3 in this order; member 1 scored and leads."""
    competition = make_scored_competition(**(points or POINTS))
    competition.judges.update(is_chair=True, name="위원 1")
    for number in range(2, members + 1):
        make_judge(
            competition, user=make_user(name=f"위원 {number}"), code=f"J{number}", name=f"위원 {number}"
        )
    compute(competition, by=None, at=AT)
    return competition


def members_of(competition):
    return list(competition.judges.select_related("user").order_by("code"))


def make_meeting(competition, *, present=None, begins=True, **fields):
    """A meeting with the first `present` members (None: all), in session unless begins is false."""
    values = {"title": "최종 심사 회의", "held_at": AT, "place": "시청 3층 회의실", "agenda": "수상작 결정"}
    meeting = prepare_meeting(competition, by=None, at=AT, **values | fields)
    judges = members_of(competition)
    mark_present(meeting, [judge.pk for judge in judges[:present]], by=None)
    if begins:
        meeting = begin_meeting(meeting, by=None, at=AT)
    return meeting


def make_motion(meeting, kind=Motion.Kind.ORDER, **fields):
    return put_motion(meeting, kind=kind, by=None, at=AT, **fields)


def vote_all(motion, *choices):
    """The members with an account vote in the order of their codes; shorter than the committee: the others do not."""
    voters = [judge for judge in members_of(motion.meeting.competition) if judge.user]
    for judge, choice in zip(voters, choices, strict=False):
        cast_vote(motion, choice, by=judge.user, at=AT)


def make_carried(meeting, kind=Motion.Kind.ORDER, **fields):
    motion = make_motion(meeting, kind, **fields)
    vote_all(motion, *["yes"] * meeting.members.filter(is_present=True).count())
    return decide_motion(motion, by=None, at=AT)


def make_closed_meeting(competition, **fields):
    meeting = make_meeting(competition, **fields)
    make_carried(meeting)
    return close_meeting(meeting, remarks="순위대로 수상하기로 하였다.", by=None, at=AT)


def keep_apart(judge, code):
    entry = judge.competition.entries.get(code=code)
    Conflict.objects.create(judge=judge, entry=entry, kind="recusal", ground="declared", at=AT)
    return entry
