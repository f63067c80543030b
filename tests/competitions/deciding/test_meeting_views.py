import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import Message
from accounts.roles import Role
from competitions.actions.deciding.minutes import close_meeting, sign_minutes
from competitions.models import Meeting, Motion, Track
from tests.competitions.deciding.making import (
    keep_apart,
    make_carried,
    make_closed_meeting,
    make_committee_contest,
    make_meeting,
    make_motion,
    members_of,
    vote_all,
)
from tests.factories import AT, grant, make_judge, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_user():
    """Several people at once, each with a client of their own."""

    def login(user):
        client = Client()
        client.force_login(user)
        return client

    return login


def address(name, *args):
    return reverse(f"competitions:{name}", args=args)


def organiser_of(competition):
    user = make_user()
    grant(user, Role.ORGANISER, competition)
    return user


def run(client, meeting, act, **given):
    return client.post(address("run_meeting", meeting.pk), {"act": act} | given)


CALLED = {"title": "최종 심사", "held_at": "2026-06-01T14:00", "mode": "in_person", "place": "회의실"}


def test_organiser_calls_a_meeting_and_changes_it(as_user):
    competition = make_committee_contest()
    client = as_user(organiser_of(competition))

    called = client.post(address("organise_new_meeting", competition.slug), CALLED)
    meeting = Meeting.objects.get()
    changed = client.post(
        address("organise_edit_meeting", competition.slug, meeting.pk), CALLED | {"place": "별관"}
    )

    meeting.refresh_from_db()
    assert called.url == changed.url == address("run_meeting", meeting.pk)
    assert meeting.place == "별관"
    assert client.get(address("organise_meetings", competition.slug)).context["meetings"] == [meeting]


@pytest.mark.parametrize("broken", [{"title": ""}, {"held_at": "내일"}, {"mode": "by bird"}])
def test_meeting_with_something_wrong_keeps_what_was_typed(as_user, broken):
    competition = make_committee_contest()

    response = as_user(organiser_of(competition)).post(
        address("organise_new_meeting", competition.slug), CALLED | broken
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(broken)
    assert not Meeting.objects.exists()


def test_meeting_that_has_begun_is_not_changed(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    client = as_user(organiser_of(competition))

    changed = client.post(address("organise_edit_meeting", competition.slug, meeting.pk), CALLED)
    client.post(address("organise_cancel_meeting", competition.slug, meeting.pk))

    assert changed.status_code == 422
    assert Meeting.objects.get().place == "시청 3층 회의실"


def test_a_meeting_from_beginning_to_end(as_user):
    competition = make_committee_contest(members=3)
    meeting = make_meeting(competition, present=0, begins=False)
    client, judges = as_user(organiser_of(competition)), members_of(competition)

    run(client, meeting, "begin")
    assert Meeting.objects.get().state == Meeting.State.PREPARED
    run(client, meeting, "present", present=[str(judge.pk) for judge in judges[:2]])
    run(client, meeting, "begin")
    run(client, meeting, "motion", kind="order")
    motion = Motion.objects.get()
    run(client, meeting, "vote", motion=str(motion.pk), **{f"vote_{judges[1].pk}": "yes"})
    as_user(judges[0].user).post(address("vote_on_motion", meeting.pk, motion.pk), {"choice": "yes"})
    run(client, meeting, "decide", motion=str(motion.pk))
    run(client, meeting, "close", remarks="논의하였다.")
    for judge in judges[:2]:
        as_user(judge.user).post(address("sign_minutes", meeting.pk), {"objection": ""})

    motion.refresh_from_db()
    assert motion.outcome == "carried"
    assert Meeting.objects.get().state == Meeting.State.SIGNED


def test_chair_runs_the_meeting_and_other_members_do_not(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    chair, member = members_of(competition)[:2]

    assert run(as_user(chair.user), meeting, "motion", kind="order").status_code == 302
    assert run(as_user(member.user), meeting, "motion", kind="order").status_code == 403
    assert run(as_user(make_user()), meeting, "motion", kind="order").status_code == 404
    assert Motion.objects.count() == 1


def test_chair_of_a_track_does_not_run_the_whole_committee(as_user):
    competition = make_committee_contest()
    competition.judges.filter(code="J1").update(track=competition.tracks.get(code="a"))
    meeting = make_meeting(competition)

    assert run(as_user(members_of(competition)[0].user), meeting, "begin").status_code == 403


def test_motion_that_is_refused_keeps_what_was_typed(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    client = as_user(organiser_of(competition))

    lacking = run(client, meeting, "motion", kind="departure", entry="E2", reason="현장 확인")
    unknown = run(client, meeting, "motion", kind="departure", entry="E9", reason="현장 확인")

    assert (lacking.status_code, unknown.status_code) == (422, 422)
    assert lacking.context["motion_form"]["reason"].value() == "현장 확인"
    assert list(unknown.context["motion_form"].errors) == ["entry"]


def test_closing_that_is_refused_keeps_the_remarks(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    make_motion(meeting)

    response = run(as_user(organiser_of(competition)), meeting, "close", remarks="긴 논의")

    assert response.status_code == 422
    assert response.context["close_form"]["remarks"].value() == "긴 논의"


@pytest.mark.parametrize(
    "given",
    [
        {"act": "vote", "motion": "0"},
        {"act": "decide"},
        {"act": "withdraw", "motion": "x"},
        {"act": "paper"},
        {},
    ],
)
def test_act_that_names_nothing_changes_nothing(as_user, given):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    make_motion(meeting)

    response = as_user(organiser_of(competition)).post(address("run_meeting", meeting.pk), given)

    assert response.url == address("run_meeting", meeting.pk)
    assert Motion.objects.get().outcome == ""


def test_votes_of_the_room_are_noted_all_or_none(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition, present=3)
    motion, judges = make_motion(meeting), members_of(competition)
    client = as_user(organiser_of(competition))

    run(client, meeting, "vote", motion=str(motion.pk), **{f"vote_{judge.pk}": "yes" for judge in judges})
    none = motion.votes.count()
    run(client, meeting, "vote", motion=str(motion.pk), **{f"vote_{judge.pk}": "yes" for judge in judges[:3]})

    assert (none, motion.votes.count()) == (0, 3)


def test_withdrawing_reminding_and_noting_a_signature(as_user):
    competition = make_committee_contest(members=2)
    paper = make_judge(competition, code="J3")
    meeting = make_meeting(competition)
    client = as_user(organiser_of(competition))
    motion = make_motion(meeting)

    run(client, meeting, "withdraw", motion=str(motion.pk))
    close_meeting(meeting, remarks="논의", by=None, at=AT)
    run(client, meeting, "remind")
    run(client, meeting, "paper", judge=str(paper.pk), objection="")

    assert not Motion.objects.exists()
    assert Message.objects.filter(kind="minutes.to_sign").count() == 4
    assert meeting.members.get(judge=paper).signed_at is not None


# A member's page


def test_member_votes_once_and_sees_no_other_vote_before_the_end(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    motion = make_motion(meeting)
    vote_all(motion, "no")
    client = as_user(members_of(competition)[1].user)

    before = client.get(address("meeting", meeting.pk)).context["motions"][0]
    client.post(address("vote_on_motion", meeting.pk, motion.pk), {"choice": "yes"})
    client.post(address("vote_on_motion", meeting.pk, motion.pk), {"choice": "no"})
    after = client.get(address("meeting", meeting.pk)).context["motions"][0]

    assert (before.may_vote, before.mine, after.may_vote, bool(after.mine)) == (True, "", False, True)
    assert sorted(motion.votes.values_list("choice", flat=True)) == ["no", "yes"]


def test_member_who_is_absent_has_no_vote(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition, present=3)
    motion = make_motion(meeting)
    client = as_user(members_of(competition)[4].user)

    page = client.get(address("meeting", meeting.pk))
    client.post(address("vote_on_motion", meeting.pk, motion.pk), {"choice": "yes"})

    assert not page.context["motions"][0].may_vote
    assert not motion.votes.exists()


def test_member_with_a_conflict_sees_nothing_of_the_entry(as_user):
    competition = make_committee_contest()
    judge = members_of(competition)[1]
    entry = keep_apart(judge, "E2")
    meeting = make_meeting(competition, agenda="E2와 E1을 다시 본다.")
    make_carried(meeting, Motion.Kind.OTHER, text="E2를 다시 본다.")
    tier = competition.award_tiers.first()
    motion = make_motion(meeting, Motion.Kind.DEPARTURE, entry=entry, tier=tier, reason="E2가 낫다.")
    client = as_user(judge.user)

    open_page = client.get(address("meeting", meeting.pk)).content.decode()
    client.post(address("vote_on_motion", meeting.pk, motion.pk), {"choice": "yes"})
    assert not motion.votes.exists()
    motion.delete()
    close_meeting(meeting, remarks=f"E2 「{entry.title}」를 논의하였다.", by=None, at=AT)
    closed_page = client.get(address("meeting", meeting.pk)).content.decode()
    printed = pdf_text(client.get(address("minutes_pdf", meeting.pk)))

    code = re.compile(r"(?<!\w)E2(?![A-Za-z0-9])")  # not what a random token may hold
    for text in (open_page, closed_page, printed):
        assert not code.search(text)
        assert entry.title not in text
    assert "E2" in pdf_text(as_user(members_of(competition)[2].user).get(address("minutes_pdf", meeting.pk)))


def pdf_text(response):
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(b"".join(response) if response.streaming else response.content)).pages
    return "".join(page.extract_text() for page in pages)


def test_members_of_another_track_do_not_see_the_meeting(as_user):
    competition = make_committee_contest()
    other = Track.objects.create(competition=competition, code="b", name="직원")
    competition.judges.filter(code="J5").update(track=other)
    meeting = make_closed_meeting(competition, track=competition.tracks.get(code="a"))
    client = as_user(members_of(competition)[4].user)

    pages = [client.get(address(name, meeting.pk)) for name in ("meeting", "minutes_pdf", "run_meeting")]

    assert [page.status_code for page in pages] == [404, 404, 404]


def test_minutes_are_printed_once_there_are_any(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)
    client = as_user(organiser_of(competition))

    before = client.get(address("minutes_pdf", meeting.pk))
    make_carried(meeting)
    close_meeting(meeting, remarks="논의", by=None, at=AT)
    sign_minutes(meeting, by=members_of(competition)[1].user, at=AT, objection="반대 의견")
    text = pdf_text(client.get(address("minutes_pdf", meeting.pk)))

    assert before.status_code == 404
    for expected in ("최종 심사 회의", "위원 5", "반대 의견"):
        assert expected in text


def test_signing_what_is_not_open_is_refused_with_what_was_typed(as_user):
    competition = make_committee_contest()
    meeting = make_meeting(competition)

    response = as_user(members_of(competition)[1].user).post(
        address("sign_minutes", meeting.pk), {"objection": "다른 의견"}
    )

    assert response.status_code == 422
    assert response.context["form"]["objection"].value() == "다른 의견"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("meeting", 12), ("run_meeting", 14)])
def test_meeting_query_count(as_user, count, name, queries, django_assert_num_queries):
    competition = make_committee_contest(members=count + 1)
    meeting = make_meeting(competition)
    for _number in range(count):
        make_motion(meeting)
    client = as_user(members_of(competition)[0].user)
    client.get(address(name, meeting.pk))

    with django_assert_num_queries(queries):
        client.get(address(name, meeting.pk))


@pytest.mark.parametrize("count", [1, 3])
def test_meetings_query_count(as_user, count, django_assert_num_queries):
    competition = make_committee_contest()
    for _number in range(count):
        make_meeting(competition)
    client = as_user(organiser_of(competition))
    client.get(address("organise_meetings", competition.slug))

    with django_assert_num_queries(7):
        client.get(address("organise_meetings", competition.slug))
