from datetime import timedelta

import pytest

from accounts.errors import IllegalMove
from accounts.models import AuditRecord, Message
from competitions import drawing
from competitions.actions.rounds.running_order import draw_order, move_turn, site_half
from competitions.errors import CompetitionError
from competitions.models import Round
from competitions.states import CompetitionState
from tests.competitions.jury import make_judging_competition, make_sheet
from tests.competitions.rounds.making import make_entries, make_round
from tests.factories import AT, make_closed_competition, make_user

pytestmark = pytest.mark.django_db


def presentation(*codes, **fields):
    round_ = make_round("presentation")
    for code in codes:
        make_entries(round_.competition, code, entrant=make_user(), **fields)
    return round_


def draw(round_, **given):
    values = {"public_text": "3 14 15", "starts_at": AT, "minutes": 10, "by": None, "at": AT}
    return draw_order(round_, **values | given)


def order_of(round_):
    return list(round_.slots.values_list("entry__code", flat=True))


def test_the_order_is_that_of_the_published_seed():
    round_ = presentation("E1", "E2", "E3")

    draw(round_, pause=2)

    round_.refresh_from_db()
    assert round_.seed == f"{site_half(round_)}-3 14 15"
    assert (round_.drawn_at, round_.minutes) == (AT, 10)
    assert order_of(round_) == list(
        drawing.drawn(round_.seed, [("E1", "a"), ("E2", "a"), ("E3", "a")], tracks=["a"])
    )
    assert list(round_.slots.values_list("planned_at", flat=True)) == [
        AT,
        AT + timedelta(minutes=12),
        AT + timedelta(minutes=24),
    ]
    assert AuditRecord.objects.get(verb="presentation.drawn").detail["order"] == order_of(round_)


def test_the_half_of_the_site_is_fixed_before_and_differs_between_rounds():
    one, two = presentation(), presentation()

    assert site_half(one) == site_half(Round.objects.get(pk=one.pk)) != site_half(two)
    assert len(site_half(one)) == drawing.HALF_LENGTH


@pytest.mark.usefixtures("english")
def test_every_entrant_is_told_the_turn():
    round_ = presentation("E1", "E2")

    draw(round_)

    told = Message.objects.filter(kind="presentation.turn")
    assert set(told.values_list("person", flat=True)) == set(
        round_.competition.entries.values_list("entrant", flat=True)
    )
    assert {message.topic for message in told} == {"duty"}


def test_it_is_drawn_once():
    round_ = presentation("E1")
    draw(round_)

    with pytest.raises(IllegalMove):
        draw(round_, public_text="besser")

    assert round_.slots.count() == 1


@pytest.mark.parametrize("text", ["", "   ", "가" * (drawing.LONGEST_PUBLIC_TEXT + 1)])
def test_without_a_public_half_nothing_is_drawn(text):
    round_ = presentation("E1")

    with pytest.raises(CompetitionError):
        draw(round_, public_text=text)

    assert not round_.slots.exists()


def test_no_entry_no_order():
    with pytest.raises(CompetitionError):
        draw(presentation())


def test_another_kind_of_round_has_no_order():
    round_ = make_round("panel")
    make_entries(round_.competition, "E1")

    with pytest.raises(IllegalMove):
        draw(round_)


@pytest.mark.parametrize("state", [CompetitionState.ANNOUNCED, CompetitionState.DECIDED])
def test_it_is_drawn_while_it_is_judged(state):
    round_ = make_round("presentation", make_closed_competition(state=state))
    make_entries(round_.competition, "E1")

    with pytest.raises(IllegalMove):
        draw(round_)


def test_unsigned_sheets_of_a_round_that_decides_who_goes_on_hold_the_draw_up():
    competition = make_judging_competition()
    competition.rounds.update(advance={"top": 1})
    make_sheet(competition)
    round_ = make_round("presentation", competition)

    with pytest.raises(CompetitionError):
        draw(round_)

    competition.rounds.update(advance=None)
    assert len(draw(Round.objects.get(pk=round_.pk))) == 1


def drawn(*codes):
    round_ = presentation(*codes)
    draw(round_)
    Message.objects.all().delete()
    return round_


def move(round_, *, place, to, reason="기차 지연"):
    slot = round_.slots.get(position=place)
    move_turn(slot, to=to, reason=reason, by=None, at=AT + timedelta(hours=1))


@pytest.mark.parametrize(
    ("place", "to", "after"), [(1, 3, [1, 2, 0, 3]), (3, 1, [2, 0, 1, 3]), (4, 3, [0, 1, 3, 2])]
)
def test_a_turn_moves_and_those_between_move_up_or_down(place, to, after):
    round_ = drawn("E1", "E2", "E3", "E4")
    before = order_of(round_)
    times = list(round_.slots.values_list("planned_at", flat=True))

    move(round_, place=place, to=to)

    assert order_of(round_) == [before[number] for number in after]
    assert list(round_.slots.values_list("planned_at", flat=True)) == times
    told = set(Message.objects.values_list("person", flat=True))
    changed = [code for code, was in zip(order_of(round_), before, strict=True) if code != was]
    assert told == set(round_.competition.entries.filter(code__in=changed).values_list("entrant", flat=True))
    record = AuditRecord.objects.get(verb="presentation.moved")
    assert (record.detail["before"], record.detail["after"]) == (place, to)
    assert record.detail["reason"] == "기차 지연"


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_turn_is_not_moved_without_a_reason(reason):
    round_ = drawn("E1", "E2")
    before = order_of(round_)

    with pytest.raises(CompetitionError):
        move(round_, place=1, to=2, reason=reason)

    assert order_of(round_) == before


@pytest.mark.parametrize("to", [1, 3, 0])
def test_there_is_no_such_place_to_move_to(to):
    round_ = drawn("E1", "E2")

    with pytest.raises(CompetitionError):
        move(round_, place=1, to=to)


@pytest.mark.parametrize("state", ["presenting", "done"])
def test_a_turn_that_has_begun_keeps_its_place(state):
    round_ = drawn("E1", "E2")
    round_.slots.filter(position=1).update(state=state)

    with pytest.raises(IllegalMove):
        move(round_, place=2, to=1)
