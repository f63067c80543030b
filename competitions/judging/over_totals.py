"""A round in which each judge's sheet is a total first, then the totals are joined."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from competitions.judging.aggregates import joined
from competitions.judging.marks import Arranged, RoundWeights
from competitions.judging.over_criteria import RELATIVE, EntryCells
from competitions.judging.records import Criterion, Round, RoundOutcome
from competitions.judging.relative import relative


@dataclass(frozen=True, slots=True)
class Sheets:
    """Totals in percent, times scale, by entry and judge. incomplete: judges without a total, by entry."""

    scale: int
    totals: dict[str, dict[str, int]]
    incomplete: dict[str, tuple[str, ...]]


def over_totals(
    round_: Round,
    *,
    criteria: tuple[Criterion, ...],
    entries: list[str],
    given: Arranged,
    weights: RoundWeights,
) -> dict[str, RoundOutcome]:
    """Return the outcome of entries of one track. criteria: of the track.

    A judge who left a required criterion unmarked has no total and does not count.
    Source: docs/judging.md, section 3.
    """
    cells = {code: given.cells.get(code, {}) for code in entries}
    sheets = sheets_of(cells, criteria=criteria, given=given, weights=weights)
    table, scale, rank_sums = sheets.totals, sheets.scale, dict[str, int]()
    if round_.aggregate.method in RELATIVE:
        table, scale, rank_sums = relative(sheets.totals, method=round_.aggregate.method)
    percents: dict[int, Fraction] = {}  # few distinct totals come up many times
    outcomes = {}
    for code in entries:
        numbers = table.get(code, {})
        found = joined(numbers, aggregate=round_.aggregate) if numbers else None
        totals = sheets.totals.get(code, {})
        for total in totals.values():
            if total not in percents:
                percents[total] = Fraction(total, sheets.scale)
        outcomes[code] = RoundOutcome(
            score=Fraction(found.total, found.many * scale) if found else None,
            judges=len(set().union(*cells[code].values())),
            criteria=means(
                cells[code], criteria=criteria, scale=given.scale, kept=found.kept if found else ()
            ),
            kept=found.kept if found else (),
            dropped=found.dropped if found else (),
            judge_totals={judge: percents[totals[judge]] for judge in sorted(totals)},
            incomplete=sheets.incomplete.get(code, ()),
            is_fallback=found is not None and found.is_fallback,
            rank_sum=Fraction(rank_sums[code], 2) if code in rank_sums else None,
        )
    return outcomes


def means(
    cells: EntryCells, *, criteria: tuple[Criterion, ...], scale: int, kept: tuple[str, ...]
) -> dict[str, Fraction | None]:
    """Return the mean points of each criterion over the judges whose totals are kept, so that they add up.

    Where no total is kept, over all who gave points.
    """
    points_of = {
        each.code: [points for judge, points in cells.get(each.code, {}).items() if not kept or judge in kept]
        for each in criteria
    }
    return {
        code: Fraction(sum(points), len(points) * scale) if points else None
        for code, points in points_of.items()
    }


def sheets_of(
    cells: Mapping[str, EntryCells],
    *,
    criteria: tuple[Criterion, ...],
    given: Arranged,
    weights: RoundWeights,
) -> Sheets:
    """Return every judge's total of every entry: 100 x sum(weight x points) / sum(weight x max) of what is marked."""
    required = sum(each.required for each in criteria)
    reached: dict[str, dict[str, tuple[int, int]]] = {}
    incomplete: dict[str, tuple[str, ...]] = {}
    possibles: set[int] = set()
    for code, each in cells.items():
        sums = judge_sums(each, criteria=criteria, weights=weights)
        reached[code] = {judge: (top, most) for judge, (top, most, met) in sums.items() if met == required}
        possibles.update(most for _, most in reached[code].values())
        if len(sums) > len(reached[code]):
            incomplete[code] = tuple(sorted(sums.keys() - reached[code].keys()))
    common = lcm(*possibles)
    factor = 100 * weights.scale
    totals = {
        code: {judge: top * factor * (common // most) for judge, (top, most) in judges.items()}
        for code, judges in reached.items()
    }
    return Sheets(scale=common * given.scale, totals=totals, incomplete=incomplete)


def judge_sums(
    cells: EntryCells, *, criteria: tuple[Criterion, ...], weights: RoundWeights
) -> dict[str, tuple[int, int, int]]:
    """Return by judge: weighted points, weighted maxima, and how many required criteria are marked."""
    sums: dict[str, tuple[int, int, int]] = {}
    for criterion in criteria:
        weight, most = weights.weights[criterion.code], weights.maxima[criterion.code]
        for judge, points in cells.get(criterion.code, {}).items():
            top, possible, met = sums.get(judge, (0, 0, 0))
            sums[judge] = (top + weight * points, possible + most, met + criterion.required)
    return sums
