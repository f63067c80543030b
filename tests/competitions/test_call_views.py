from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from competitions.models import Competition
from competitions.states import CompetitionState, EntryState
from tests.factories import make_competition, make_entry, make_judge, make_user

pytestmark = pytest.mark.django_db
LIST = "/competitions/"
PAST = datetime(2026, 6, 1, tzinfo=UTC)


def upcoming(**fields):
    return make_competition(opens_at=timezone.now() + timedelta(days=2), **fields)


def shown(response):
    return [row["competition"] for row in response.context["rows"]]


def step(response):
    return response.context["step"]["name"]


def queries_of(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_competition_list_query_count_at_one_and_three_rows(client):
    make_competition()
    one = queries_of(client, LIST)
    make_competition()
    make_competition()

    assert queries_of(client, LIST) == one <= 12


def test_competition_list_hides_drafts(client):
    make_competition(state=CompetitionState.DRAFT)

    assert shown(client.get(LIST)) == []


@pytest.mark.parametrize("phase", ["open", "upcoming", "judging", "ended"])
def test_competition_list_by_phase(client, phase):
    competitions = {
        "open": [make_competition()],
        "upcoming": [upcoming()],
        "judging": [make_competition(closes_at=PAST), make_competition(state=CompetitionState.JUDGING)],
        "ended": [make_competition(state=CompetitionState.PUBLISHED)],
    }

    response = client.get(LIST, {"phase": phase, "sort": "title"})

    assert set(shown(response)) == set(competitions[phase])
    assert [tab["count"] for tab in response.context["tabs"]] == [5, 1, 1, 2, 1]


def test_competition_list_by_kind(client):
    make_competition()
    open_to_all = make_competition(kind=Competition.Kind.OPEN)

    assert shown(client.get(LIST, {"kind": "open"})) == [open_to_all]


def test_competition_list_by_deadline(client):
    late = make_competition(closes_at=datetime(2098, 1, 1, tzinfo=UTC))
    soon = make_competition(closes_at=datetime(2097, 1, 1, tzinfo=UTC))

    assert shown(client.get(LIST, {"sort": "deadline"})) == [soon, late]


def test_competition_list_with_nonsense_shows_all(client):
    competition = make_competition()

    response = client.get(LIST, {"phase": "x", "kind": "<script>", "sort": "y", "page": "z"})

    assert shown(response) == [competition]


def test_competition_list_empty_suggests_something(client):
    assert reverse("competitions:competition_list") in client.get(LIST, {"phase": "open"}).content.decode()


def test_competition_shows_rule_and_prizes(client):
    competition = make_competition()

    page = client.get(competition.get_absolute_url()).content.decode()

    for text in (competition.title, "목적</h", "주민 부문", "대상", "창의성", "40%", "60%"):
        assert text in page


def test_competition_shows_no_script_of_the_call(client):
    competition = make_competition(call="<script>alert(1)</script>\n\n[x](javascript:alert(1))")

    page = client.get(competition.get_absolute_url()).content.decode()

    assert "<script>alert" not in page
    assert 'href="javascript' not in page


def test_competition_draft_is_hidden_from_strangers(client, as_user):
    address = make_competition(state=CompetitionState.DRAFT).get_absolute_url()

    assert client.get(address).status_code == 404
    assert as_user(make_user()).get(address).status_code == 404


def test_competition_draft_is_shown_to_its_organiser(as_user):
    competition = make_competition(state=CompetitionState.DRAFT)

    response = as_user(make_user(Role.ORGANISER)).get(competition.get_absolute_url())

    assert response.context["phase"] == "draft"


def test_competition_offers_a_visitor_to_sign_in(client):
    assert step(client.get(make_competition().get_absolute_url())) == "sign_in"


def test_competition_offers_a_resident_to_enter(as_user):
    assert step(as_user(make_user()).get(make_competition().get_absolute_url())) == "enter"


def test_competition_offers_a_judge_nothing(as_user):
    competition, user = make_competition(), make_user()
    make_judge(competition, user=user)

    assert step(as_user(user).get(competition.get_absolute_url())) == "judge"


def test_competition_offers_to_continue_a_draft(as_user):
    competition, user = make_competition(), make_user()
    entry = make_entry(competition, entrant=user)

    response = as_user(user).get(competition.get_absolute_url())

    assert response.context["step"] == {"name": "continue", "entry": entry}


def test_competition_offers_a_withdrawn_entrant_to_enter(as_user):
    competition, user = make_competition(), make_user()
    make_entry(competition, entrant=user, state=EntryState.WITHDRAWN)

    assert step(as_user(user).get(competition.get_absolute_url())) == "enter"


def test_competition_offers_the_results_once_published(client):
    competition = make_competition(state=CompetitionState.PUBLISHED)

    assert step(client.get(competition.get_absolute_url())) == "results"


@pytest.mark.parametrize(
    ("make", "current"),
    [(upcoming, 0), (make_competition, 1), (lambda: make_competition(closes_at=PAST), 2)],
)
def test_competition_timeline_marks_today(client, make, current):
    response = client.get(make().get_absolute_url())

    assert [stage["is_current"] for stage in response.context["timeline"]].index(True) == current


def test_competition_query_count_at_one_and_three_rows(client):
    competition = make_competition()
    one = queries_of(client, competition.get_absolute_url())
    for number in range(2):
        competition.tracks.create(code=f"t{number}", name="부문")
        round_ = competition.rounds.create(code=f"r{number}", name="심사")
        round_.criteria.create(code="c", name="기준", max_points=10)

    assert queries_of(client, competition.get_absolute_url()) == one <= 12
