"""A judge's numbers made relative to the judge's other numbers: ranks and T scores."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import groupby
from math import isqrt, lcm
from operator import itemgetter
from typing import NamedTuple

from competitions.judging.records import Method

T_PLACES = 12
T_MEAN, T_DEVIATION = 50, 10

Numbers = Mapping[str, int]  # by entry
Table = dict[str, dict[str, int]]  # entry -> judge -> number


def by_judge(table: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Turn numbers by entry and judge into numbers by judge and entry, or back."""
    turned: dict[str, dict[str, int]] = {}
    for outer, numbers in table.items():
        for inner, number in numbers.items():
            if inner not in turned:
                turned[inner] = {}
            turned[inner][outer] = number
    return turned


def double_ranks(numbers: Numbers) -> dict[str, int]:
    """Return twice the rank of each entry: the highest is 2, equals share the mean of their ranks."""
    falling = sorted(numbers.items(), key=itemgetter(1), reverse=True)
    ranks: dict[str, int] = {}
    for _, group in groupby(falling, key=itemgetter(1)):
        equals = [entry for entry, _ in group]
        first = len(ranks) + 1
        ranks.update(dict.fromkeys(equals, 2 * first + len(equals) - 1))
    return ranks


def t_scores(numbers: Numbers) -> dict[str, int]:
    """Return T = 50 + 10 x (x - mean) / sd of each entry, times 10^12, rounded.

    sd: of a sample (n - 1). Equal numbers, or one alone, are T = 50. Source: docs/judging.md, section 2.
    """
    count, total = len(numbers), sum(numbers.values())
    squares = sum((count * number - total) ** 2 for number in numbers.values())
    middle = T_MEAN * 10**T_PLACES
    if not squares:
        return dict.fromkeys(numbers, middle)
    score = one_t_score(count=count, total=total, squares=squares)
    scores = {number: middle + score(number) for number in set(numbers.values())}
    return {entry: scores[number] for entry, number in numbers.items()}


def one_t_score(*, count: int, total: int, squares: int) -> Callable[[int], int]:
    """Return the function from a number to its T score less 50, times 10^12, rounded exactly.

    squares: sum of (count x number - total)^2, so that sd^2 = squares / (count^2 x (count - 1)).
    """

    def score(number: int) -> int:
        deviation = count * number - total
        # Twice the distance from the mean, squared, in units of the last place.
        doubled = Fraction(deviation**2 * (count - 1) * (2 * T_DEVIATION * 10**T_PLACES) ** 2, squares)
        rounded = (isqrt(doubled.numerator // doubled.denominator) + 1) // 2
        return rounded if deviation >= 0 else -rounded

    return score


class Relative(NamedTuple):
    """Relative numbers by entry and judge: percents or T scores, times scale. rank_sums: twice, by entry."""

    table: Table
    scale: int
    rank_sums: dict[str, int]


def relative(table: Mapping[str, Mapping[str, int]], *, method: Method) -> Relative:
    """Return numbers by entry and judge as each judge's ranks in percent, or as each judge's T scores."""
    judges = by_judge(table)
    if method == "rank_sum":
        return in_rank_percents({judge: double_ranks(numbers) for judge, numbers in judges.items()})
    scores = {judge: t_scores(numbers) for judge, numbers in judges.items()}
    return Relative(by_judge(scores), 10**T_PLACES, {})


def in_rank_percents(ranks: Mapping[str, Numbers]) -> Relative:
    """Return percents 100 x (N - rank) / (N - 1), N being how many the judge ranked; one alone is 100.

    ranks: twice the rank by judge and entry.
    """
    scale = lcm(*(2 * (len(each) - 1) for each in ranks.values() if len(each) > 1))
    table: Table = {}
    sums: dict[str, int] = {}
    for judge, each in ranks.items():
        last = 2 * len(each)
        step = 100 * scale // (last - 2) if last > 2 else 100 * scale
        for entry, rank in each.items():
            numbers = table.get(entry)
            if numbers is None:
                numbers = table[entry] = {}
                sums[entry] = 0
            numbers[judge] = step * (last - rank) if last > 2 else step
            sums[entry] += rank
    return Relative(table, scale, sums)
