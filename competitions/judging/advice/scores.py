"""The declared rule's round scores in floating point, quick enough to repeat without each judge.

The official score is exact and made elsewhere; this one only tells what would change (see stability.py, which uses
it only where it repeats the official places).
"""

from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.arrays import Bools, Floats, Ints
from competitions.judging.advice.joining import RELATIVE, aggregated, within_judge
from competitions.judging.advice.marks import RoundMarks
from competitions.judging.records import Aggregate

Scores = tuple[Floats, Floats]  # percent (entries,); aggregate points (entries, criteria); nan = missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """What a round aggregates: marks, or totals of sheets, in the order of group and value.

    entry, judge: int arrays (rows,). group: what is aggregated together, entry x criteria + criterion, or entry.
    value: float array (rows,). width: groups of an entry.
    """

    entry: Ints
    judge: Ints
    group: Ints
    value: Floats
    width: int


def ordered(*, entry: Ints, judge: Ints, criterion: Ints, value: Floats, width: int) -> Rows:
    """Return the rows in order of group and value."""
    group = entry * width + criterion
    order = np.lexsort((value, group))
    return Rows(entry=entry[order], judge=judge[order], group=group[order], value=value[order], width=width)


def mark_rows(marks: RoundMarks) -> Rows:
    """Return each mark, in points of its criterion, changed as a method over criteria says."""
    width = max(1, len(marks.round.criteria))
    maxima = marks.maxima[marks.criterion]
    within = (marks.judge * len(marks.tracks) + marks.track[marks.entry]) * width + marks.criterion
    share = 100 * marks.points / maxima
    value = marks.points
    if marks.round.aggregate.over == "criteria" and marks.round.aggregate.method in RELATIVE:
        value = within_judge(share, within, method=marks.round.aggregate.method) / 100 * maxima
    return ordered(entry=marks.entry, judge=marks.judge, criterion=marks.criterion, value=value, width=width)


def total_rows(marks: RoundMarks) -> Rows:
    """Return each complete sheet's total in percent, changed as the method says."""
    judges = len(marks.judges) + 1  # one more for points of nobody
    keys, sheet = np.unique(marks.entry * judges + marks.judge + 1, return_inverse=True)
    entry, judge = keys // judges, keys % judges - 1
    weight = marks.weights[marks.criterion]
    reached = np.bincount(sheet, weights=weight * marks.points, minlength=len(keys))
    possible = np.bincount(sheet, weights=weight * marks.maxima[marks.criterion], minlength=len(keys))
    has = np.zeros((len(keys), len(marks.round.criteria)), dtype=np.bool_)
    has[sheet, marks.criterion] = True
    whole = np.all(has | ~marks.required[marks.track[entry]], axis=1)
    entry, judge, value = entry[whole], judge[whole], (100 * reached / possible)[whole]
    if marks.round.aggregate.method in RELATIVE:
        within = judge * len(marks.tracks) + marks.track[entry]
        value = within_judge(value, within, method=marks.round.aggregate.method)
    return ordered(entry=entry, judge=judge, criterion=np.zeros_like(entry), value=value, width=1)


class VoteScores:
    """The scores of a round decided by votes; no judge changes them.

    votes: (entries,) how many chose the entry.
    """

    def __init__(self, marks: RoundMarks, *, votes: Floats) -> None:
        self.marks, self.votes = marks, votes

    def given(self, absent: Bools, *, without: int | None = None) -> Scores:
        """Return 100 x votes / most votes of the track; nan where nobody voted. absent: whose votes are void."""
        votes = np.where(absent, 0.0, self.votes)
        score = np.full(len(votes), np.nan)
        for at in range(len(self.marks.tracks)):
            own = self.marks.track == at
            most = votes[own].max(initial=0.0)
            if most > 0:
                score[own] = 100 * votes[own] / most
        return score, score[:, None] / 100 * self.marks.maxima


class RoundScores:
    """The scores of a round decided by marks, with all judges or without one.

    score: (entries,) percent, nan = unscored. parts: (entries, criteria) aggregate points, nan where there is none.
    """

    def __init__(self, marks: RoundMarks) -> None:
        self.marks = marks
        self.by_total = marks.round.aggregate.over == "judge_totals"
        self.rows = mark_rows(marks)
        self.totals = total_rows(marks) if self.by_total else None
        self.marked = np.zeros(len(marks.entries), dtype=np.bool_)
        self.marked[marks.entry] = True
        every = np.ones(len(marks.entries), dtype=np.bool_)
        self.score, self.parts = self.of(every, without=None)

    def given(self, absent: Bools, *, without: int | None = None) -> Scores:
        """Return score and parts without the marks of a judge, and without those of absent entries.

        An absent entry's own numbers are of no use. They change others' only where a judge's marks are compared
        with each other; then the round is made anew from what is left, which after an advance is little.
        """
        if self.marks.round.aggregate.method in RELATIVE and bool((absent & self.marked).any()):
            return RoundScores(self.marks.lacking(absent)).given(np.zeros_like(absent), without=without)
        met = np.zeros(len(self.marks.entries), dtype=np.bool_)
        if without is not None:
            met[self.marks.entry[self.marks.judge == without]] = True
        if not met.any():
            return self.score, self.parts
        score, parts = self.score.copy(), self.parts.copy()
        score[met], parts[met] = self.of(met, without=without)
        return score, parts

    def of(self, chosen: Bools, *, without: int | None) -> Scores:
        """Return score and parts of the chosen entries, in their order."""
        width = self.rows.width
        plain = Aggregate() if self.by_total else self.marks.round.aggregate
        parts = self.gathered(self.rows, chosen, without=without, how=plain).reshape(-1, width)
        track = self.marks.track[chosen]
        if self.totals is not None:
            how = self.marks.round.aggregate
            return self.gathered(self.totals, chosen, without=without, how=how), parts
        given = ~np.isnan(parts)
        weights = self.marks.weights
        reached = np.where(given, parts, 0.0) @ weights
        possible = given @ (weights * self.marks.maxima)
        whole = np.all(given | ~self.marks.required[track], axis=1) & (possible > 0)
        score = np.full(len(track), np.nan)
        score[whole] = 100 * reached[whole] / possible[whole]
        return score, parts

    def gathered(self, rows: Rows, chosen: Bools, *, without: int | None, how: Aggregate) -> Floats:
        """Return the aggregates of the chosen entries' groups, one entry's after the other's."""
        kept = chosen[rows.entry]
        if without is not None:
            kept &= rows.judge != without
        new = np.cumsum(chosen) - 1
        entry = rows.entry[kept]
        group = new[entry] * rows.width + rows.group[kept] - entry * rows.width
        return aggregated(group, rows.value[kept], groups=int(chosen.sum()) * rows.width, how=how)
