from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.roles import Role
from competitions.actions.calls.competitions import announce_competition
from competitions.actions.calls.gates import override_gate
from competitions.actions.calls.records import fingerprint, record_of
from competitions.models import Competition, GateOverride, Track
from competitions.states import CompetitionState
from tests.competitions.rules.contests import DAY, make_full_competition, with_result
from tests.competitions.test_organise_views import organiser_of, posted
from tests.factories import AT, make_competition, make_judge, make_user

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 19
ACTS = ["organise_override", "organise_note_similar", "organise_verify", "organise_judge_again"]


def address(name, *arguments):
    return reverse(f"competitions:{name}", args=arguments)


def rows_of(response):
    return {row["gate"].code: row for stage in response.context["stages"] for row in stage["rows"]}


@pytest.mark.parametrize("count", [1, 3])
def test_rules_page_query_count(as_user, count, django_assert_num_queries):
    competition = make_full_competition()
    client = as_user(organiser_of(competition))
    for number, code in enumerate(["plan", "agreed", "similar"][:count]):
        override_gate(competition, code, reason="급함", by=make_user(), at=AT)
        make_judge(competition)
        Track.objects.create(competition=competition, code=f"t{number}", name="부문")

    with django_assert_num_queries(PAGE_QUERIES):
        response = client.get(address("organise_rules", competition.slug))

    assert len(response.context["overrides"]) == count


@pytest.mark.parametrize("name", ["organise_rules"])
def test_rules_page_is_closed_to_strangers(as_user, name):
    public, draft = make_competition(), make_competition(state=CompetitionState.DRAFT)
    client = as_user(organiser_of(make_competition()))

    assert client.get(address(name, public.slug)).status_code == 403
    assert client.get(address(name, draft.slug)).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_rules_acts_are_closed_to_other_organisers_and_visitors(client, name):
    competition = make_full_competition(state=CompetitionState.ANNOUNCED, announced_at=AT)
    values = {"gate": "plan", "reason": "급함", "found": "없음", "days": "10"}

    assert client.post(address(name, competition.slug), values).status_code == 302
    client.force_login(organiser_of(make_competition()))
    assert client.post(address(name, competition.slug), values).status_code == 403
    client.force_login(make_user(Role.RESIDENT))
    assert client.post(address(name, competition.slug), values).status_code == 403
    assert not GateOverride.objects.exists()


def test_override_of_another_competition_is_not_found(as_user):
    foreign = override_gate(make_full_competition(), "plan", reason="급함", by=None, at=AT)
    competition = make_full_competition()

    response = as_user(organiser_of(competition)).post(
        address("organise_withdraw_override", competition.slug, foreign.pk)
    )

    assert response.status_code == 404
    foreign.refresh_from_db()
    assert foreign.withdrawn_at is None


def test_override_and_withdraw(as_user):
    competition = make_full_competition(plan={})
    client = as_user(organiser_of(competition))

    client.post(address("organise_override", competition.slug), {"gate": "plan", "reason": "급함"})
    override = competition.gate_overrides.get()
    passed = client.get(address("organise_rules", competition.slug))
    client.post(address("organise_withdraw_override", competition.slug, override.pk))
    open_again = client.get(address("organise_rules", competition.slug))

    assert rows_of(passed)["plan"]["form"] is None
    assert rows_of(open_again)["plan"]["form"] is not None


@pytest.mark.parametrize("reason", ["", "짧은 사유"])
def test_override_with_a_poor_reason_keeps_what_was_typed(as_user, reason):
    competition = make_competition(state=CompetitionState.JUDGING, profile="full")

    response = as_user(organiser_of(competition)).post(
        address("organise_override", competition.slug), {"gate": "candidates_public", "reason": reason}
    )

    form = rows_of(response)["candidates_public"]["form"]
    assert response.status_code == 422
    assert form.errors
    assert form["reason"].value() == reason


def test_similar_contests_are_noted(as_user):
    competition = make_competition(state=CompetitionState.DRAFT, profile="full")
    client = as_user(organiser_of(competition))

    refused = client.post(address("organise_note_similar", competition.slug), {"found": ""})
    client.post(address("organise_note_similar", competition.slug), {"found": "나라장터에서 찾지 못함"})
    response = client.get(address("organise_rules", competition.slug))

    assert refused.status_code == 422
    assert [check.detail["found"] for check in response.context["checks"]] == ["나라장터에서 찾지 못함"]


def test_verification_is_begun_and_taken_back(as_user):
    competition = with_result(make_competition(state=CompetitionState.JUDGING, profile="full"))
    client = as_user(organiser_of(competition))

    short = client.post(address("organise_verify", competition.slug), {"days": "9"})
    client.post(address("organise_verify", competition.slug), {"days": "10"})
    competition.refresh_from_db()
    begun = competition.state
    client.get(address("organise_rules", competition.slug))
    client.post(address("organise_judge_again", competition.slug))
    competition.refresh_from_db()

    assert short.status_code == 422
    assert short.context["verification_form"]["days"].value() == "9"
    assert (begun, competition.state) == (CompetitionState.VERIFICATION, CompetitionState.JUDGING)


@pytest.mark.usefixtures("english")
def test_overview_tells_the_open_gates_of_the_next_act(as_user):
    competition = make_full_competition(plan={}, closes_at=now() + 30 * DAY, opens_at=now())

    client = as_user(organiser_of(competition))
    client.cookies["language"] = "en"

    response = client.get(address("organise_competition", competition.slug))

    open_steps = [step["label"] for step in response.context["checklist"] if not step["done"]]
    assert len(open_steps) == 1
    assert open_steps[0].startswith("제4조제2항 Write the missing items of the plan: Field")


def test_open_steps_of_the_overview_lead_to_where_they_are_done(as_user):
    competition = make_full_competition(plan={}, closes_at=now() + 30 * DAY, opens_at=now())

    response = as_user(organiser_of(competition)).get(address("organise_competition", competition.slug))

    plan = address("organise_edit", competition.slug) + "#step-plan"
    assert [step["address"] for step in response.context["checklist"] if not step["done"]] == [plan]
    assert f'<a href="{plan}">' in response.text


@pytest.mark.parametrize(("plan", "leads"), [({}, 0), (None, 1)])
def test_rules_of_a_draft_lead_to_the_announcement_once_everything_is_met(as_user, plan, leads):
    changes = {} if plan is None else {"plan": plan}
    competition = make_full_competition(closes_at=now() + 30 * DAY, opens_at=now(), **changes)

    response = as_user(organiser_of(competition)).get(address("organise_rules", competition.slug))

    assert response.text.count("notice-success") == leads


def test_rules_of_the_light_profile_show_what_they_ask_alone(as_user):
    competition = make_competition(state=CompetitionState.DRAFT)

    response = as_user(organiser_of(competition)).get(address("organise_rules", competition.slug))

    asked = [row for stage in response.context["stages"] for row in stage["rows"] if row["is_asked"]]
    assert response.text.count('class="gate"') == len(asked) > 0


def test_overview_of_the_light_profile_has_no_articles(as_user):
    competition = make_competition(state=CompetitionState.DRAFT)

    response = as_user(organiser_of(competition)).get(address("organise_competition", competition.slug))

    assert not [step for step in response.context["checklist"] if "제" in step["label"][:1]]


def announced():
    competition = make_competition(
        state=CompetitionState.DRAFT, opens_at=now() + DAY, closes_at=now() + 30 * DAY
    )
    announce_competition(competition, by=None, at=now())
    return competition


def changed(competition, **fields):
    record = record_of(competition)
    second = {"criteria-1-name": "효과", "criteria-1-max": "60"}
    fields = second | fields
    return posted(title="새 이름", slug=competition.slug, profile="light", seen=fingerprint(record)) | fields


def dates_of(competition):
    page = {"opens_at": competition.opens_at, "closes_at": competition.closes_at}
    return {name: (at + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M") for name, at in page.items()}


def test_edit_of_an_announced_call_without_a_notice_is_refused(as_user):
    competition = announced()
    values = changed(competition, **dates_of(competition))

    response = as_user(organiser_of(competition)).post(address("organise_edit", competition.slug), values)

    assert response.status_code == 422
    assert "text" in response.context["page"].notice.errors
    assert Competition.objects.get().title != "새 이름"


def test_edit_of_an_announced_call_is_published_as_a_notice(as_user):
    competition = announced()
    notice = {"text": "<b>이름</b>을 바꿉니다.", "notice_kind": "change", "exception": ""}
    values = changed(competition, **dates_of(competition)) | notice
    client = as_user(organiser_of(competition))

    response = client.post(address("organise_edit", competition.slug), values)
    page = client.get(address("competition", competition.slug))

    assert response.status_code == 302
    assert [row["number"] for row in page.context["notices"]] == [2, 1]
    assert "&lt;b&gt;이름&lt;/b&gt;" in page.content.decode()


def test_call_page_shows_a_visitor_why_a_condition_was_passed(client):
    competition = make_full_competition(plan={})
    override_gate(competition, "plan", reason="재난 복구로 급함", by=None, at=AT)
    announce_competition(competition, by=None, at=AT)

    page = client.get(address("competition", competition.slug))

    assert "재난 복구로 급함" in page.content.decode()
    assert "제4조제2항" in page.content.decode()
