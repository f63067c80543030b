"""A round in which each criterion's marks are joined first, then the criteria by their weight."""

from collections.abc import Mapping
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from competitions.judging.aggregates import Joined, joined
from competitions.judging.marks import Arranged, RoundWeights
from competitions.judging.records import Aggregate, Criterion, Round, RoundOutcome
from competitions.judging.relative import relative

RELATIVE = frozenset({"rank_sum", "t_score"})
# criterion -> judge -> number
EntryCells = Mapping[str, Mapping[str, int]]


class Scale(NamedTuple):
    """A number n of a criterion is n x top / bottom points."""

    top: int
    bottom: int

    def points(self, number: Joined) -> Fraction:
        """Return a joined number as points."""
        return Fraction(number.total * self.top, number.many * self.bottom)


def over_criteria(
    round_: Round,
    *,
    criteria: tuple[Criterion, ...],
    entries: list[str],
    given: Arranged,
    weights: RoundWeights,
) -> dict[str, RoundOutcome]:
    """Return the outcome of entries of one track. criteria: of the track.

    Source: docs/judging.md, section 3.
    """
    cells: dict[str, EntryCells] = {code: given.cells.get(code, {}) for code in entries}
    if round_.aggregate.method not in RELATIVE:
        scales = dict.fromkeys((each.code for each in criteria), Scale(1, given.scale))
        return {
            code: outcome_of(each, criteria=criteria, rule=round_.aggregate, scales=scales, weights=weights)
            for code, each in cells.items()
        }
    return over_relative(round_.aggregate, criteria=criteria, cells=cells, weights=weights)


def over_relative(
    rule: Aggregate,
    *,
    criteria: tuple[Criterion, ...],
    cells: Mapping[str, EntryCells],
    weights: RoundWeights,
) -> dict[str, RoundOutcome]:
    """Do so with ranks or T scores, each a percentage of its criterion's maximum."""
    points: dict[str, dict[str, dict[str, int]]] = {code: {} for code in cells}
    scales: dict[str, Scale] = {}
    rank_sums = dict.fromkeys(cells, 0)
    for criterion in criteria:
        numbers = {code: each[criterion.code] for code, each in cells.items() if criterion.code in each}
        found = relative(numbers, method=rule.method)
        most = Fraction(criterion.max)
        scales[criterion.code] = Scale(most.numerator, 100 * found.scale * most.denominator)
        for code, judges in found.table.items():
            points[code][criterion.code] = judges
            rank_sums[code] += found.rank_sums.get(code, 0)
    return {
        code: outcome_of(
            each,
            criteria=criteria,
            rule=rule,
            scales=scales,
            weights=weights,
            rank_sum=Fraction(rank_sums[code], 2) if rank_sums[code] else None,
        )
        for code, each in points.items()
    }


def outcome_of(
    cells: EntryCells,
    *,
    criteria: tuple[Criterion, ...],
    rule: Aggregate,
    scales: Mapping[str, Scale],
    weights: RoundWeights,
    rank_sum: Fraction | None = None,
) -> RoundOutcome:
    """Return one entry's outcome. scales: of each criterion's numbers."""
    found = {code: joined(judges, aggregate=rule) for code, judges in cells.items()}
    numbers = {
        each.code: scales[each.code].points(found[each.code]) if each.code in found else None
        for each in criteria
    }
    complete = bool(found) and all(each.code in found for each in criteria if each.required)
    return RoundOutcome(
        score=percent(found, scales=scales, weights=weights) if complete else None,
        judges=len(set().union(*cells.values())),
        criteria=numbers,
        kept={code: each.kept for code, each in found.items()},
        dropped={code: each.dropped for code, each in found.items() if each.dropped},
        is_fallback=any(each.is_fallback for each in found.values()),
        rank_sum=rank_sum,
    )


def percent(found: Mapping[str, Joined], *, scales: Mapping[str, Scale], weights: RoundWeights) -> Fraction:
    """Return 100 x sum(weight x number) / sum(weight x max) over the criteria that have a number."""
    divisors = {code: each.many * scales[code].bottom for code, each in found.items()}
    common = lcm(*divisors.values())
    reached = sum(
        weights.weights[code] * each.total * scales[code].top * (common // divisors[code])
        for code, each in found.items()
    )
    possible = sum(weights.maxima[code] for code in found)
    return Fraction(100 * reached * weights.scale, possible * common)
