import pytest
from django.urls import reverse

from competitions.models import Award
from competitions.states import CompetitionState, EntryState
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_competition, make_entry, make_question, make_user

pytestmark = pytest.mark.django_db
TITLE = "주민 인공지능 프롬프트 공모전"
TYPED = reverse("competitions:organise_alike_typed")


def draft():
    return make_competition(title=f"2026년 {TITLE}", state=CompetitionState.DRAFT, call="새 글입니다.")


def of_call(competition, name="organise_alike"):
    return reverse(f"competitions:{name}", args=[competition.slug])


def found(response):
    return [row["competition"] for row in response.context["alike"]]


def published():
    past = make_competition(title=f"2025년 {TITLE}", state=CompetitionState.PUBLISHED)
    entry = make_entry(past, state=EntryState.ACCEPTED)
    Award.objects.create(tier=past.award_tiers.first(), entry=entry, decided_at=AT)
    return past


def test_a_draft_is_compared_with_what_was_before(as_user):
    past, competition = published(), draft()

    response = as_user(organiser_of(competition)).get(of_call(competition))

    page = response.content.decode()
    assert found(response) == [past]
    assert past.get_absolute_url() in page
    assert reverse("competitions:results", args=[past.slug]) in page


def test_htmx_gets_a_part_without_the_page_around_it(as_user):
    competition = draft()

    page = as_user(organiser_of(competition)).get(of_call(competition), headers={"HX-Request": "true"})

    assert page.status_code == 200
    assert b"<html" not in page.content


def test_other_organisers_and_strangers_do_not_see_it(client, as_user):
    competition = draft()

    assert client.get(of_call(competition)).status_code == 302
    assert as_user(organiser_of(make_competition())).get(of_call(competition)).status_code == 404
    assert client.post(of_call(competition)).status_code == 405


def test_the_rules_page_lists_them_and_begins_the_note(as_user):
    past, competition = published(), draft()

    response = as_user(organiser_of(competition)).get(of_call(competition, "organise_rules"))

    assert found(response) == [past]
    assert past.title in response.context["similar_form"]["found"].value()


def test_the_rules_page_of_an_announced_call_compares_nothing(as_user):
    published()
    competition = make_competition(title=TITLE)

    response = as_user(organiser_of(competition)).get(of_call(competition, "organise_rules"))

    assert found(response) == []


def test_the_step_before_announcing_leads_there(as_user):
    competition = draft()

    page = as_user(organiser_of(competition)).get(of_call(competition, "organise_competition"))

    assert of_call(competition) in page.content.decode()


def test_what_is_typed_is_compared(as_user):
    past = make_competition(title=TITLE)

    response = as_user(organiser_of(make_competition())).post(TYPED, {"title": TITLE, "call": "다른 글"})

    assert found(response)[0] == past


def test_what_is_typed_into_a_kept_call_is_not_compared_with_itself(as_user):
    competition = draft()

    response = as_user(organiser_of(competition)).post(TYPED, {"title": TITLE, "of": competition.slug})

    assert found(response) == []


def test_comparing_what_is_typed_is_for_organisers(client, as_user):
    competition = draft()
    client = as_user(make_user())

    assert client.post(TYPED, {"title": TITLE}).status_code == 403
    client.force_login(organiser_of(make_competition()))
    assert client.post(TYPED, {"title": TITLE, "of": competition.slug}).status_code == 404


def test_the_board_counts_questions_that_wait(as_user):
    competition = make_competition()
    make_question(competition)
    make_question(competition, answered=True)

    page = as_user(organiser_of(competition)).get(reverse("competitions:organise")).content.decode()

    assert f'<a href="{of_call(competition, "organise_questions")}">' in page
