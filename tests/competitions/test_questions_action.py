from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.errors import IllegalMove, Refusal
from accounts.models import AuditRecord, Message
from casebook.errors import CasebookError
from competitions.actions.calls.asking import MOST_WAITING, ask_question
from competitions.actions.calls.competitions import announce_competition
from competitions.actions.calls.faq import add_to_faq
from competitions.actions.calls.questions import answer_question, remove_question
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import CallQuestion, Competition
from competitions.states import CompetitionState
from tests.competitions.rules.contests import DAY, make_full_competition
from tests.competitions.test_organise_views import organiser_of
from tests.factories import AT, make_closed_competition, make_competition, make_question, make_user

pytestmark = pytest.mark.django_db


def ask(competition, text="몇 명까지 함께할 수 있습니까?", *, by=None, key=None, is_public=True):
    return ask_question(
        competition, text, is_public=is_public, by=by or make_user(), idempotency_key=key or uuid4()
    )


def answer(question, text="네 명까지입니다.", *, is_public=True, seen=None, at=AT):
    answer_question(question, text, is_public=is_public, by=make_user(), at=at, seen=seen)
    question.refresh_from_db()


def announced():
    competition = make_full_competition(opens_at=now() + DAY, closes_at=now() + 30 * DAY)
    announce_competition(competition, by=None, at=now())
    return competition


def test_asking_keeps_the_question_at_the_time_of_the_database():
    competition, user = make_competition(), make_user()

    question = ask(competition, "  언제까지입니까?\n", by=user, is_public=False)

    question.refresh_from_db()
    assert (question.text, question.asked_by, question.is_public) == ("언제까지입니까?", user, False)
    assert abs(question.asked_at - now()) < timedelta(minutes=1)


def test_asking_tells_the_organisers():
    competition = make_competition()
    organiser = organiser_of(competition)

    question = ask(competition, "언제까지입니까?")

    message = Message.objects.get(person=organiser)
    assert "언제까지입니까?" in message.body
    assert message.link == reverse("competitions:organise_question", args=[competition.slug, question.pk])


def test_asking_before_the_opening_but_after_the_announcement_is_taken():
    assert ask(make_competition(opens_at=now() + DAY)).pk


def test_asking_twice_by_one_click_is_one_question():
    competition, user, key = make_competition(), make_user(), uuid4()

    first = ask(competition, by=user, key=key)
    second = ask(competition, by=user, key=key)

    assert first == second == CallQuestion.objects.get()


def test_asking_something_else_with_a_form_sent_before_is_refused():
    competition, user, key = make_competition(), make_user(), uuid4()
    ask(competition, by=user, key=key)

    with pytest.raises(CompetitionError):
        ask(competition, "다른 물음입니다.", by=user, key=key)


def test_the_key_of_another_persons_question_is_refused():
    competition, key = make_competition(), uuid4()
    ask(competition, key=key)

    with pytest.raises(CompetitionError):
        ask(competition, key=key)
    assert CallQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda: make_competition(state=CompetitionState.DRAFT), TooEarly),
        (lambda: make_competition(state=CompetitionState.CANCELLED), TooLate),
        (make_closed_competition, TooLate),
        (lambda: make_competition(state=CompetitionState.JUDGING), TooLate),
    ],
)
def test_asking_outside_the_time_for_questions_is_refused(make, error):
    with pytest.raises(error):
        ask(make())
    assert not CallQuestion.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n ", "가" * 2001])
def test_asking_nothing_or_too_much_is_refused(text):
    with pytest.raises(CompetitionError):
        ask(make_competition(), text)


def test_asking_with_an_identity_number_is_refused():
    with pytest.raises(CasebookError):
        ask(make_competition(), "제 번호는 900101-1234568 입니다. 됩니까?")


def test_more_than_a_few_waiting_questions_of_one_person_are_refused():
    competition, user = make_competition(), make_user()
    for _number in range(MOST_WAITING):
        make_question(competition, by=user)
    make_question(competition, by=make_user())

    with pytest.raises(CompetitionError):
        ask(competition, by=user)
    CallQuestion.objects.filter(asked_by=user).first().delete()
    assert ask(competition, by=user).pk


def test_answering_in_public_shows_it_and_tells_who_asked():
    user = make_user()
    question = make_question(make_competition(), by=user, is_public=False)

    answer(question, is_public=True)

    assert list(CallQuestion.objects.public()) == [question]
    assert "네 명까지입니다." in Message.objects.get(person=user).body
    assert AuditRecord.objects.get(verb="question.answered").about == user


def test_a_public_question_may_be_answered_in_private():
    question = make_question(make_competition(), by=make_user())

    answer(question, is_public=False)

    assert not CallQuestion.objects.public().exists()
    assert question.answer


def test_answering_works_after_the_close():
    question = make_question(make_closed_competition(), by=make_user())

    answer(question)

    assert question.answered_at == AT


def test_a_question_of_an_erased_person_is_answered():
    question = make_question(make_competition())

    answer(question)

    assert question.answered_at == AT
    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", " \n", "가" * 5001])
def test_an_empty_or_too_long_answer_is_refused(text):
    with pytest.raises(CompetitionError):
        answer(make_question(make_competition()), text)


def test_an_answer_with_an_identity_number_is_refused():
    with pytest.raises(CasebookError):
        answer(make_question(make_competition()), "900101-1234568 번이십니다.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("홍 길동입니다. 됩니까?", "됩니다."),
        ("됩니까?", "홍길동 님, 됩니다."),
        ("됩니까?", "GILDONG@example.org 로 보냈습니다."),
    ],
)
def test_an_answer_in_public_never_names_who_asked(text, told):
    user = make_user(name="홍길동", email="gildong@example.org")
    question = make_question(make_competition(), by=user, text=text)

    with pytest.raises(CompetitionError):
        answer(question, told, is_public=True)
    answer(question, told, is_public=False)

    assert question.answer == told


def test_an_answer_is_changed_with_a_new_date_and_told_again():
    user = make_user()
    question = make_question(make_competition(), by=user)
    answer(question, "세 명까지입니다.")

    answer(question, "네 명까지입니다.", seen=AT, at=AT + DAY)

    assert (question.answer, question.answered_at) == ("네 명까지입니다.", AT + DAY)
    assert Message.objects.filter(person=user).count() == 2
    assert AuditRecord.objects.filter(verb="question.answer_changed").exists()


def test_of_two_organisers_who_answer_at_once_one_is_refused():
    question = make_question(make_competition())
    answer(question, "처음 답")

    with pytest.raises(IllegalMove):
        answer(question, "나중 답", seen=None)

    question.refresh_from_db()
    assert question.answer == "처음 답"


def test_removing_needs_a_reason_and_is_audited():
    user = make_user()
    question = make_question(make_competition(), by=user, answered=True)

    with pytest.raises(CompetitionError):
        remove_question(question, reason="  ", by=None, at=AT)
    remove_question(question, reason="광고", by=None, at=AT)

    assert not CallQuestion.objects.public().exists()
    assert AuditRecord.objects.get(verb="question.removed").detail == {"reason": "광고"}


def test_removing_tells_who_asked_with_the_reason_once():
    user, by = make_user(), make_user()
    question = make_question(make_competition(), by=user, text="팀도 되나요?")

    remove_question(question, reason="같은 물음이 있습니다.", by=by, at=AT)
    with pytest.raises(IllegalMove):
        remove_question(question, reason="다시", by=by, at=AT)

    message = Message.objects.get(kind="question.removed")
    assert (message.person, message.by) == (user, by)
    assert "팀도 되나요?" in message.body
    assert "같은 물음이 있습니다." in message.body
    assert message.link == reverse("competitions:questions", args=[question.competition.slug])


def test_removing_a_question_of_nobody_tells_nobody():
    remove_question(make_question(make_competition()), reason="광고", by=None, at=AT)

    assert not Message.objects.exists()


def test_a_removed_question_is_neither_removed_nor_answered_again():
    question = make_question(make_competition(), removed_at=AT)

    with pytest.raises(IllegalMove):
        remove_question(question, reason="광고", by=None, at=AT)
    with pytest.raises(IllegalMove):
        answer(question)
    with pytest.raises(IllegalMove):
        add_to_faq(question, "물음", "답", by=None, at=AT)


def test_a_question_put_into_the_faq_changes_the_call_by_a_notice():
    competition = announced()
    question = make_question(competition, answered=True)

    notice = add_to_faq(question, "몇 명까지?", "네 명까지.", by=make_user(), at=now())

    competition = Competition.objects.get()
    assert [(each.question, each.answer) for each in competition.faq_records] == [
        ("몇 명까지?", "네 명까지.")
    ]
    assert (notice.number, [change["field"] for change in notice.changes]) == (2, ["faq"])
    assert "몇 명까지?" in notice.text


def test_a_question_comes_into_the_faq_once():
    question = make_question(announced(), answered=True)
    add_to_faq(question, "몇 명까지?", "네 명까지.", by=None, at=now())

    with pytest.raises(CompetitionError):
        add_to_faq(question, "몇 명까지?", "다섯 명까지.", by=None, at=now())


@pytest.mark.parametrize(
    ("asked", "told"),
    [("", "답"), ("물음", " "), ("홍길동 님의 물음", "답"), ("물음", "900101-1234568")],
)
def test_the_faq_takes_nothing_empty_and_nobodys_data(asked, told):
    question = make_question(announced(), by=make_user(name="홍길동"))

    with pytest.raises(Refusal):
        add_to_faq(question, asked, told, by=None, at=now())


def test_the_faq_of_a_closed_call_is_not_changed():
    competition = announced()
    question = make_question(competition)

    with pytest.raises(TooLate):
        add_to_faq(question, "물음", "답", by=None, at=competition.closes_at)
