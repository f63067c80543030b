"""The sheets of one round: which judge gave which entry what total."""

from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.arrays import Bools, Floats, Ints
from competitions.judging.advice.marks import NOBODY, RoundMarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Sheets in the order of entry and judge; a sheet that does not exist has no row.

    entries, judges: codes, only of those that have a sheet.
    entry, judge: int arrays (sheets,) into them. y: float array (sheets,), percent 0..100 or points.
    """

    entries: tuple[str, ...]
    judges: tuple[str, ...]
    entry: Ints
    judge: Ints
    y: Floats

    @property
    def per_entry(self) -> Ints:
        """Return how many sheets each entry has, (entries,)."""
        return np.bincount(self.entry, minlength=len(self.entries))

    @property
    def per_judge(self) -> Ints:
        """Return how many sheets each judge has, (judges,)."""
        return np.bincount(self.judge, minlength=len(self.judges))

    def incidence(self) -> Floats:
        """Return 1.0 where the judge has a sheet of the entry and 0.0 elsewhere, (entries, judges)."""
        table = np.zeros((len(self.entries), len(self.judges)))
        table[self.entry, self.judge] = 1.0
        return table

    def table(self) -> Floats:
        """Return the totals, (entries, judges); nan = not scored."""
        table = np.full((len(self.entries), len(self.judges)), np.nan)
        table[self.entry, self.judge] = self.y
        return table

    def mean_of_entries(self) -> Floats:
        """Return the plain mean of each entry's sheets, (entries,)."""
        return np.bincount(self.entry, weights=self.y, minlength=len(self.entries)) / self.per_entry


def panel_of(marks: RoundMarks, *, in_points: bool = False, track: str | None = None) -> Panel:
    """Return the sheets of a round: 100 x sum(weight x points) / sum(weight x max) of what the judge marked.

    in_points: that share of all the points of the track instead of percent (rule sum_of_points).
    track: only the entries of this track; None: all.
    A sheet that lacks a required criterion is left out where the rule aggregates judges' totals, as the rule
    leaves it out. Points of nobody are no sheet. Source: docs/judging.md, "How firm is it".
    """
    kept = marks.judge != NOBODY
    if track is not None:
        kept &= marks.track[marks.entry] == marks.tracks.index(track)
    judges = max(1, len(marks.judges))
    keys, sheet = np.unique(marks.entry[kept] * judges + marks.judge[kept], return_inverse=True)
    criterion = marks.criterion[kept]
    weight = marks.weights[criterion]
    reached = np.bincount(sheet, weights=weight * marks.points[kept], minlength=len(keys))
    possible = np.bincount(sheet, weights=weight * marks.maxima[criterion], minlength=len(keys))
    entry, judge = keys // judges, keys % judges
    y = 100.0 * reached / possible
    if in_points:
        y = y / 100.0 * marks.full_points[marks.track[entry]]
    used = np.ones(len(keys), dtype=np.bool_)
    if marks.round.aggregate.over == "judge_totals":
        used = complete(marks, entry=entry, sheet=sheet, criterion=criterion)
    return compacted(marks, entry=entry[used], judge=judge[used], y=y[used])


def complete(marks: RoundMarks, *, entry: Ints, sheet: Ints, criterion: Ints) -> Bools:
    """Return which sheets have every required criterion of their track, (sheets,)."""
    has = np.zeros((len(entry), len(marks.round.criteria)), dtype=np.bool_)
    has[sheet, criterion] = True
    whole: Bools = np.all(has | ~marks.required[marks.track[entry]], axis=1)
    return whole


def compacted(marks: RoundMarks, *, entry: Ints, judge: Ints, y: Floats) -> Panel:
    """Return the panel without the entries and judges that have no sheet."""
    entries, entry = np.unique(entry, return_inverse=True)
    judges, judge = np.unique(judge, return_inverse=True)
    return Panel(
        entries=tuple(marks.entries[at] for at in entries),
        judges=tuple(marks.judges[at] for at in judges),
        entry=entry,
        judge=judge,
        y=y,
    )
