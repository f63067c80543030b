"""The marks of each round as arrays, read once."""

from dataclasses import dataclass, replace

import numpy as np

from competitions.judging.advice.arrays import Bools, Floats, Ints
from competitions.judging.records import Contest, Mark, Round

NOBODY = -1  # the judge of points that were brought in


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundMarks:
    """The marks of one round that have points, in the order of entry, judge and criterion.

    entries, judges, tracks: codes in order; entry, judge, criterion: int arrays (marks,) into entries, judges
    and round.criteria, NOBODY for points of no judge; points: float array (marks,), 0..max of the criterion.
    track: int array (entries,) into tracks.
    """

    round: Round
    entries: tuple[str, ...]
    judges: tuple[str, ...]
    tracks: tuple[str, ...]
    track: Ints
    entry: Ints
    judge: Ints
    criterion: Ints
    points: Floats

    def lacking(self, absent: Bools) -> "RoundMarks":
        """Return the marks without those of the absent entries. absent: (entries,)."""
        kept = ~absent[self.entry]
        return replace(
            self,
            entry=self.entry[kept],
            judge=self.judge[kept],
            criterion=self.criterion[kept],
            points=self.points[kept],
        )

    @property
    def weights(self) -> Floats:
        """Return the weight of each criterion, (criteria,)."""
        return np.array([float(each.weight) for each in self.round.criteria], dtype=np.float64)

    @property
    def maxima(self) -> Floats:
        """Return the highest points of each criterion, (criteria,)."""
        return np.array([float(each.max) for each in self.round.criteria], dtype=np.float64)

    @property
    def judged(self) -> Bools:
        """Return which criteria are for which track, (tracks, criteria)."""
        rows = [[each.track in {"", track} for each in self.round.criteria] for track in self.tracks]
        return np.array(rows, dtype=np.bool_).reshape(len(self.tracks), len(self.round.criteria))

    @property
    def required(self) -> Bools:
        """Return which criteria no sheet of a track may lack, (tracks, criteria)."""
        return self.judged & np.array([each.required for each in self.round.criteria], dtype=np.bool_)

    @property
    def full_points(self) -> Floats:
        """Return the sum of weight x max over all criteria of each track, (tracks,); nan where there is none."""
        if not self.round.criteria:
            return np.full(len(self.tracks), 100.0)
        full: Floats = self.judged @ (self.weights * self.maxima)
        return np.where(full > 0, full, np.nan)


def marks_of(contest: Contest) -> dict[str, RoundMarks]:
    """Return the marks of every round by its code. A mark without points is left out, never zero."""
    entries = sorted(contest.entries, key=lambda entry: entry.code)
    tracks = tuple(sorted({entry.track for entry in entries}))
    sides = {track: at for at, track in enumerate(tracks)}
    track = np.array([sides[entry.track] for entry in entries], dtype=np.int64)
    codes = tuple(entry.code for entry in entries)
    by_round: dict[str, list[Mark]] = {round_.code: [] for round_ in contest.rounds}
    for mark in contest.marks:
        if mark.points is not None:
            by_round[mark.round].append(mark)
    judges = tuple(sorted(contest.judges))
    return {
        round_.code: arrays_of(
            round_, marks=by_round[round_.code], entries=codes, judges=judges, tracks=tracks, track=track
        )
        for round_ in contest.rounds
    }


def arrays_of(
    round_: Round,
    *,
    marks: list[Mark],
    entries: tuple[str, ...],
    judges: tuple[str, ...],
    tracks: tuple[str, ...],
    track: Ints,
) -> RoundMarks:
    """Return one round's marks as sorted arrays."""
    at_entry = {code: at for at, code in enumerate(entries)}
    at_judge = {"": NOBODY} | {code: at for at, code in enumerate(judges)}
    at_criterion = {each.code: at for at, each in enumerate(round_.criteria)}
    floats = {points: float(points) for points in {mark.points for mark in marks} if points is not None}
    count = len(marks)
    entry = np.fromiter((at_entry[mark.entry] for mark in marks), dtype=np.int64, count=count)
    judge = np.fromiter((at_judge[mark.judge] for mark in marks), dtype=np.int64, count=count)
    criterion = np.fromiter((at_criterion[mark.criterion] for mark in marks), dtype=np.int64, count=count)
    points = np.fromiter((floats[mark.points] for mark in marks if mark.points is not None), dtype=np.float64)
    order = np.lexsort((criterion, judge, entry))
    return RoundMarks(
        round=round_,
        entries=entries,
        judges=judges,
        tracks=tracks,
        track=track,
        entry=entry[order],
        judge=judge[order],
        criterion=criterion[order],
        points=points[order],
    )
