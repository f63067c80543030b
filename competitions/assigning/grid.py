"""A panel as arrays: one row an entry, one column a judge, both in the order of their codes."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from competitions.assigning.records import AssigningError, EntryToJudge, JudgeForEntries, Pair, Panel

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

EXPERT, UNSAID, OTHER_FIELD = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """may: the pair may be given or may stay. kept: it stays. fit: EXPERT, UNSAID or OTHER_FIELD.

    limits: entries each judge may have at most, those kept included. wanted: judges of each entry.
    """

    entries: tuple[str, ...]
    judges: tuple[str, ...]
    may: Bools
    kept: Bools
    fit: Ints
    limits: Ints
    wanted: Ints

    @property
    def free(self) -> Bools:
        """The pairs that may be given anew."""
        return self.may & ~self.kept

    def pairs(self, given: Bools) -> tuple[Pair, ...]:
        """Return the pairs of a matrix as codes, by judge, then entry."""
        judges, entries = np.nonzero(given.T)
        return tuple(
            (self.judges[j], self.entries[i]) for j, i in zip(judges.tolist(), entries.tolist(), strict=True)
        )


def grid_of(panel: Panel) -> Grid:
    """Return the panel as arrays. Raises AssigningError when its parts contradict each other."""
    entries = sorted(panel.entries, key=lambda entry: entry.code)
    judges = sorted(panel.judges, key=lambda judge: judge.code)
    check(panel, entries=entries, judges=judges)
    rows = {entry.code: number for number, entry in enumerate(entries)}
    columns = {judge.code: number for number, judge in enumerate(judges)}
    conflicts = marked(panel.conflicts, rows=rows, columns=columns)
    kept = marked(panel.kept, rows=rows, columns=columns) & ~conflicts
    may, fit = suited(entries, judges)
    limits = np.array([len(rows) if j.most is None else j.most for j in judges], dtype=np.int64)
    return Grid(
        entries=tuple(rows),
        judges=tuple(columns),
        may=(may & ~conflicts & (limits > 0)) | kept,
        kept=kept,
        fit=fit,
        limits=limits,
        wanted=np.array([panel.wanted if e.wanted is None else e.wanted for e in entries], dtype=np.int64),
    )


def check(panel: Panel, *, entries: list[EntryToJudge], judges: list[JudgeForEntries]) -> None:
    numbers = [
        panel.overlap,
        *(judge.most or 0 for judge in judges),
        *(entry.wanted or 0 for entry in entries),
    ]
    if panel.wanted < 1 or min(numbers) < 0:
        raise AssigningError("wanted is at least 1; overlap and most are at least 0.")
    known = ({judge.code for judge in judges}, {entry.code for entry in entries})
    if len(known[0]) < len(judges) or len(known[1]) < len(entries):
        raise AssigningError("Two judges or two entries share a code.")
    strange = sorted(pair for pair in panel.kept if pair[0] not in known[0] or pair[1] not in known[1])
    if strange:
        raise AssigningError(f"A kept pair names nobody of the panel: {strange[0]!r}.")


def marked(pairs: Iterable[Pair], *, rows: dict[str, int], columns: dict[str, int]) -> Bools:
    """Return which cells the pairs name; a pair of somebody who is not there says nothing."""
    cells = np.zeros((len(rows), len(columns)), dtype=np.bool_)
    for judge, entry in pairs:
        if judge in columns and entry in rows:
            cells[rows[entry], columns[judge]] = True
    return cells


def suited(entries: list[EntryToJudge], judges: list[JudgeForEntries]) -> tuple[Bools, Ints]:
    """Return who may have what by track, and how well they fit; entries alike are looked at once."""
    may = np.zeros((len(entries), len(judges)), dtype=np.bool_)
    fit = np.full((len(entries), len(judges)), UNSAID, dtype=np.int64)
    seen: dict[tuple[str, tuple[str, ...]], tuple[list[bool], list[int]]] = {}
    for row, entry in enumerate(entries):
        key = (entry.track, entry.fields)
        if key not in seen:
            seen[key] = (
                [judge.track in {"", entry.track} for judge in judges],
                [fitness(judge, entry) for judge in judges],
            )
        may[row], fit[row] = seen[key]
    return may, fit


def fitness(judge: JudgeForEntries, entry: EntryToJudge) -> int:
    named = {*judge.expertise, judge.track} - {""}
    about = {*entry.fields, entry.track} - {""}
    if not named or not about:
        return UNSAID
    return EXPERT if named & about else OTHER_FIELD
