from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casebook.content import content_sha256
from competitions.models import Result
from competitions.states import CompetitionState
from tests.factories import AT, make_competition

pytestmark = pytest.mark.django_db
OUTCOME = {
    "method": "mean of judges",
    "inputs_sha256": "ab" * 32,
    "entries": [
        {
            "code": "E1",
            "track": "a",
            "total": "87.5",
            "place": 1,
            "rounds": {"written": {"score": "87.5", "judges": 2, "criteria": {"idea": "87.5"}}},
            "award": "grand",
            "status": "ranked",
        }
    ],
}


def make_result(competition, **fields):
    outcome = {"competition": competition.slug} | OUTCOME
    values = {
        "outcome": outcome,
        "outcome_sha256": content_sha256(outcome),
        "inputs_sha256": outcome["inputs_sha256"],
        "computed_at": AT,
        "published_at": AT,
    }
    return Result.objects.create(competition=competition, **values | fields)


def make_published(**fields):
    competition = make_competition(state=CompetitionState.PUBLISHED, **fields)
    return make_result(competition)


def slugs(client, name):
    key = {"competitions": "slug", "results": "competition"}[name]
    return [row[key] for row in client.get(f"/api/v1/{name}/").json()["results"]]


def test_competitions_lists_announced_ones_only(client):
    make_competition(state=CompetitionState.DRAFT)
    make_competition(slug="공모전", title="주민 공모전")

    assert client.get("/api/v1/competitions/").json()["results"] == [
        {
            "slug": "공모전",
            "title": "주민 공모전",
            "kind": "resident",
            "phase": "open",
            "announced_at": "2026-05-12T09:00:00Z",
            "opens_at": "2026-05-02T09:00:00Z",
            "closes_at": "2099-01-01T00:00:00Z",
            "published_at": None,
            "url": "http://testserver/competitions/%EA%B3%B5%EB%AA%A8%EC%A0%84/",
        }
    ]


def test_competition_phase_follows_the_clock(client):
    make_competition(slug="closed", closes_at=AT - timedelta(days=1))

    assert client.get("/api/v1/competitions/closed/").json()["phase"] == "closed"


def test_competition_shows_its_rule(client):
    make_competition(slug="공모전", call="## 공고")

    answer = client.get("/api/v1/competitions/공모전/").json()

    assert answer["call"] == "## 공고"
    assert answer["tracks"] == [{"code": "a", "name": "주민 부문"}]
    assert answer["rounds"][0]["weight"] == "100"
    assert answer["rounds"][0]["criteria"][0] == {
        "code": "idea",
        "name": "창의성",
        "track": None,
        "description": "",
        "max_points": "40",
        "weight": "1",
        "required": True,
    }
    assert answer["award_tiers"][0] == {"code": "grand", "name": "대상", "count": 1, "prize": ""}


def test_criterion_of_one_track_names_it(client):
    competition = make_competition(slug="공모전")
    competition.rounds.get().criteria.filter(code="idea").update(track=competition.tracks.get())

    answer = client.get("/api/v1/competitions/공모전/").json()

    tracks = {row["code"]: row["track"] for row in answer["rounds"][0]["criteria"]}
    assert tracks.pop("idea") == "a"
    assert set(tracks.values()) <= {None}


def test_competition_runs_the_same_queries_for_more_criteria_with_tracks(client, django_assert_num_queries):
    competition = make_competition(slug="공모전")
    criteria = competition.rounds.get().criteria
    criteria.update(track=competition.tracks.get())
    with CaptureQueriesContext(connection) as before:
        client.get("/api/v1/competitions/공모전/")
    for number in range(3):
        criteria.create(
            code=f"c{number}", name="더", max_points=1, position=9 + number, track=competition.tracks.get()
        )

    with django_assert_num_queries(len(before)):
        client.get("/api/v1/competitions/공모전/")


def test_draft_competition_is_not_there(client):
    draft = make_competition(state=CompetitionState.DRAFT)

    response = client.get(f"/api/v1/competitions/{draft.slug}/", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert response.json() == {
        "detail": "No public competition has this address. See the list of competitions."
    }


@pytest.mark.parametrize(("name", "queries"), [("competitions", 2), ("results", 2)])
def test_lists_run_a_constant_number_of_queries(client, django_assert_num_queries, name, queries):
    for rows in (1, 3):
        for _ in range(rows):
            make_published()
        with django_assert_num_queries(queries):
            client.get(f"/api/v1/{name}/")


def test_results_lists_published_ones_only(client):
    make_result(make_competition(state=CompetitionState.DECIDED), published_at=None)
    make_competition(state=CompetitionState.PUBLISHED)
    published = make_published(slug="끝난-공모전")

    assert slugs(client, "results") == ["끝난-공모전"]
    assert client.get("/api/v1/results/").json()["results"][0]["outcome_sha256"] == published.outcome_sha256


def test_result_holds_the_published_outcome(client):
    published = make_published(slug="끝난-공모전", title="끝난 공모전")

    answer = client.get("/api/v1/results/끝난-공모전/").json()

    assert {name: answer[name] for name in published.outcome} == published.outcome
    assert set(answer) - set(published.outcome) == {
        "title",
        "url",
        "published_at",
        "outcome_sha256",
        "file",
        "file_sha256",
    }
    hashed = {name: answer[name] for name in ("competition", "method", "inputs_sha256", "entries")}
    assert content_sha256(hashed) == answer["outcome_sha256"]


@pytest.mark.parametrize("state", [CompetitionState.JUDGING, CompetitionState.DECIDED])
def test_result_is_not_there_before_publication(client, state):
    result = make_result(make_competition(state=state), published_at=None)

    response = client.get(f"/api/v1/results/{result.competition.slug}/", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert response.json() == {
        "detail": "No result is published at this address. See the list of published results."
    }


def test_competition_detail_runs_five_queries(client, django_assert_num_queries):
    make_competition(slug="a")

    with django_assert_num_queries(5):
        client.get("/api/v1/competitions/a/")
