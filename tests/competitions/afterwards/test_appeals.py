"""Filing, withdrawing and answering appeals."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import now

from accounts.errors import IllegalMove, Refusal
from accounts.models import Message
from competitions.actions.afterwards.appeals import (
    ANSWER_WITHIN,
    answer_appeal,
    appeals_until,
    file_appeal,
    withdraw_appeal,
)
from competitions.actions.afterwards.appeals_due import remind_of_due_appeals
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Appeal
from tests.competitions.afterwards.finished import join, make_finished
from tests.competitions.jury import make_sheet
from tests.competitions.test_organise_views import organiser_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def entry_of(competition=None, code="E2"):
    competition = competition or make_finished(published_at=now())
    return competition.entries.select_related("competition", "entrant").get(code=code)


def filed(entry, *, by=None, text="점수 합계가 다릅니다.", key=None):
    return file_appeal(entry, text=text, by=by or entry.entrant, idempotency_key=key or uuid4())


def test_appeal_is_kept_and_the_organiser_told():
    entry = entry_of()
    organiser = organiser_of(entry.competition)

    appeal = filed(entry)

    assert appeal.answer_due - appeal.at == ANSWER_WITHIN
    assert Message.objects.get(kind="appeal.filed").person == organiser


def test_member_of_the_team_may_appeal():
    entry = entry_of()
    member = make_user()
    join(entry, member)

    assert filed(entry, by=member).by == member


def test_sent_twice_it_is_one():
    entry, key = entry_of(), uuid4()

    assert filed(entry, key=key) == filed(entry, key=key)
    assert Appeal.objects.count() == 1


def test_key_of_another_entry_is_refused():
    one, other, key = entry_of(), entry_of(), uuid4()
    filed(one, key=key)

    with pytest.raises(CompetitionError):
        filed(other, key=key)


def test_second_open_one_is_refused():
    entry = entry_of()
    filed(entry)

    with pytest.raises(CompetitionError):
        filed(entry)


def test_stranger_is_refused():
    with pytest.raises(CompetitionError):
        filed(entry_of(), by=make_user())


def test_withdrawn_entry_has_nothing_to_appeal():
    entry = entry_of()
    entry.state = "withdrawn"

    with pytest.raises(CompetitionError):
        filed(entry)


def test_before_the_publication_it_is_too_early():
    entry = make_sheet(entrant=make_user()).entry

    with pytest.raises(TooEarly):
        filed(entry)


def test_after_the_days_of_the_call_it_is_too_late():
    entry = entry_of(make_finished(published_at=now() - 5 * DAY, appeal_days=5))

    with pytest.raises(TooLate):
        filed(entry)

    assert appeals_until(entry.competition) == entry.competition.published_at + 5 * DAY


@pytest.mark.parametrize("text", ["", "  \n", "가" * 5001, "900101-1234567 입니다."])
def test_text_that_cannot_stand_is_refused(text):
    entry = entry_of()

    with pytest.raises(Refusal):
        filed(entry, text=text)

    assert not Appeal.objects.exists()


def test_own_appeal_is_withdrawn_and_another_may_follow():
    entry = entry_of()
    appeal = filed(entry)

    withdraw_appeal(appeal, by=entry.entrant, at=now())

    assert filed(entry) != appeal


def test_withdrawing_by_a_stranger_or_twice_is_refused():
    entry = entry_of()
    appeal = filed(entry)

    with pytest.raises(CompetitionError):
        withdraw_appeal(appeal, by=make_user(), at=now())
    withdraw_appeal(appeal, by=entry.entrant, at=now())
    with pytest.raises(IllegalMove):
        withdraw_appeal(appeal, by=entry.entrant, at=now())


def answered(appeal, *, outcome="upheld", answer="합계를 다시 확인하였습니다."):
    answer_appeal(appeal, outcome=outcome, answer=answer, by=None, at=now())


def test_answer_is_kept_and_the_entrant_told():
    appeal = filed(entry_of())

    answered(appeal)

    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.answer) == ("upheld", "합계를 다시 확인하였습니다.")
    message = Message.objects.get(kind="appeal.answered")
    assert message.person == appeal.by
    assert appeal.answer in message.body


@pytest.mark.parametrize("given", [{"outcome": "maybe"}, {"answer": " "}, {"answer": "가" * 5001}])
def test_answer_that_cannot_stand_is_refused(given):
    appeal = filed(entry_of())

    with pytest.raises(CompetitionError):
        answered(appeal, **given)


def test_answered_or_withdrawn_one_is_not_answered_again():
    entry = entry_of()
    first = filed(entry)
    answered(first)
    second = filed(entry)
    withdraw_appeal(second, by=entry.entrant, at=now())

    for appeal in (first, second):
        with pytest.raises(IllegalMove):
            answered(appeal, outcome="dismissed")


def test_organiser_is_reminded_once_when_the_answer_is_due_soon():
    entry = entry_of()
    organiser = organiser_of(entry.competition)
    appeal = filed(entry)

    remind_of_due_appeals(at=appeal.answer_due - 4 * DAY)
    early = Message.objects.filter(kind="appeal.due").count()
    remind_of_due_appeals(at=appeal.answer_due - 2 * DAY)
    remind_of_due_appeals(at=appeal.answer_due - DAY)

    assert early == 0
    assert Message.objects.get(kind="appeal.due").person == organiser


def test_nobody_is_reminded_of_an_answered_one():
    entry = entry_of()
    organiser_of(entry.competition)
    appeal = filed(entry)
    answered(appeal)

    remind_of_due_appeals(at=appeal.answer_due)

    assert not Message.objects.filter(kind="appeal.due").exists()
