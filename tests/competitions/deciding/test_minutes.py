import pytest
from django.db import DatabaseError, transaction

from accounts.errors import IllegalMove
from accounts.models import Message
from casebook.content import content_sha256
from competitions.actions.deciding.minutes import (
    MinutesOpen,
    close_meeting,
    note_signature,
    remind_to_sign,
    sign_minutes,
    signature_sha256,
)
from competitions.actions.deciding.minutes_content import MASK, hidden_words, masked
from competitions.errors import CompetitionError
from competitions.models import Meeting, Motion
from tests.competitions.deciding.making import (
    keep_apart,
    make_carried,
    make_closed_meeting,
    make_committee_contest,
    make_meeting,
    make_motion,
    members_of,
)
from tests.factories import AT, make_judge, make_user

pytestmark = pytest.mark.django_db


def test_close_meeting_freezes_the_minutes_and_asks_to_sign():
    competition = make_committee_contest()

    meeting = make_closed_meeting(competition, present=3)

    minutes = meeting.minutes
    assert meeting.state == Meeting.State.SIGNING
    assert meeting.minutes_sha256 == content_sha256(minutes)
    assert [each["code"] for each in minutes["absent"]] == ["J4", "J5"]
    assert (minutes["members"], minutes["quorum"], len(minutes["present"])) == (5, 3, 3)
    assert minutes["motions"][0]["votes"] == {"yes": 3, "no": 0, "abstain": 0}
    assert [each["entry"] for each in minutes["order"]] == ["E1", "E2", "E3"]
    assert Message.objects.filter(kind="minutes.to_sign").count() == 3


def test_minutes_name_who_was_kept_away():
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    entry = keep_apart(members_of(competition)[4], "E2")
    motion = make_motion(
        meeting,
        Motion.Kind.DEPARTURE,
        entry=entry,
        tier=competition.award_tiers.first(),
        reason="현장 확인",
    )
    motion.delete()

    minutes = close_meeting(meeting, remarks="논의", by=None, at=AT).minutes

    assert minutes["motions"] == []
    assert minutes["order"] == []


@pytest.mark.parametrize("remarks", ["", "  ", "가" * 20_001])
def test_close_meeting_with_remarks_that_do_not_do(remarks):
    with pytest.raises(CompetitionError):
        close_meeting(make_meeting(make_committee_contest()), remarks=remarks, by=None, at=AT)


def test_close_meeting_with_an_open_motion():
    meeting = make_meeting(make_committee_contest())
    make_motion(meeting)

    with pytest.raises(CompetitionError):
        close_meeting(meeting, remarks="논의", by=None, at=AT)


def test_close_meeting_twice():
    meeting = make_closed_meeting(make_committee_contest())

    with pytest.raises(IllegalMove):
        close_meeting(meeting, remarks="논의", by=None, at=AT)


def test_minutes_never_change():
    make_closed_meeting(make_committee_contest())

    for change in ({"minutes": {}}, {"minutes_sha256": "0" * 64}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Meeting.objects.update(**change)


def test_minutes_are_signed_off_by_the_last_signature():
    competition = make_committee_contest()
    meeting = make_closed_meeting(competition, present=3)

    for number, judge in enumerate(members_of(competition)[:3]):
        assert Meeting.objects.get().state == Meeting.State.SIGNING
        sign_minutes(meeting, by=judge.user, at=AT, objection="다른 의견" if number == 1 else "")

    assert Meeting.objects.get().state == Meeting.State.SIGNED
    dissent = meeting.members.get(judge__code="J2")
    assert dissent.objection == "다른 의견"
    assert dissent.signed_sha256 == signature_sha256(meeting, dissent)
    assert len(set(meeting.members.values_list("signed_sha256", flat=True))) == 4  # one is of those absent


def test_sign_minutes_twice_and_with_too_long_an_objection():
    competition = make_committee_contest()
    meeting, person = make_closed_meeting(competition), members_of(competition)[0].user

    with pytest.raises(CompetitionError):
        sign_minutes(meeting, by=person, at=AT, objection="가" * 2001)
    sign_minutes(meeting, by=person, at=AT)
    with pytest.raises(IllegalMove):
        sign_minutes(meeting, by=person, at=AT)


def test_only_who_was_present_signs():
    competition = make_committee_contest()
    meeting = make_closed_meeting(competition, present=3)

    for person in (members_of(competition)[4].user, make_user()):
        with pytest.raises(CompetitionError):
            sign_minutes(meeting, by=person, at=AT)


def test_sign_minutes_that_are_not_frozen():
    competition = make_committee_contest()

    with pytest.raises(MinutesOpen):
        sign_minutes(make_meeting(competition), by=members_of(competition)[0].user, at=AT)


def test_signature_on_paper_is_noted_only_for_members_without_an_account():
    competition = make_committee_contest(members=1)
    paper = make_judge(competition, code="J2")
    meeting = make_meeting(competition)
    meeting = close_meeting(meeting, remarks="논의", by=None, at=AT)

    with pytest.raises(CompetitionError):
        note_signature(meeting, members_of(competition)[0], by=None, at=AT)
    note_signature(meeting, paper, by=None, at=AT, objection="이의")

    assert meeting.members.get(judge=paper).objection == "이의"


def test_remind_to_sign_asks_who_has_not_signed_once_a_day():
    competition = make_committee_contest()
    meeting = make_closed_meeting(competition, present=3)
    sign_minutes(meeting, by=members_of(competition)[0].user, at=AT)

    counts = [remind_to_sign(meeting, by=None, at=AT) for _time in range(2)]

    assert counts == [2, 2]
    assert Message.objects.filter(kind="minutes.to_sign").count() == 3 + 2


def test_remind_to_sign_before_the_minutes():
    with pytest.raises(IllegalMove):
        remind_to_sign(make_meeting(make_committee_contest()), by=None, at=AT)


def test_words_of_a_conflict_are_masked_everywhere():
    competition = make_committee_contest()
    judge = members_of(competition)[1]
    entry = keep_apart(judge, "E1")
    meeting = make_meeting(competition)
    make_carried(meeting, Motion.Kind.OTHER, text="E1을 다시 본다. E12는 아니다.")

    words = hidden_words(meeting, judge.user)

    assert words == sorted([entry.title, "E1"], key=len, reverse=True)
    assert masked({"a": ["E1을 E12와 (E1)", 3]}, words) == {"a": [f"{MASK}을 E12와 ({MASK})", 3]}
    assert masked("E1", hidden_words(meeting, members_of(competition)[2].user)) == "E1"
