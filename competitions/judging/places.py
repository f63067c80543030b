"""Places, shared by equals, and the order in which entries are listed."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from competitions.judging.numbers import best_first
from competitions.judging.records import Status

LISTED: tuple[Status, ...] = ("ranked", "below_floor", "not_advanced", "unscored")


def in_order(totals: Mapping[str, Fraction | None]) -> list[str]:
    """Return entry codes best first, equals by code, those without a total last by code."""
    totalled = [(best_first(total), code) for code, total in totals.items() if total is not None]
    without = sorted(code for code, total in totals.items() if total is None)
    return [code for _, code in sorted(totalled)] + without


def joint_places(order: Sequence[str], *, totals: Mapping[str, Fraction | None]) -> dict[str, int]:
    """Return the place of each entry with a total; equals share one, the next is skipped: 1, 2, 2, 4.

    order: entry codes best first, as in_order gives them.
    """
    ranked = [code for code in order if totals[code] is not None]
    return numbered(list(equals(ranked, key=totals)))


def numbered(groups: Sequence[Sequence[str]]) -> dict[str, int]:
    """Return the place of each entry of groups, best first."""
    places: dict[str, int] = {}
    for group in groups:
        place = len(places) + 1
        places.update((code, place) for code in group)
    return places


def equals(ranked: Sequence[str], *, key: Mapping[str, object]) -> Iterator[list[str]]:
    """Yield neighbours that have an equal value together."""
    for _, group in groupby(ranked, key=key.__getitem__):
        yield list(group)


def listing(
    places: Mapping[str, int], *, statuses: Mapping[str, Status], totals: Mapping[str, Fraction | None]
) -> list[str]:
    """Return all codes: by place, then those out by a floor, those not advanced, those unscored.

    places: in their order. Inside a group the higher total comes first, then the code.
    """
    order = list(places)
    for status in LISTED[1:]:
        order += in_order({code: totals[code] for code, each in statuses.items() if each == status})
    return order
