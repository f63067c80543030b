from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from competitions.models import DeliberationNote, Judge, Redaction, Result, Round
from tests.competitions.deciding.making import keep_apart, make_committee_contest, members_of
from tests.competitions.jury import make_scored_competition
from tests.factories import AT, grant, make_entry, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_user():
    """Several people at once, each with a client of their own."""

    def login(user):
        client = Client()
        client.force_login(user)
        return client

    return login


LIST_QUERIES = 15
LIST, ONE = "judging_deliberation", "judging_deliberated"


def address(name, competition, *args):
    return reverse(f"competitions:{name}", args=[competition.slug, *args])


def organiser_of(competition):
    user = make_user()
    grant(user, Role.ORGANISER, competition)
    return user


def codes(response):
    return [row.entry.code for row in response.context["rows"]]


def entry_of(competition, code):
    return competition.entries.get(code=code)


def test_member_sees_entries_marks_and_evidence(as_user):
    competition = make_committee_contest()
    advice = {
        "p_award": {"E2": 0.55},
        "grey_zone": ["E2"],
        "place_interval": {"E2": [1, 3]},
        "stability": {"leave_one_out": {"J1": {"enter": ["E3"], "leave": ["E2"]}}},
    }
    Result.objects.update(advice=advice)
    client = as_user(members_of(competition)[1].user)

    rows = client.get(address(LIST, competition)).context["rows"]
    page = client.get(address(ONE, competition, entry_of(competition, "E2").pk))

    assert [(row.entry.code, row.place, row.total) for row in rows] == [
        ("E1", 1, "100"),
        ("E2", 2, "70"),
        ("E3", 3, "30"),
    ]
    assert rows[1].marks == [("서면 심사", "J1", "70", "100", "")]
    assert (rows[1].chance, rows[1].is_grey, rows[1].leaves_without, rows[2].enters_without) == (
        55,
        True,
        ["J1"],
        ["J1"],
    )
    assert page.status_code == 200


def test_member_does_not_see_an_entry_of_a_conflict(as_user):
    competition = make_committee_contest()
    judge = members_of(competition)[1]
    entry = keep_apart(judge, "E1")
    client = as_user(judge.user)

    listed = client.get(address(LIST, competition))
    asked = client.get(address(LIST, competition), {"code": "E1"})
    page = client.get(address(ONE, competition, entry.pk))

    assert codes(listed) == ["E2", "E3"]
    assert entry.title not in listed.content.decode()
    assert codes(asked) == []
    assert page.status_code == 404


def test_organiser_on_the_committee_is_kept_away_as_well(as_user):
    competition = make_committee_contest()
    judge = members_of(competition)[1]
    grant(judge.user, Role.ORGANISER, competition)
    entry = keep_apart(judge, "E1")
    client = as_user(judge.user)

    assert codes(client.get(address("organise_deliberation", competition))) == ["E2", "E3"]
    assert client.get(address("organise_deliberated", competition, entry.pk)).status_code == 404


def test_before_all_sheets_are_signed_the_committee_sees_nothing_and_nobody_marks(as_user):
    competition = make_committee_contest(E1=("40", "60"), E2=None)
    entry = entry_of(competition, "E1")
    member, organiser = as_user(members_of(competition)[1].user), as_user(organiser_of(competition))

    listed = member.get(address(LIST, competition))
    page = member.get(address(ONE, competition, entry.pk))
    board = organiser.get(address("organise_deliberation", competition))

    assert (listed.context["rows"], listed.context["standing"].open_sheets) == ([], 1)
    assert page.url == address(LIST, competition)
    assert [row.marks for row in board.context["rows"]] == [[]]
    assert organiser.get(address("organise_deliberated", competition, entry.pk)).status_code == 200


def test_after_judging_open_sheets_do_not_matter(as_user):
    competition = make_committee_contest(E1=("40", "60"), E2=None)
    competition.state = "verification"
    competition.save()

    response = as_user(members_of(competition)[1].user).get(address(LIST, competition))

    assert codes(response) == ["E1"]


def test_without_a_result(as_user):
    competition = make_scored_competition(E1=("20", "40"))
    judge = competition.judges.get()
    member, organiser = as_user(judge.user), as_user(organiser_of(competition))
    pk = entry_of(competition, "E1").pk

    assert member.get(address(LIST, competition)).status_code == 200
    assert member.get(address(ONE, competition, pk)).status_code == 302
    assert organiser.get(address("organise_deliberation", competition)).status_code == 200
    assert organiser.get(address("organise_deliberated", competition, pk)).status_code == 200


def test_result_older_than_a_signature_is_told(as_user):
    competition = make_committee_contest()
    Result.objects.update(computed_at=AT.replace(year=2025))

    response = as_user(members_of(competition)[1].user).get(address(LIST, competition))

    assert response.context["standing"].is_stale


@pytest.mark.parametrize(("state", "shown"), [("judging", False), ("verification", False), ("decided", True)])
def test_blind_until_the_decision(as_user, state, shown):
    competition = make_committee_contest()
    Round.objects.update(blind=True)
    competition.state = state
    competition.save()
    entry = entry_of(competition, "E1")
    checked = entry_of(competition, "E2")
    content = {"case": {"title": "가린 제목", "summary": ""}}
    Redaction.objects.create(snapshot=checked.snapshot, content=content, state="checked", made_at=AT)

    text = as_user(members_of(competition)[1].user).get(address(LIST, competition)).content.decode()

    assert (entry.snapshot.content["case"]["title"] in text) is shown
    assert ("가린 제목" in text) is not shown


def test_entry_far_from_the_line_is_found_by_its_code(as_user):
    points = {f"E{number:02}": (str(40 - number), "10") for number in range(1, 9)}
    competition = make_committee_contest(members=1, **points)
    client = as_user(members_of(competition)[0].user)

    assert codes(client.get(address(LIST, competition))) == ["E01", "E02", "E03", "E04", "E05"]
    assert codes(client.get(address(LIST, competition), {"code": "E08"})) == ["E08"]
    assert codes(client.get(address(LIST, competition), {"code": "E99"})) == []


@pytest.mark.parametrize("fields", [{"state": Judge.State.DROPPED}, {"state": Judge.State.INVITED}])
def test_who_is_not_a_member(as_user, fields):
    competition = make_committee_contest()
    person = members_of(competition)[1].user
    Judge.objects.filter(user=person).update(**fields)

    assert as_user(person).get(address(LIST, competition)).status_code == 404
    assert as_user(make_user()).get(address(LIST, competition)).status_code == 404


def test_member_without_a_pledge_is_sent_to_it(as_user):
    competition = make_committee_contest()
    person = members_of(competition)[1].user
    Judge.objects.filter(user=person).update(pledged_at=None)
    client = as_user(person)

    for name, args in ((LIST, []), (ONE, [entry_of(competition, "E1").pk])):
        assert client.get(address(name, competition, *args)).url == address("judge_ties", competition)


def test_entry_that_is_not_judged(as_user):
    competition = make_committee_contest()
    other = make_entry(competition, state="disqualified")

    assert (
        as_user(organiser_of(competition))
        .get(address("organise_deliberated", competition, other.pk))
        .status_code
        == 404
    )


@pytest.mark.parametrize("name", [ONE, "organise_deliberated"])
def test_writing_a_note(as_user, name):
    competition = make_committee_contest()
    judge = members_of(competition)[1]
    grant(judge.user, Role.ORGANISER, competition)
    client, there = as_user(judge.user), address(name, competition, entry_of(competition, "E1").pk)
    given = {"text": "현장에서 잘 쓰입니다.", "idempotency_key": str(uuid4())}

    first, second = client.post(there, given), client.post(there, given)
    empty = client.post(there, given | {"text": ""})

    assert (first.status_code, second.status_code, empty.status_code) == (302, 302, 422)
    assert DeliberationNote.objects.get().by == judge.user
    assert "현장에서 잘 쓰입니다." in client.get(there).content.decode()


def test_note_after_publishing_is_refused_and_kept_in_the_form(as_user):
    competition = make_committee_contest()
    competition.state, competition.published_at = "published", AT
    competition.save()
    there = address(ONE, competition, entry_of(competition, "E1").pk)

    response = as_user(members_of(competition)[1].user).post(
        there, {"text": "늦은 글", "idempotency_key": str(uuid4())}
    )

    assert response.status_code == 422
    assert response.context["form"]["text"].value() == "늦은 글"


@pytest.mark.parametrize("count", [1, 3])
def test_deliberation_query_count(as_user, count, django_assert_num_queries):
    competition = make_committee_contest(members=2, **{f"E{n}": ("10", "10") for n in range(count)})
    client = as_user(members_of(competition)[1].user)
    client.get(address(LIST, competition))

    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(address(LIST, competition))

    assert len(response.context["rows"]) == count
