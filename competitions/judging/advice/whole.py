"""The rounds put together as the total puts them together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from competitions.judging.advice.arrays import Bools, Floats, Ints
from competitions.judging.advice.draws import Chances, Seats, chances
from competitions.judging.advice.one_round import RoundAdvice
from competitions.judging.advice.ranking import judged
from competitions.judging.records import Contest


@dataclass(frozen=True, slots=True, kw_only=True)
class Severity:
    """How much more than the others a judge gives. low, high: 95 %, None = cannot be given."""

    b: float
    low: float | None
    high: float | None


def shares(contest: Contest, rounds: Sequence[RoundAdvice]) -> Floats:
    """Return what each round counts in each entry's total, (rounds, entries); 0 = not at all.

    The shares of an entry add up to 1, or are 1 each where points are added.
    """
    some = rounds[0].marks
    found = np.zeros((len(rounds), len(some.entries)))
    for at, each in enumerate(rounds):
        if each.marks.round.carries:
            weight = 1.0 if in_points(contest) else float(each.marks.round.weight)
            found[at] = weight * judged(each.marks)
    if in_points(contest):
        return found
    sums = found.sum(axis=0)
    return np.divide(found, sums, out=np.zeros_like(found), where=sums > 0)


def in_points(contest: Contest) -> bool:
    """Say whether the total is a sum of points."""
    return contest.scoring.total == "sum_of_points"


def added(values: Sequence[Floats], share: Floats) -> Floats:
    """Return the total of the rounds' values; nan when a round that counts is missing, or none counts.

    values: of each round, (entries,) or (draws, entries). share: (rounds, entries).
    """
    found = np.zeros(values[0].shape)
    for each, own in zip(values, share, strict=True):
        found += np.where(own > 0, each * own, 0.0)
    found[..., ~(share > 0).any(axis=0)] = np.nan
    return found


def severities(contest: Contest, rounds: Sequence[RoundAdvice]) -> dict[str, Severity]:
    """Return each judge's leaning over the rounds that count, by code.

    The mean by weight of the rounds the judge was in; the sum where points are added. Several tracks of one round
    that were compared apart count by the judge's sheets.
    """
    gathered: dict[str, list[tuple[float, Severity]]] = {}
    for each in rounds:
        if each.marks.round.carries:
            for judge, own in round_severities(each).items():
                weight = 1.0 if in_points(contest) else float(each.marks.round.weight)
                gathered.setdefault(judge, []).append((weight, own))
    return {judge: together(gathered[judge], divide=not in_points(contest)) for judge in sorted(gathered)}


def round_severities(each: RoundAdvice) -> dict[str, Severity]:
    """Return each judge's leaning in one round, by code."""
    gathered: dict[str, list[tuple[float, Severity]]] = {}
    for part in each.parts:
        if part.additive is None:
            continue
        intervals = part.additive.interval()
        for at, judge in enumerate(part.panel.judges):
            low, high = intervals[at] or (None, None)
            own = Severity(b=float(part.additive.b[at]), low=low, high=high)
            gathered.setdefault(judge, []).append((float(part.panel.per_judge[at]), own))
    return {judge: together(gathered[judge], divide=True) for judge in sorted(gathered)}


def together(found: Sequence[tuple[float, Severity]], *, divide: bool) -> Severity:
    """Return the mean (or the sum) of leanings; half widths add as the errors of independent numbers do."""
    whole = sum(weight for weight, _ in found) if divide else 1.0
    b = sum(weight * own.b for weight, own in found) / whole
    squares = 0.0
    for weight, own in found:
        if own.low is None or own.high is None:
            return Severity(b=b, low=None, high=None)
        squares += (weight / whole * (own.high - own.low) / 2) ** 2
    return Severity(b=b, low=b - sqrt(squares), high=b + sqrt(squares))


def award_chances(
    contest: Contest, rounds: Sequence[RoundAdvice], *, ranked: Bools, seed: int
) -> tuple[Ints, Chances] | None:
    """Return (positions, their chances) of the entries that have a place and an estimate; None without any.

    ranked: (entries,) who takes a place by the rule.
    """
    share = shares(contest, rounds)
    known = ~np.isnan(added([each.shrunken() for each in rounds], share))
    at = np.flatnonzero(known & ranked)
    estimated = any(part.posterior is not None for each in rounds for part in each.parts)
    if len(at) == 0 or not estimated:
        return None
    random = np.random.default_rng(seed)
    track = rounds[0].marks.track[at]

    def draw(count: int) -> Floats:
        return added([each.draw(random, count) for each in rounds], share)[:, at]

    seats = seats_of(contest, track=track, tracks=rounds[0].marks.tracks)
    people = people_of(contest, codes=[rounds[0].marks.entries[each] for each in at])
    return at, chances(draw, seats=seats, people=people, entries=len(at))


def seats_of(contest: Contest, *, track: Ints, tracks: tuple[str, ...]) -> list[Seats]:
    """Return the seats of the tiers in their order; neighbours of the same track are one. track: (entries,)."""
    merged: list[tuple[str, int]] = []
    for award in contest.awards:
        if merged and merged[-1][0] == award.track:
            merged[-1] = (award.track, merged[-1][1] + award.count)
        else:
            merged.append((award.track, award.count))
    sides: Mapping[str, int] = {code: at for at, code in enumerate(tracks)}
    return [
        Seats(allowed=np.full(len(track), True) if not code else track == sides.get(code, -1), count=count)
        for code, count in merged
    ]


def people_of(contest: Contest, *, codes: Sequence[str]) -> list[Ints]:
    """Return the positions of the entries of each person that has several, if a person gets one prize only."""
    if not contest.scoring.one_prize_per_person:
        return []
    where = {code: at for at, code in enumerate(codes)}
    own: dict[str, list[int]] = {}
    for entry in contest.entries:
        for person in entry.people if entry.code in where else ():
            own.setdefault(person, []).append(where[entry.code])
    return [np.array(sorted(own[person]), dtype=np.int64) for person in sorted(own) if len(own[person]) > 1]
