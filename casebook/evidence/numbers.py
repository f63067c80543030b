"""Numbers about runs: how many passed, how sure that is, how alike repeated answers are. No Django.

Missing is never zero: where nothing was judged there is no rate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import sqrt

from casebook.content.text import normal_text

SURE = 1.959964  # standard deviations on both sides of 95 of 100


@dataclass(frozen=True)
class Rate:
    """passed of judged runs; waiting: runs that a person has yet to judge."""

    passed: int
    judged: int
    waiting: int = 0

    @property
    def runs(self) -> int:
        return self.judged + self.waiting

    @property
    def failed(self) -> int:
        return self.judged - self.passed

    @property
    def share(self) -> float | None:
        return self.passed / self.judged if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Where the true share lies in 95 of 100 cases (Wilson 1927); wide while runs are few."""
        return wilson(self.passed, self.judged) if self.judged else None

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.passed + other.passed, self.judged + other.judged, self.waiting + other.waiting)


def pass_rate(results: Iterable[bool | None]) -> Rate:
    """results: of each run True, False, or None while it waits."""
    known = list(results)
    judged = [each for each in known if each is not None]
    return Rate(sum(judged), len(judged), len(known) - len(judged))


def wilson(passed: int, judged: int) -> tuple[float, float]:
    """The Wilson score interval of a share, 0..1."""
    share, square = passed / judged, SURE * SURE
    middle = share + square / (2 * judged)
    spread = SURE * sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    whole = 1 + square / judged
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def difference(before: Rate, after: Rate) -> str:
    """missing, same, better, worse, or unclear when the runs are too few to tell."""
    if before.share is None or after.share is None:
        return "missing"
    if before.share == after.share:
        return "same"
    low, high = interval_of_difference(before, after)
    if low > 0:
        return "better"
    return "worse" if high < 0 else "unclear"


def interval_of_difference(before: Rate, after: Rate) -> tuple[float, float]:
    """Where the true difference of two shares lies in 95 of 100 cases, -1..1; both have judged runs.

    Source: Newcombe 1998, Interval estimation for the difference between independent proportions, method 10.
    """
    one, other = before.passed / before.judged, after.passed / after.judged
    low_one, high_one = wilson(before.passed, before.judged)
    low, high = wilson(after.passed, after.judged)
    below = sqrt((other - low) ** 2 + (high_one - one) ** 2)
    above = sqrt((high - other) ** 2 + (one - low_one) ** 2)
    return other - one - below, other - one + above


def stability(outputs: Sequence[str]) -> float | None:
    """How alike repeated answers are, 0..1; None for fewer than two.

    Mean over all pairs of the Jaccard likeness of their trigrams of characters, white space taken as one space.
    """
    if len(outputs) < 2:
        return None
    alike = [_likeness(one, other) for one, other in combinations(map(_trigrams, outputs), 2)]
    return sum(alike) / len(alike)


def _trigrams(text: str) -> frozenset[str]:
    words = " ".join(normal_text(text).split())
    return frozenset(words[at : at + 3] for at in range(max(1, len(words) - 2)))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)
