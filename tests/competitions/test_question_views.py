from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditRecord
from competitions.actions.calls.questions import remove_question
from competitions.forms.questions import KEPT_QUESTION
from competitions.models import CallQuestion, Competition
from competitions.states import CompetitionState
from competitions.views.calls import questions as views
from tests.competitions.test_organise_views import organiser_of
from tests.competitions.test_questions_action import announced
from tests.factories import AT, make_closed_competition, make_competition, make_question, make_user

pytestmark = pytest.mark.django_db


def address(competition):
    return reverse("competitions:questions", args=[competition.slug])


def organise(question, name="organise_question"):
    return reverse(f"competitions:{name}", args=[question.competition.slug, question.pk])


def typed(text="몇 명까지 됩니까?", **fields):
    return {"text": text, "is_public": "True", "idempotency_key": str(uuid4())} | fields


def queries_of(client, page):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(page).status_code == 200
    return len(captured)


@pytest.mark.parametrize("where", ["questions", "competition"])
def test_query_count_at_one_and_three_questions(as_user, where):
    competition, user = make_competition(), make_user()
    page = reverse(f"competitions:{where}", args=[competition.slug])
    client = as_user(user)
    for made in ({"answered": True}, {}, {"removed_at": AT}):
        make_question(competition, by=user, **made)
    one = queries_of(client, page)
    for made in ({"answered": True}, {}, {"removed_at": AT}) * 2:
        make_question(competition, by=user, **made)

    assert queries_of(client, page) == one


def test_everybody_reads_answers_in_public_without_the_name_of_who_asked(client):
    competition = make_competition()
    asker = make_user(name="홍길동")
    question = make_question(competition, by=asker, answered=True)
    hidden = [
        make_question(competition, by=asker),
        make_question(competition, by=asker, answered=True, is_public=False),
        make_question(competition, by=asker, answered=True, removed_at=AT),
    ]

    for page in (address(competition), competition.get_absolute_url()):
        shown = client.get(page).content.decode()
        assert question.text in shown
        assert question.answer in shown
        assert not [each for each in hidden if each.text in shown]
        assert "홍길동" not in shown


def test_another_person_sees_no_name_either(as_user):
    question = make_question(make_competition(), by=make_user(name="홍길동"), answered=True)

    shown = as_user(make_user()).get(address(question.competition)).content.decode()

    assert question.answer in shown
    assert "홍길동" not in shown


def test_own_questions_show_their_state(as_user):
    competition, user = make_competition(), make_user()
    removed = make_question(competition, by=user)
    remove_question(removed, reason="광고입니다", by=None, at=AT)
    make_question(competition, by=user, answered=True, is_public=False)
    make_question(competition, by=user)
    make_question(competition, by=make_user())

    response = as_user(user).get(address(competition))

    assert [row["state"] for row in response.context["own"]] == ["waiting", "answered", "removed"]
    assert "광고입니다" in response.content.decode()


def test_questions_are_searched(client):
    competition = make_competition()
    make_question(competition, answered=True, text="주차할 수 있습니까?")
    found = make_question(competition, answered=True, answer="구청 3층입니다.")

    response = client.get(address(competition), {"q": "3층"})

    assert [row["pk"] for row in response.context["rows"]] == [found.pk]


@pytest.mark.parametrize("query", ["%", "없는말", "가" * 300])
def test_a_search_that_finds_nothing_says_so(client, query):
    competition = make_competition()
    make_question(competition, answered=True)

    response = client.get(address(competition), {"q": query, "page": "x"})

    assert response.status_code == 200
    assert response.context["rows"] == []


def test_questions_come_in_pages(client, monkeypatch):
    monkeypatch.setattr(views, "PAGE_SIZE", 1)
    competition = make_competition()
    for _number in range(2):
        make_question(competition, answered=True)

    response = client.get(address(competition), {"page": 2})

    assert (response.context["page_obj"].number, len(response.context["rows"])) == (2, 1)


def test_asking(as_user):
    competition, user = make_competition(), make_user()

    response = as_user(user).post(address(competition), typed("됩니까?", is_public=""))

    question = CallQuestion.objects.get()
    assert response.status_code == 302
    assert (question.text, question.asked_by, question.is_public) == ("됩니까?", user, False)


def test_asking_twice_by_one_form_is_one_question(as_user):
    competition, fields = make_competition(), typed()
    client = as_user(make_user())

    statuses = [client.post(address(competition), fields).status_code for _time in range(2)]

    assert statuses == [302, 302]
    assert CallQuestion.objects.count() == 1


def test_another_text_under_a_used_key_is_kept_and_can_be_sent_again(as_user):
    competition, fields = make_competition(), typed()
    client = as_user(make_user())
    client.post(address(competition), fields)

    refused = client.post(address(competition), fields | {"text": "다른 물음"})
    form = refused.context["form"]
    again = client.post(
        address(competition), typed("다른 물음", idempotency_key=form["idempotency_key"].value())
    )

    assert (refused.status_code, form["text"].value()) == (422, "다른 물음")
    assert again.status_code == 302
    assert CallQuestion.objects.count() == 2


@pytest.mark.parametrize("text", ["", "가" * 2001, "제 주민번호는 900101-1234568 입니다."])
def test_a_refused_question_keeps_what_was_typed(as_user, text):
    response = as_user(make_user()).post(address(make_competition()), typed(text))

    assert response.status_code == 422
    assert response.context["form"]["text"].value() == text
    assert not CallQuestion.objects.exists()


def test_personal_data_is_pointed_out_before_it_is_sent(as_user):
    competition, client = make_competition(), as_user(make_user())

    asked = client.post(address(competition), typed("010-1234-5678로 답해 주십시오."))
    client.post(address(competition), typed("010-1234-5678로 답해 주십시오.", checked="on"))

    assert asked.status_code == 422
    assert "010-1234-5678" in CallQuestion.objects.get().text


@pytest.mark.parametrize("made", [make_closed_competition, lambda: make_competition(state="judging")])
def test_a_closed_call_takes_no_question_and_keeps_what_was_typed(as_user, made):
    competition = made()
    client = as_user(make_user())

    response = client.post(address(competition), typed("늦었습니까?"))

    assert client.get(address(competition)).context["form"] is None
    assert (response.status_code, response.context["form"]["text"].value()) == (422, "늦었습니까?")


def test_a_draft_is_not_found(as_user):
    competition = make_competition(state=CompetitionState.DRAFT)

    assert as_user(make_user()).post(address(competition), typed()).status_code == 404


def test_an_organiser_does_not_ask_themselves(as_user):
    competition = make_competition()
    client = as_user(organiser_of(competition))

    assert client.get(address(competition)).context["form"] is None
    assert client.post(address(competition), typed()).status_code == 403


def test_a_visitor_is_asked_to_sign_in_and_a_strangers_text_is_not_kept(client):
    competition = make_competition()

    response = client.post(address(competition), typed())

    assert response.url.startswith("/accounts/login/")
    assert KEPT_QUESTION.key not in client.session


def test_what_was_typed_is_kept_when_the_session_ended(client):
    competition, user = make_competition(), make_user()

    client.post(address(competition), typed("기억합니까?", writer=KEPT_QUESTION.mark_of(user)))
    client.force_login(user)
    first, second = (client.get(address(competition)).context["form"] for _time in range(2))

    assert first["text"].value() == "기억합니까?"
    assert second["text"].value() is None


def test_too_many_questions_of_one_address_are_refused_with_the_text_kept(as_user, monkeypatch):
    monkeypatch.setattr(views, "MOST_A_MINUTE", 0)
    competition, client = make_competition(), as_user(make_user())
    client.post(address(competition), typed(""))

    response = client.post(address(competition), typed("다시 보냅니다."))

    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert response.context["form"]["text"].value() == "다시 보냅니다."
    assert not CallQuestion.objects.exists()


def test_the_call_offers_to_ask(client, as_user):
    competition = make_competition()

    visitor = client.get(competition.get_absolute_url())
    resident = as_user(make_user()).get(competition.get_absolute_url())

    assert visitor.context["question_form"] is None
    assert reverse("account_login") + f"?next={address(competition)}" in visitor.content.decode()
    assert resident.context["question_form"] is not None


def test_the_call_shows_the_newest_answers_alone(client):
    competition = make_competition()
    rows = [make_question(competition, answered=True) for _number in range(4)]

    questions = client.get(competition.get_absolute_url()).context["questions"]

    assert [row["pk"] for row in questions["rows"]] == [row.pk for row in rows[:0:-1]]
    assert questions["has_more"]


# Organisers


def organise_list(competition):
    return reverse("competitions:organise_questions", args=[competition.slug])


def test_organisers_list_query_count(as_user):
    competition = make_competition()
    client = as_user(organiser_of(competition))
    make_question(competition, by=make_user())
    one = queries_of(client, organise_list(competition))
    for _number in range(2):
        make_question(competition, by=make_user())

    assert queries_of(client, organise_list(competition)) == one


def test_what_waits_comes_first_and_is_counted_on_the_tab(as_user):
    competition = make_competition()
    removed = make_question(competition, removed_at=AT)
    answered = make_question(competition, answered=True)
    waiting = make_question(competition, asked_at=AT.replace(year=2025))
    make_question(make_competition())

    response = as_user(organiser_of(competition)).get(organise_list(competition))

    assert [row["question"] for row in response.context["rows"]] == [waiting, answered, removed]
    assert [tab["count"] for tab in response.context["tabs"] if tab["current"]] == [1]


@pytest.mark.parametrize("name", ["organise_question", "organise_remove_question", "organise_question_faq"])
def test_acts_of_organisers_are_closed_to_others(client, as_user, name):
    question = make_question(make_competition())
    fields = {"answer": "답", "reason": "광고", "asked": "물음", "told": "답"}

    assert client.post(organise(question, name), fields).url.startswith("/accounts/login/")
    for person in (make_user(), organiser_of(make_competition())):
        assert as_user(person).post(organise(question, name), fields).status_code == 403
    question.refresh_from_db()
    assert (question.answered_at, question.removed_at) == (None, None)


@pytest.mark.parametrize("name", ["organise_question", "organise_remove_question", "organise_question_faq"])
def test_a_question_of_another_call_is_not_found(as_user, name):
    competition, foreign = make_competition(), make_question(make_competition())
    page = reverse(f"competitions:{name}", args=[competition.slug, foreign.pk])

    assert as_user(organiser_of(competition)).post(page, {}).status_code == 404


def test_an_organiser_answers(as_user):
    question = make_question(make_competition(), by=make_user(name="홍길동"))
    client = as_user(organiser_of(question.competition))

    page = client.get(organise(question))
    response = client.post(organise(question), {"answer": "됩니다.", "is_public": "True", "seen": ""})

    question.refresh_from_db()
    assert "홍길동" in page.content.decode()
    assert response.status_code == 302
    assert (question.answer, question.is_public) == ("됩니다.", True)


def test_an_organiser_changes_an_answer(as_user):
    question = make_question(make_competition(), answered=True)
    client = as_user(organiser_of(question.competition))
    seen = client.get(organise(question)).context["answer_form"]["seen"].value()

    client.post(organise(question), {"answer": "고친 답", "is_public": "", "seen": seen})

    question.refresh_from_db()
    assert (question.answer, question.is_public) == ("고친 답", False)
    assert question.answered_at > AT


@pytest.mark.parametrize("seen", ["", "2001-01-01T00:00:00+00:00", "x"])
def test_a_stale_answer_keeps_what_was_typed_and_can_be_sent_again(as_user, seen):
    question = make_question(make_competition(), answered=True)
    client = as_user(organiser_of(question.competition))

    refused = client.post(organise(question), {"answer": "늦은 답", "is_public": "True", "seen": seen})
    form = refused.context["answer_form"]
    fields = {"answer": form["answer"].value(), "is_public": "True", "seen": form["seen"].value()}
    again = client.post(organise(question), fields)

    question.refresh_from_db()
    assert (refused.status_code, again.status_code) == (422, 302)
    assert question.answer == "늦은 답"


def test_a_question_asked_in_private_is_answered_in_private_unless_chosen_otherwise(as_user):
    question = make_question(make_competition(), is_public=False)

    page = as_user(organiser_of(question.competition)).get(organise(question))

    assert page.context["answer_form"]["is_public"].value() == ""


def test_an_organiser_removes_a_question(as_user):
    question = make_question(make_competition(), by=make_user())
    client = as_user(organiser_of(question.competition))

    refused = client.post(organise(question, "organise_remove_question"), {"reason": ""})
    done = client.post(organise(question, "organise_remove_question"), {"reason": "광고"})

    question.refresh_from_db()
    assert (refused.status_code, done.status_code) == (422, 302)
    assert question.removed_at
    assert AuditRecord.objects.filter(verb="question.removed").exists()
    assert "answer_form" not in client.get(organise(question)).context


def test_an_organiser_puts_a_question_into_the_faq(as_user):
    competition = announced()
    question = make_question(competition, answered=True)
    client = as_user(organiser_of(competition))

    refused = client.post(organise(question, "organise_question_faq"), {"asked": "물음", "told": ""})
    done = client.post(organise(question, "organise_question_faq"), {"asked": "물음", "told": "답"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert refused.context["faq_form"]["asked"].value() == "물음"
    assert [each.question for each in Competition.objects.get().faq_records] == ["물음"]


def test_once_entries_closed_the_faq_is_not_offered(as_user):
    question = make_question(make_closed_competition())

    page = as_user(organiser_of(question.competition)).get(organise(question))

    assert page.status_code == 200
    assert "faq_form" not in page.context
