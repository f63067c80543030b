"""Runs that two sequences share, wherever they stand: greedy, longest first at each place, in linear time."""

from collections import defaultdict
from collections.abc import Sequence

MOST_PLACES = 8  # of one start in the other sequence; what is repeated more often is found at the first ones


def shared_runs(
    one: Sequence[str], other: Sequence[str], *, width: int, least: int
) -> list[tuple[int, int, int]]:
    """Return [(start, start in the other, length)] of shared runs of at least `least` units, in the order of `one`.

    width: units by which a run is recognised, at most `least`. Runs do not overlap in `one`.
    """
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(other) - width + 1):
        found = places[tuple(other[at : at + width])]
        if len(found) < MOST_PLACES:
            found.append(at)
    runs, at = [], 0
    while at <= len(one) - width:
        length, place = _longest(one, other, at, places.get(tuple(one[at : at + width]), ()))
        if length >= least:
            runs.append((at, place, length))
            at += length
        else:
            at += 1
    return runs


def _longest(one: Sequence[str], other: Sequence[str], at: int, places: Sequence[int]) -> tuple[int, int]:
    best, where = 0, 0
    for place in places:
        length, most = 0, min(len(one) - at, len(other) - place)
        while length < most and one[at + length] == other[place + length]:
            length += 1
        if length > best:
            best, where = length, place
    return best, where
