import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from competitions.actions.deciding.meetings import (
    NoQuorum,
    begin_meeting,
    cancel_meeting,
    change_meeting,
    mark_present,
    prepare_meeting,
)
from competitions.errors import CompetitionError
from competitions.models import Judge, Meeting, Track
from competitions.states import CompetitionState
from tests.competitions.deciding.making import make_committee_contest, make_meeting, members_of
from tests.factories import AT, make_competition, make_judge

pytestmark = pytest.mark.django_db


def test_prepare_meeting_numbers_it_and_tells_the_members():
    competition = make_committee_contest(members=3)

    make_meeting(competition, begins=False)
    second = make_meeting(competition, begins=False)

    assert second.number == 2
    assert Message.objects.filter(kind="meeting.called").count() == 6
    assert AuditRecord.objects.filter(verb="meeting.prepared").count() == 2


def test_prepare_meeting_without_members():
    with pytest.raises(CompetitionError):
        prepare_meeting(make_competition(), by=None, at=AT, title="회의", held_at=AT)


@pytest.mark.parametrize("state", [CompetitionState.DRAFT, CompetitionState.CANCELLED])
def test_prepare_meeting_in_a_state_without_meetings(state):
    competition = make_competition(state=state)
    make_judge(competition)

    with pytest.raises(IllegalMove):
        prepare_meeting(competition, by=None, at=AT, title="회의", held_at=AT)


def test_change_meeting_tells_of_another_place_once():
    competition = make_committee_contest(members=2)
    meeting = make_meeting(competition, begins=False)

    change_meeting(meeting, by=None, at=AT, place="별관")
    change_meeting(meeting, by=None, at=AT, agenda="다른 안건")

    assert Message.objects.filter(kind="meeting.called").count() == 4


def test_meeting_that_has_begun_is_neither_changed_nor_called_off():
    meeting = make_meeting(make_committee_contest())

    with pytest.raises(IllegalMove):
        change_meeting(meeting, by=None, at=AT, place="별관")
    with pytest.raises(IllegalMove):
        cancel_meeting(meeting, by=None)


def test_cancel_meeting():
    meeting = make_meeting(make_committee_contest(), begins=False)

    cancel_meeting(meeting, by=None)

    assert not Meeting.objects.exists()


@pytest.mark.parametrize(("members", "present"), [(5, 2), (4, 2), (1, 0)])
def test_article_8_1_begin_without_a_majority_of_the_members(members, present):
    meeting = make_meeting(make_committee_contest(members=members), present=present, begins=False)

    with pytest.raises(NoQuorum) as refused:
        begin_meeting(meeting, by=None, at=AT)

    assert str(members // 2 + 1) in str(refused.value)
    assert str(present) in str(refused.value)


@pytest.mark.parametrize(("members", "present"), [(5, 3), (4, 3), (1, 1)])
def test_article_8_1_begin_with_a_majority_fixes_the_result(members, present):
    competition = make_committee_contest(members=members)

    meeting = make_meeting(competition, present=present)

    assert meeting.state == Meeting.State.IN_SESSION
    assert meeting.result_sha256 == competition.result.inputs_sha256


def test_begin_meeting_twice():
    meeting = make_meeting(make_committee_contest())

    with pytest.raises(IllegalMove):
        begin_meeting(meeting, by=None, at=AT)


def test_written_meeting_begins_with_everybody():
    meeting = make_meeting(make_committee_contest(), present=0, mode="written")

    assert meeting.members.filter(is_present=True).count() == 5


def test_who_left_the_committee_is_not_enrolled():
    competition = make_committee_contest()
    meeting = make_meeting(competition, begins=False)
    competition.judges.filter(code__in=["J4", "J5"]).update(state=Judge.State.DROPPED)

    there = mark_present(meeting, [judge.pk for judge in members_of(competition)], by=None)

    assert there == 3
    assert meeting.members.count() == 3


def test_meeting_of_a_track_counts_its_members_and_those_of_all():
    competition = make_committee_contest()
    other = Track.objects.create(competition=competition, code="b", name="직원")
    competition.judges.filter(code__in=["J4", "J5"]).update(track=other)

    meeting = make_meeting(competition, track=competition.tracks.get(code="a"))

    assert meeting.members.count() == 3
