import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from competitions.actions.entries.consents import ENTRY_CONSENTS
from competitions.models import Competition
from competitions.states import CompetitionState, EntryState
from tests.factories import (
    make_competition,
    make_entry,
    make_government,
    make_judge,
    make_question,
    make_user,
)

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


def test_competition_tells_tracks_with_their_deadlines_and_what_each_asks(client):
    competition = make_competition()
    early = competition.tracks.create(
        code="b", name="직원 부문", closes_at=timezone.now() + timedelta(days=3)
    )
    ask = competition.form_fields.create
    ask(code="one", name="모두에게 묻는 것", longest=100, required="submission", position=1)
    ask(code="two", name="직원에게 묻는 것", kind="choice", choices=["가", "나"], tracks=["b"], position=2)

    entering = client.get(competition.get_absolute_url()).context["entering"]

    assert [(each["name"], each["closes_at"]) for each in entering["tracks"]] == [
        ("주민 부문", None),
        ("직원 부문", early.closes_at),
    ]
    assert [(group["heading"], group["questions"][0]["name"]) for group in entering["asked"]] == [
        ("", "모두에게 묻는 것"),
        ("직원 부문", "직원에게 묻는 것"),
    ]
    assert entering["asked"][0]["questions"][0]["is_needed"]


def test_competition_shows_the_terms_in_force_before_entering(client):
    competition = make_competition()
    term = competition.consent_terms.create
    term(purpose="privacy", title="개인정보", text="옛 글입니다", replaced_at=timezone.now())
    term(purpose="privacy", version=2, title="개인정보", text="**새** 글입니다")

    page = client.get(competition.get_absolute_url()).content.decode()

    assert "<strong>새</strong> 글입니다" in page
    assert "옛 글입니다" not in page


@pytest.mark.parametrize(
    ("state", "count"), [(CompetitionState.ANNOUNCED, 3), (CompetitionState.PUBLISHED, 0)]
)
def test_competition_without_terms_shows_ours_to_read(client, state, count):
    competition = make_competition(state=state)

    response = client.get(competition.get_absolute_url())

    assert [term.purpose for term in response.context["entering"]["terms"]] == list(ENTRY_CONSENTS)[:count]
    section = response.content.decode().partition('id="terms-title"')[2].partition("</section>")[0]
    assert section.count("<details") == count
    assert "<input" not in section


def test_competition_query_count_grows_with_nothing_of_the_call(client):
    competition = make_competition()
    address = competition.get_absolute_url()

    def more(number):
        competition.form_fields.create(code=f"q{number}", name="물음", position=number)
        competition.consent_terms.create(purpose=f"t{number}", title="동의", text="글")
        make_question(competition, answered=True)

    more(1)
    one = queries_of(client, address)
    more(2)
    more(3)

    assert queries_of(client, address) == one <= 14


def test_competition_shows_candidates_while_they_are_verified(client):
    competition = make_competition(state=CompetitionState.VERIFICATION, verification_until=timezone.now())

    assert client.get(competition.get_absolute_url()).context["candidates"] is not None
    assert client.get(make_competition().get_absolute_url()).context["candidates"] is None


def test_competition_prints_as_a_notice_with_its_issuer(client):
    make_government(name="가온시")

    page = client.get(make_competition().get_absolute_url()).content.decode()

    assert '<p class="call-closing-issuer">가온시</p>' in page


def test_competition_draft_prints_as_no_notice(as_user):
    draft = make_competition(state=CompetitionState.DRAFT)

    page = as_user(make_user(Role.ORGANISER)).get(draft.get_absolute_url()).content.decode()

    assert "call-closing" not in page


@pytest.mark.parametrize("state", [CompetitionState.PUBLISHED, CompetitionState.CANCELLED])
def test_competition_that_is_over_is_not_followed(client, state):
    assert client.get(make_competition(state=state).get_absolute_url()).context["follow"] is None


@pytest.mark.parametrize("address", [LIST, "/"])
def test_new_calls_are_followed_from_the_list_and_the_first_page(client, as_user, address):
    make_competition()

    visitor, person = client.get(address), as_user(make_user()).get(address)

    assert visitor.context["follow"]["login"].startswith(reverse("account_login"))
    assert f'action="{reverse("competitions:follow_calls")}"' in person.content.decode()


def test_event_has_what_search_engines_ask_of_one(client):
    page = client.get(make_competition().get_absolute_url()).content.decode()

    event = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])

    assert {"@context", "@type", "name", "startDate", "endDate", "location", "organizer"} <= event.keys()
    assert {"eventStatus", "eventAttendanceMode", "description", "url"} <= event.keys()
    assert event["location"] == {"@type": "VirtualLocation", "url": event["url"]}
    assert datetime.fromisoformat(event["startDate"]) < datetime.fromisoformat(event["endDate"])


def test_every_page_leads_to_the_check_of_receipts(client):
    assert f'href="{reverse("competitions:check_receipts")}"' in client.get("/").content.decode()
