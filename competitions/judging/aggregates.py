"""The numbers of several judges joined into one."""

from collections.abc import Mapping
from typing import NamedTuple

from competitions.judging.records import Aggregate

NOBODY: tuple[str, ...] = ()


class Joined(NamedTuple):
    """One number: total / many. kept, dropped: judges in code order."""

    total: int
    many: int
    kept: tuple[str, ...]
    dropped: tuple[str, ...] = NOBODY
    is_fallback: bool = False


def joined(numbers: Mapping[str, int], *, aggregate: Aggregate) -> Joined:
    """Return the one number of at least one judge's, by judge.

    Rank sums and T scores are means too: of numbers that were made relative before. A trimmed mean with no mark
    left is the mean of all. Source: docs/judging.md, section 2.
    """
    if aggregate.method == "trimmed_mean":
        return trimmed(numbers, high=aggregate.drop_high, low=aggregate.drop_low)
    if aggregate.method == "median":
        middle = middles(sorted(numbers.values()))
        return Joined(sum(middle), len(middle), tuple(sorted(numbers)))
    return Joined(sum(numbers.values()), len(numbers), tuple(sorted(numbers)))


def middles(numbers: list[int]) -> list[int]:
    """Return the one or two numbers in the middle of a sorted list."""
    middle = len(numbers) // 2
    return numbers[middle : middle + 1] if len(numbers) % 2 else numbers[middle - 1 : middle + 1]


def trimmed(numbers: Mapping[str, int], *, high: int, low: int) -> Joined:
    """Leave out exactly so many at each end, even when several share the value there.

    Among equals the last judge by code is left out at the top and the first at the bottom.
    """
    if len(numbers) <= high + low:
        return Joined(sum(numbers.values()), len(numbers), tuple(sorted(numbers)), is_fallback=True)
    rising = sorted((number, judge) for judge, number in numbers.items())
    rest = rising[low : len(rising) - high]
    out = rising[:low] + rising[len(rising) - high :]
    return Joined(
        sum(number for number, _ in rest),
        len(rest),
        tuple(sorted(judge for _, judge in rest)),
        tuple(sorted(judge for _, judge in out)),
    )
