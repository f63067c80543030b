"""Pages of the pool, and choosing from it for a committee."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditRecord
from accounts.roles import Role
from competitions.models import JudgeCandidate
from competitions.states import CompetitionState, EntryState
from tests.factories import (
    grant,
    make_candidate,
    make_closed_competition,
    make_entry,
    make_judge,
    make_user,
)

pytestmark = pytest.mark.django_db
POOL = reverse("competitions:judge_pool")
NEW = {"name": "김위원", "email": "kim@example.org", "side": "private"}


@pytest.fixture
def client_of_organiser(as_user):
    return as_user(make_user(Role.ORGANISER))


def organised(**fields):
    competition, organiser = make_closed_competition(**fields), make_user()
    grant(organiser, Role.ORGANISER, competition)
    return competition, organiser


def picks(competition):
    return reverse("competitions:organise_pick_judges", args=[competition.slug])


def names(response):
    return [row.name for row in response.context["page_obj"]]


@pytest.mark.parametrize("count", [1, 3])
def test_pool_query_count(client_of_organiser, count, django_assert_num_queries):
    for _number in range(count):
        make_judge(make_closed_competition(), candidate=make_candidate(field="행정"))

    with django_assert_num_queries(8):
        response = client_of_organiser.get(POOL)

    assert len(names(response)) == count
    assert "@example.org" not in response.context["page_obj"][0].name
    assert JudgeCandidate.objects.first().email not in response.text


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["가", "나"]),
        ("?q=대학", ["나"]),
        ("?side=public", ["가"]),
        ("?field=복지", ["나"]),
        ("?side=nobody&sort=nothing", ["가", "나"]),
        ("?sort=field", ["나", "가"]),
        ("?show=gone", ["다"]),
    ],
)
def test_pool_is_searched_filtered_and_sorted(client_of_organiser, query, found):
    make_candidate(name="가", side="public", field="행정")
    make_candidate(name="나", organisation="가온대학교", field="복지")
    make_candidate(name="다", left_at="2026-05-12T00:00Z")

    assert names(client_of_organiser.get(POOL + query)) == found


def test_who_runs_nothing_sees_no_pool(as_user):
    assert as_user(make_user(Role.STAFF)).get(POOL).status_code == 403


def test_add_a_person_and_refuse_the_second(client_of_organiser):
    address = reverse("competitions:judge_pool_new")

    added = client_of_organiser.post(address, NEW)
    again = client_of_organiser.post(address, NEW | {"name": "다른 이름"})

    assert (added.status_code, again.status_code) == (302, 422)
    assert "다른 이름" in again.text
    assert JudgeCandidate.objects.get().name == "김위원"


def test_opening_a_person_is_recorded_and_shows_the_address(client_of_organiser):
    candidate = make_candidate()
    make_judge(make_closed_competition(), candidate=candidate)

    response = client_of_organiser.get(reverse("competitions:judge_candidate", args=[candidate.pk]))

    assert candidate.email in response.text
    assert AuditRecord.objects.filter(verb="candidate.seen", target_id=str(candidate.pk)).count() == 1


def test_change_retire_and_bring_back(client_of_organiser):
    candidate = make_candidate()

    client_of_organiser.post(reverse("competitions:judge_candidate", args=[candidate.pk]), NEW)
    client_of_organiser.post(reverse("competitions:judge_candidate_retire", args=[candidate.pk]))
    candidate.refresh_from_db()
    assert (candidate.name, candidate.left_at is None) == ("김위원", False)

    client_of_organiser.post(reverse("competitions:judge_candidate_bring_back", args=[candidate.pk]))
    candidate.refresh_from_db()
    assert candidate.left_at is None


def test_a_refused_change_keeps_what_was_typed(client_of_organiser):
    make_candidate(email=NEW["email"])
    candidate = make_candidate()

    response = client_of_organiser.post(
        reverse("competitions:judge_candidate", args=[candidate.pk]), NEW | {"field": "우주"}
    )

    assert response.status_code == 422
    assert "우주" in response.text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_taken_away_can_be_brought_in_again(client_of_organiser, kind):
    make_candidate(name="=1+1", organisation="가온대학교", side="public")
    make_candidate(left_at="2026-05-12T00:00Z")
    made = client_of_organiser.post(reverse("competitions:judge_pool_export"), {"format": kind})
    JudgeCandidate.objects.all().delete()

    file = SimpleUploadedFile(f"judges.{kind}", made.content)
    answer = client_of_organiser.post(reverse("competitions:judge_pool_import"), {"file": file})

    assert answer.status_code == 302
    assert list(JudgeCandidate.objects.values_list("name", "organisation", "side")) == [
        ("'=1+1", "가온대학교", "public")
    ]
    assert AuditRecord.objects.get(verb="pool.exported").detail == {"count": 1}


def test_a_workbook_holds_texts_only(client_of_organiser):
    make_candidate(name="=1+1")

    made = client_of_organiser.post(reverse("competitions:judge_pool_export"), {"format": "xlsx"})

    cells = [cell for row in load_workbook(io.BytesIO(made.content)).active for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


def test_taking_away_in_an_unknown_format_is_refused(client_of_organiser):
    assert client_of_organiser.post(reverse("competitions:judge_pool_export"), {}).status_code == 302
    assert not AuditRecord.objects.filter(verb="pool.exported").exists()


def test_a_bad_file_is_refused_with_every_row(client_of_organiser):
    rows = "name,email,side\n김,없음,private\n이,b@example.org,x\n"
    file = SimpleUploadedFile("judges.csv", rows.encode())

    response = client_of_organiser.post(reverse("competitions:judge_pool_import"), {"file": file})

    assert response.status_code == 422
    assert len(response.context["problems"]) == 2
    assert not JudgeCandidate.objects.exists()


def test_no_file_is_refused(client_of_organiser):
    assert client_of_organiser.post(reverse("competitions:judge_pool_import")).status_code == 422


@pytest.mark.parametrize("count", [1, 3])
def test_pick_query_count(as_user, count, django_assert_num_queries):
    competition, organiser = organised()
    for _number in range(count):
        make_candidate()
        make_judge(competition, user=make_user())
    client = as_user(organiser)

    with django_assert_num_queries(10):
        response = client.get(picks(competition))

    assert len(names(response)) == count


def test_who_is_on_the_committee_is_not_offered(as_user):
    competition, organiser = organised()
    by_row, by_address, other = make_candidate(), make_candidate(), make_candidate()
    make_judge(competition, candidate=by_row)
    make_judge(competition, user=make_user(email=by_address.email.upper()))

    assert names(as_user(organiser).get(picks(competition))) == [other.name]


def test_suggested_are_ticked_and_balanced(as_user):
    competition, organiser = organised()
    for number in range(4):
        make_candidate(side="public", name=f"공{number}")
        make_candidate(side="private", name=f"민{number}")

    response = as_user(organiser).get(picks(competition), {"size": 4})

    assert sorted(name[0] for name in names(response)) == ["공", "공", "민", "민"]
    assert response.context["ticked"] == {row.pk for row in response.context["page_obj"]}


@pytest.mark.parametrize("size", ["0", "x", "51"])
def test_a_size_that_is_none_suggests_nobody(as_user, size):
    competition, organiser = organised()
    make_candidate()

    response = as_user(organiser).get(picks(competition), {"size": size})

    assert response.context["ticked"] == set()
    assert response.context["suggest_form"].errors


def test_several_are_invited_and_who_cannot_be_is_named(as_user):
    competition, organiser = organised()
    fine, entrant = make_candidate(field="복지"), make_candidate(name="응모한 위원")
    make_entry(competition, entrant=make_user(email=entrant.email), state=EntryState.SUBMITTED)

    response = as_user(organiser).post(
        picks(competition), {"chosen": [fine.pk, entrant.pk], "act": "invite"}, follow=True
    )

    judge = competition.judges.get()
    told = {message.level_tag: str(message) for message in response.context["messages"]}
    assert (judge.candidate, judge.state, judge.side, judge.field) == (fine, "invited", "private", "복지")
    assert "응모한 위원" in told["error"]
    assert fine.name in told["success"]


def test_several_are_put_on_the_committee_for_paper(as_user):
    competition, organiser = organised()
    candidates = [make_candidate(), make_candidate(side="public")]

    as_user(organiser).post(picks(competition), {"chosen": [each.pk for each in candidates], "act": "name"})

    assert set(competition.judges.values_list("state", "user")) == {("accepted", None)}
    assert competition.judges.count() == 2


@pytest.mark.parametrize("data", [{"act": "invite"}, {"act": "invite", "chosen": "x"}, {"chosen": "999999"}])
def test_choosing_nobody_is_refused(as_user, data):
    competition, organiser = organised()

    assert as_user(organiser).post(picks(competition), data).status_code == 422
    assert not competition.judges.exists()


def test_a_retired_person_is_not_chosen(as_user):
    competition, organiser = organised()
    gone = make_candidate(left_at="2026-05-12T00:00Z")

    response = as_user(organiser).post(picks(competition), {"chosen": [gone.pk], "act": "invite"})

    assert response.status_code == 422


def test_a_closed_committee_takes_nobody(as_user):
    competition, organiser = organised(state=CompetitionState.PUBLISHED)

    as_user(organiser).post(picks(competition), {"chosen": [make_candidate().pk], "act": "invite"})

    assert not competition.judges.exists()
