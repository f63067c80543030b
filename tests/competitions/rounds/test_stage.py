from datetime import timedelta

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from competitions.actions.rounds.stage import TURN_MOVES, move_on
from competitions.errors import TooLate
from competitions.models import PresentationSlot
from tests.competitions.rounds.making import make_entries, make_round
from tests.competitions.test_submit_race import together
from tests.factories import AT

pytestmark = pytest.mark.django_db
State = PresentationSlot.State


def make_slots(count, **fields):
    round_ = make_round("presentation", seed="ab-1", drawn_at=AT, minutes=10)
    entries = make_entries(round_.competition, *(f"E{number}" for number in range(1, count + 1)))
    return [
        PresentationSlot.objects.create(
            **{"round": round_, "entry": entry, "position": place, "planned_at": AT} | fields
        )
        for place, entry in enumerate(entries, start=1)
    ]


def go(slot, act, at=AT):
    move_on(slot, act, by=None, at=at)
    return slot


def test_a_turn_begins_and_ends():
    (slot,) = make_slots(1)

    go(slot, "begin")
    assert (slot.state, slot.began_at) == (State.PRESENTING, AT)

    go(slot, "end", at=AT + timedelta(minutes=9))
    assert (slot.state, slot.ended_at) == (State.DONE, AT + timedelta(minutes=9))
    verbs = list(AuditRecord.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["presentation.begun", "presentation.ended"]


def test_who_is_absent_may_be_called_again():
    (slot,) = make_slots(1)

    go(slot, "absent")
    assert slot.state == State.ABSENT
    go(slot, "recall")

    assert (slot.state, slot.began_at) == (State.WAITING, None)


def test_a_turn_ended_by_mistake_begins_anew():
    (slot,) = make_slots(1)
    for act in ("begin", "end", "recall"):
        go(slot, act)

    assert (slot.state, slot.began_at, slot.ended_at) == (State.WAITING, None, None)


def test_one_presents_at_a_time():
    one, two = make_slots(2)
    go(one, "begin")

    with pytest.raises(IllegalMove):
        go(two, "begin")

    two.refresh_from_db()
    assert two.state == State.WAITING


WRONG = [
    (state, act)
    for act, (sources, _target, _verb) in TURN_MOVES.items()
    for state in State.values
    if state not in sources
]


@pytest.mark.parametrize(("state", "act"), WRONG)
def test_an_act_in_the_wrong_state_is_refused(state, act):
    (slot,) = make_slots(1, state=state)

    with pytest.raises(IllegalMove):
        go(slot, act)

    slot.refresh_from_db()
    assert slot.state == state


def test_nothing_happens_on_the_stage_after_the_judging():
    (slot,) = make_slots(1)
    competition = slot.round.competition
    competition.state = "decided"
    competition.save()

    with pytest.raises(TooLate):
        go(slot, "begin")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_call_at_once_one_calls():
    one, two = make_slots(2)

    answers = together(lambda: go(one, "begin"), lambda: go(two, "begin"))

    assert [type(answer) for answer in answers].count(IllegalMove) == 1
    assert PresentationSlot.objects.filter(state=State.PRESENTING).count() == 1
