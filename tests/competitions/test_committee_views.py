"""Pages of one committee and of its members."""

import io

import pypdf
import pytest
from django.urls import reverse

from accounts.models import Message
from accounts.roles import Role
from competitions.actions.committee.invitations import invite_judge
from competitions.models import Assignment, Judge, JudgeRelation, Track
from competitions.states import CompetitionState, EntryState, SheetState
from tests.competitions.conflicting import make_conflict
from tests.factories import (
    AT,
    grant,
    make_assignment,
    make_candidate,
    make_closed_competition,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db
MEMBER = {"name": "김심사", "side": "private"}


def organised(**fields):
    competition, organiser = make_closed_competition(**fields), make_user()
    grant(organiser, Role.ORGANISER, competition)
    return competition, organiser


def to(name, competition, *more):
    return reverse(f"competitions:{name}", args=[competition.slug, *more])


def names(response):
    return [judge.name for judge in response.context["judges"]]


@pytest.mark.parametrize("count", [1, 3])
def test_committee_of_a_full_contest_query_count(as_user, count, django_assert_num_queries):
    competition, organiser = organised(profile="full")
    for _number in range(count):
        make_judge(competition, user=make_user(), track=competition.tracks.get())
    client = as_user(organiser)

    with django_assert_num_queries(10):
        response = client.get(to("organise_committee", competition))

    assert len(names(response)) == count


def test_committee_shows_members_and_apart_who_declined_or_left(as_user):
    competition, organiser = organised()
    for state in Judge.State:
        make_judge(competition, name=state.value, state=state, invited_at=AT)
    client = as_user(organiser)

    now = client.get(to("organise_committee", competition))
    gone = client.get(to("organise_committee", competition) + "?show=gone")

    assert sorted(names(now)) == ["accepted", "invited"]
    assert sorted(names(gone)) == ["declined", "dropped"]


def test_committee_counts_no_signed_sheet_of_a_judge_with_a_conflict(as_user):
    competition, organiser = organised()
    judge = make_judge(competition, user=make_user())
    sheets = [
        make_assignment(judge, make_entry(competition, code=code, state=EntryState.ACCEPTED))
        for code in ("E1", "E2", "E3")
    ]
    Assignment.objects.exclude(pk=sheets[2].pk).update(state=SheetState.SIGNED, signed_at=AT)
    make_conflict(judge, sheets[0].entry)
    client = as_user(organiser)

    committee = client.get(to("organise_committee", competition)).context
    rounds = client.get(to("organise_rounds", competition)).context

    (row,), (round_,) = committee["judges"], committee["rounds"]
    assert (row.sheets, row.signed, row.recused) == (2, 1, 1)
    assert (round_.sheets, round_.signed) == (2, 1)
    assert [(each["round"].sheets, each["round"].signed) for each in rounds["rows"]] == [(2, 1)]


def test_committee_is_sorted(as_user):
    competition, organiser = organised()
    make_judge(competition, name="나", code="J1")
    make_judge(competition, name="가", code="J2", field="행정")
    client = as_user(organiser)

    found = {
        sort: names(client.get(to("organise_committee", competition) + f"?sort={sort}"))
        for sort in ("code", "name", "field", "nothing")
    }

    assert found == {
        "code": ["나", "가"],
        "name": ["가", "나"],
        "field": ["가", "나"],
        "nothing": ["나", "가"],
    }


def test_codes_are_in_the_order_of_their_numbers(as_user):
    competition, organiser = organised()
    for code in ("J10", "J2", "J1"):
        make_judge(competition, name=code, code=code)

    assert names(as_user(organiser).get(to("organise_committee", competition))) == ["J1", "J2", "J10"]


def test_composition_counts_those_appointed_only(as_user):
    competition, organiser = organised(profile="full")
    make_judge(competition, side="private", is_chair=True)
    make_judge(competition, side="private", state=Judge.State.INVITED, invited_at=AT)
    make_judge(competition, side="public", state=Judge.State.DECLINED)

    shown = as_user(organiser).get(to("organise_committee", competition)).context["composition"]

    assert (shown["appointed"], shown["private"], shown["public"], shown["invited"]) == (1, 1, 0, 1)
    assert {row["gate"].code: row["tone"] for row in shown["rows"]} == {
        "committee_size": "danger",
        "committee_chair": "success",
        "committee_balance": "success",
    }


def test_member_is_changed(as_user):
    competition, organiser = organised()
    judge = make_judge(competition)
    Track.objects.create(competition=competition, code="b", name="직원 부문")
    written = MEMBER | {"track": competition.tracks.first().pk, "is_chair": "on", "term_from": "2026-05-01"}

    answer = as_user(organiser).post(to("organise_member", competition, judge.pk), written)

    judge.refresh_from_db()
    assert answer.status_code == 302
    assert (judge.name, judge.side, judge.is_chair, str(judge.term_from)) == (
        "김심사",
        "private",
        True,
        "2026-05-01",
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"side": "x"},
        {"most_entries": "0"},
        {"term_from": "2026-05-02", "term_until": "2026-05-01"},
    ],
)
def test_a_refused_member_keeps_what_was_typed(as_user, wrong):
    competition, organiser = organised()
    judge = make_judge(competition)

    response = as_user(organiser).post(
        to("organise_member", competition, judge.pk), MEMBER | {"field": "우주"} | wrong
    )

    judge.refresh_from_db()
    assert response.status_code == 422
    assert "우주" in response.text
    assert judge.field == ""


def test_member_page_shows_declared_ties(as_user):
    competition, organiser = organised()
    judge = make_judge(competition)
    JudgeRelation.objects.create(judge=judge, kind="family", name="홍길동", at=AT)

    assert "홍길동" in as_user(organiser).get(to("organise_member", competition, judge.pk)).text


def test_member_of_another_competition_is_not_found(as_user):
    competition, organiser = organised()
    judge = make_judge(make_closed_competition())

    assert as_user(organiser).get(to("organise_member", competition, judge.pk)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "acts"),
    [
        ({}, {"can_leave", "can_remove", "can_number"}),
        ({"letter_number": "2026-001-01"}, {"can_leave"}),
        ({"state": "invited", "invited_at": AT}, {"can_answer"}),
        ({"state": "declined"}, {"can_remove"}),
    ],
)
def test_member_page_offers_what_can_be_done(as_user, fields, acts):
    competition, organiser = organised()
    judge = make_judge(competition, **fields)

    shown = as_user(organiser).get(to("organise_member", competition, judge.pk)).context

    offered = {name for name in ("can_leave", "can_remove", "can_number", "can_answer") if shown[name]}
    assert offered == acts


def test_leaving_is_confirmed_with_a_reason(as_user):
    competition, organiser = organised()
    judge = make_judge(competition)
    make_assignment(judge, make_entry(competition, state=EntryState.ACCEPTED), state=SheetState.STARTED)
    client, address = as_user(organiser), to("organise_member_leave", competition, judge.pk)

    asked = client.get(address)
    refused = client.post(address, {"reason": " "})
    done = client.post(address, {"reason": "건강"})

    judge.refresh_from_db()
    assert asked.context["unsigned"] == 1
    assert (refused.status_code, done.status_code, judge.state) == (422, 302, "dropped")


def test_who_left_does_not_leave_again(as_user):
    competition, organiser = organised()
    judge = make_judge(competition, state=Judge.State.DROPPED)

    response = as_user(organiser).post(to("organise_member_leave", competition, judge.pk), {"reason": "건강"})

    assert response.status_code == 422


def test_letter_is_numbered_and_read(as_user):
    competition, organiser = organised()
    judge = make_judge(competition, name="김심사", is_chair=True, organisation="가온대학교")
    client = as_user(organiser)
    assert client.get(to("organise_member_letter", competition, judge.pk)).status_code == 404

    client.post(to("organise_number_letter", competition, judge.pk))
    made = client.get(to("organise_member_letter", competition, judge.pk))

    judge.refresh_from_db()
    text = pypdf.PdfReader(io.BytesIO(made.content)).pages[0].extract_text()
    assert made["Content-Type"] == "application/pdf"
    assert all(words in text for words in ("김심사", "가온대학교", judge.letter_number))


def test_judge_reads_the_own_letter_only(as_user):
    competition, _organiser = organised()
    judge = make_judge(competition, user=make_user(), letter_number="2026-001-01")

    assert as_user(judge.user).get(to("judge_letter", competition)).status_code == 200
    assert as_user(make_user()).get(to("judge_letter", competition)).status_code == 404


def test_invite_by_address_knows_the_person_of_the_pool(as_user):
    competition, organiser = organised()
    candidate = make_candidate(email="kim@example.org")
    written = MEMBER | {"email": "KIM@example.org"}

    answer = as_user(organiser).post(to("organise_invite_judge", competition), written)

    judge = competition.judges.get()
    assert answer.status_code == 302
    assert (judge.candidate, judge.state) == (candidate, "invited")


@pytest.mark.parametrize("wrong", [{"email": "kein"}, {"name": ""}, {"side": ""}])
def test_a_refused_invitation_keeps_what_was_typed(as_user, wrong):
    competition, organiser = organised()
    written = MEMBER | {"email": "kim@example.org", "organisation": "가온대학교"} | wrong

    response = as_user(organiser).post(to("organise_invite_judge", competition), written)

    assert response.status_code == 422
    assert "가온대학교" in response.text
    assert not competition.judges.exists()


def test_inviting_after_the_decision_is_refused(as_user):
    competition, organiser = organised(state=CompetitionState.DECIDED)
    address = to("organise_invite_judge", competition)

    assert as_user(organiser).post(address, MEMBER | {"email": "k@example.org"}).status_code == 422


def test_invitation_is_sent_again_and_taken_back(as_user):
    competition, organiser = organised()
    judge, _secret = invite_judge(competition, by=None, at=AT, email="k@example.org", name="김")
    client = as_user(organiser)

    client.post(to("organise_invite_again", competition, judge.pk))
    client.post(to("organise_withdraw_invitation", competition, judge.pk))
    again = client.post(to("organise_invite_again", competition, judge.pk), follow=True)

    assert Message.objects.filter(kind="judge.invited").count() == 2
    assert not competition.judges.on_committee().exists()
    assert [message.level_tag for message in again.context["messages"]][-1] == "error"
