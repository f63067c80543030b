"""The score of each entry in one round."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

from competitions.judging.numbers import decimals_of, scaled
from competitions.judging.records import Contest, Criterion, Mark, Round, RoundOutcome

# entry -> criterion -> [sum of scaled points, number of marks]
Sums = Mapping[str, Mapping[str, list[int]]]


@dataclass(frozen=True, slots=True)
class RoundSums:
    """What one round's marks add up to. places: points are scaled by 10**places."""

    places: int
    sums: Sums
    judges: Mapping[str, set[str]]


@dataclass(frozen=True, slots=True)
class RoundWeights:
    """Whole numbers by criterion: weight, and weight x max x scale, on one common scale."""

    scale: int
    weights: Mapping[str, int]
    maxima: Mapping[str, int]


def round_outcomes(contest: Contest) -> dict[str, dict[str, RoundOutcome]]:
    """Return each round's outcome of each entry it judges, by round code, then entry code.

    Missing marks are left out of every mean. A skipped optional criterion lowers nothing;
    without any mark on a required criterion the score is None.
    Time: linear in marks plus entries x criteria. Source: docs/judging.md, sections 2 and 3.
    """
    marks: dict[str, list[Mark]] = {round_.code: [] for round_ in contest.rounds}
    for mark in contest.marks:
        if mark.points is not None:
            marks[mark.round].append(mark)
    return {
        round_.code: outcomes_of(round_, contest=contest, marks=marks[round_.code])
        for round_ in contest.rounds
    }


def outcomes_of(round_: Round, *, contest: Contest, marks: list[Mark]) -> dict[str, RoundOutcome]:
    """Return one round's outcome of each entry that has criteria in it."""
    totals = add_up(marks)
    weights = whole_weights(round_)
    tracks = {entry.track for entry in contest.entries}
    criteria = {track: round_.criteria_of(track) for track in tracks if round_.is_for(track)}
    return {
        entry.code: outcome_of(
            criteria[entry.track],
            weights=weights,
            places=totals.places,
            sums=totals.sums.get(entry.code, {}),
            judges=len(totals.judges.get(entry.code, ())),
        )
        for entry in contest.entries
        if entry.track in criteria
    }


def add_up(marks: list[Mark]) -> RoundSums:
    """Add the points by entry and criterion, as integers scaled by a power of ten."""
    distinct = {mark.points for mark in marks if mark.points is not None}
    places = max((decimals_of(points) for points in distinct), default=0)
    integers: dict[Decimal | None, int] = {p: scaled(p, places=places) for p in distinct}
    sums: dict[str, dict[str, list[int]]] = {}
    judges: dict[str, set[str]] = {}
    for mark in marks:
        if mark.entry not in sums:
            sums[mark.entry], judges[mark.entry] = {}, set()
        cell = sums[mark.entry].setdefault(mark.criterion, [0, 0])
        cell[0] += integers[mark.points]
        cell[1] += 1
        judges[mark.entry].add(mark.judge)
    return RoundSums(places=places, sums=sums, judges=judges)


def whole_weights(round_: Round) -> RoundWeights:
    """Return the round's weights and maxima as whole numbers."""
    weight_places = max((decimals_of(c.weight) for c in round_.criteria), default=0)
    max_places = max((decimals_of(c.max) for c in round_.criteria), default=0)
    weights = {c.code: scaled(c.weight, places=weight_places) for c in round_.criteria}
    maxima = {c.code: weights[c.code] * scaled(c.max, places=max_places) for c in round_.criteria}
    return RoundWeights(scale=10**max_places, weights=weights, maxima=maxima)


def outcome_of(
    criteria: tuple[Criterion, ...],
    *,
    weights: RoundWeights,
    places: int,
    sums: Mapping[str, list[int]],
    judges: int,
) -> RoundOutcome:
    """Return one entry's outcome in one round, over the criteria of its track."""
    scale: int = 10**places
    means = {
        c.code: Fraction(sums[c.code][0], sums[c.code][1] * scale) if c.code in sums else None
        for c in criteria
    }
    complete = bool(sums) and all(c.code in sums for c in criteria if c.required)
    score = percent(sums, weights=weights, scale=scale) if complete else None
    return RoundOutcome(score=score, judges=judges, criteria=means)


def percent(sums: Mapping[str, list[int]], *, weights: RoundWeights, scale: int) -> Fraction:
    """Return 100 x sum(weight x mean) / sum(weight x max) over the criteria that have marks.

    sums: points x scale and number of marks by criterion.
    """
    common = lcm(*(count for _, count in sums.values()))
    reached = sum(
        weights.weights[code] * points * (common // count) for code, (points, count) in sums.items()
    )
    possible = sum(weights.maxima[code] for code in sums)
    return Fraction(100 * reached * weights.scale, possible * common * scale)
