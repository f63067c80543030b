"""From draws of every entry's worth to chances of an award and intervals of places."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.arrays import Bools, Floats, Ints

AT_ONCE = 2_000_000  # numbers held at a time
IN_ALL = 10_000_000
FEWEST, MOST = 2_000, 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats:
    """How many awards there are for which entries. allowed: (entries,)."""

    allowed: Bools
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """p_award: (entries,) 0..1. low, high: (entries,) places from 1, that hold the middle 95 % of the draws."""

    p_award: Floats
    low: Ints
    high: Ints
    draws: int


def draws_for(entries: int) -> int:
    """Return how many draws are made: 20,000, fewer above 500 entries, at least 2,000."""
    return min(MOST, max(FEWEST, IN_ALL // max(entries, 1)))


def chances(
    draw: Callable[[int], Floats], *, seats: Sequence[Seats], people: Sequence[Ints], entries: int
) -> Chances:
    """Return how often each entry gets a seat, and between which places it mostly lies.

    draw: returns that many draws of all entries, (draws, entries). seats: taken in their order by the best that
    are allowed and have none. people: entries of one person, of which only the best may get a seat.
    With 2,000 draws a chance of one half is known to about 0.02, with 20,000 to 0.007 (95 %).
    """
    count = draws_for(entries)
    rows = max(1, AT_ONCE // max(entries, 1))
    places = np.empty((count, entries), dtype=np.int16 if entries < 32_000 else np.int32)
    won = np.zeros(entries, dtype=np.int64)
    for start in range(0, count, rows):
        part = places[start : start + rows]
        part[:] = places_of(draw(len(part)))
        won += seated(part, seats=seats, people=people).sum(axis=0)
    low, high = middle(places)
    return Chances(p_award=won / count, low=low, high=high, draws=count)


def places_of(worth: Floats) -> Ints:
    """Return the place of each entry in each draw, from 1, (draws, entries)."""
    order = np.argsort(-worth, axis=1)
    places = np.empty(order.shape, dtype=np.int64)
    np.put_along_axis(places, order, np.arange(1, worth.shape[1] + 1)[None, :], axis=1)
    return places


def seated(places: Ints, *, seats: Sequence[Seats], people: Sequence[Ints]) -> Bools:
    """Return who gets a seat in each draw, (draws, entries)."""
    nowhere = places.dtype.type(np.iinfo(places.dtype).max)
    out = np.zeros(places.shape, dtype=np.bool_)
    for own in people:
        out[:, own] |= places[:, own] > places[:, own].min(axis=1, keepdims=True)
    taken = np.zeros(places.shape, dtype=np.bool_)
    for seat in seats:
        waiting = np.where(seat.allowed & ~taken & ~out, places, nowhere)
        last = min(seat.count, places.shape[1]) - 1
        line = np.partition(waiting, last, axis=1)[:, last : last + 1]
        taken |= (waiting <= line) & (waiting < nowhere)
    return taken


def middle(places: Ints, *, share: float = 0.95) -> tuple[Ints, Ints]:
    """Return the places between which this share of the draws lies, (entries,) each."""
    count, entries = places.shape
    at_low = round((1 - share) / 2 * count)
    at_high = count - 1 - at_low
    low, high = np.empty(entries, dtype=np.int64), np.empty(entries, dtype=np.int64)
    columns = max(1, AT_ONCE // max(count, 1))
    for start in range(0, entries, columns):
        part = np.sort(places[:, start : start + columns].T.copy(), axis=1)
        low[start : start + columns], high[start : start + columns] = part[:, at_low], part[:, at_high]
    return low, high
