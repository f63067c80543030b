"""Marks arranged for adding: whole numbers on a common scale."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from competitions.judging.numbers import decimals_of, scaled
from competitions.judging.records import Contest, Criterion, Mark, Round

# entry -> criterion -> judge -> points x scale
Cells = dict[str, dict[str, dict[str, int]]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """The marks of one round. scale: what the points are multiplied by."""

    scale: int
    cells: Cells


@dataclass(frozen=True, slots=True)
class RoundWeights:
    """Whole numbers by criterion: weight, and weight x max x scale, on one common scale.

    unit: what weight x max is multiplied by.
    """

    scale: int
    unit: int
    weights: dict[str, int]
    maxima: dict[str, int]

    def possible(self, criteria: Iterable[Criterion]) -> Fraction:
        """Return the sum of weight x max: the points that can be reached."""
        return Fraction(sum(self.maxima[each.code] for each in criteria), self.unit)


def marks_by_round(contest: Contest) -> dict[str, list[Mark]]:
    """Return the marks with points of each round; a mark without points was not given."""
    marks: dict[str, list[Mark]] = {round_.code: [] for round_ in contest.rounds}
    for mark in contest.marks:
        if mark.points is not None:
            marks[mark.round].append(mark)
    return marks


def arranged(marks: Iterable[Mark], *, absent: Collection[str] = ()) -> Arranged:
    """Arrange the marks of a round, without those of absent entries."""
    given = [mark for mark in marks if mark.entry not in absent] if absent else list(marks)
    distinct = {mark.points for mark in given if mark.points is not None}
    places = max((decimals_of(points) for points in distinct), default=0)
    integers: dict[Decimal | None, int] = {p: scaled(p, places=places) for p in distinct}
    cells: Cells = {}
    for mark in given:
        criteria = cells.get(mark.entry)
        if criteria is None:
            criteria = cells[mark.entry] = {}
        judges = criteria.get(mark.criterion)
        if judges is None:
            judges = criteria[mark.criterion] = {}
        judges[mark.judge] = integers[mark.points]
    return Arranged(scale=10**places, cells=cells)


def whole_weights(round_: Round) -> RoundWeights:
    """Return the round's weights and maxima as whole numbers."""
    weight_places = max((decimals_of(c.weight) for c in round_.criteria), default=0)
    max_places = max((decimals_of(c.max) for c in round_.criteria), default=0)
    weights = {c.code: scaled(c.weight, places=weight_places) for c in round_.criteria}
    maxima = {c.code: weights[c.code] * scaled(c.max, places=max_places) for c in round_.criteria}
    scale: int = 10**max_places
    return RoundWeights(scale=scale, unit=scale * 10**weight_places, weights=weights, maxima=maxima)
