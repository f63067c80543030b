"""Two texts side by side: lines that correspond stand in one row, and rows far from any change can be folded."""

from collections.abc import Sequence
from typing import NamedTuple

from casebook.diff.align import Budget, align, gaps
from casebook.diff.pairs import pairs
from casebook.diff.words import Piece, mark


class Side(NamedTuple):
    """One line of one text; `number` counts from 1."""

    number: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class Row(NamedTuple):
    """kind: equal, changed (both sides), removed (only old) or added (only new)."""

    kind: str
    old: Side | None
    new: Side | None


class Fold(NamedTuple):
    """Rows shown together; `folded` ones are equal and stand behind a button."""

    folded: bool
    rows: tuple[Row, ...]


def diff_texts(a: str, b: str) -> list[Row]:
    """Return the rows of two texts: the old lines joined by \\n are `a`, the new ones are `b`.

    An empty text has no line. Time is bounded whatever the texts are (align.py, pairs.py).
    """
    old, new = _lines(a), _lines(b)
    budget = Budget()
    rows: list[Row] = []
    for (low, high, start, end), count in gaps(align(old, new, budget), len(old), len(new)):
        for i, j in pairs(old[low:high], new[start:end]):
            rows.append(
                _row(old, new, None if i is None else low + i, None if j is None else start + j, budget)
            )
        rows += (_equal(high + step, end + step, old[high + step]) for step in range(count))
    return rows


def fold(rows: Sequence[Row], *, around: int = 2) -> list[Fold]:
    """Gather rows into shown and folded ones, keeping `around` equal rows beside each change."""
    near = [False] * len(rows)
    for index, row in enumerate(rows):
        if row.kind != "equal":
            first, last = max(0, index - around), min(len(rows), index + around + 1)
            near[first:last] = [True] * (last - first)
    folds: list[Fold] = []
    start = 0
    for index in range(1, len(rows) + 1):
        if index == len(rows) or near[index] != near[start]:
            hidden = not near[start] and index - start > 1  # one line takes no more room than its button
            folds.append(Fold(hidden, tuple(rows[start:index])))
            start = index
    return folds


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _row(old: list[str], new: list[str], i: int | None, j: int | None, budget: Budget) -> Row:
    if i is None:
        return Row("added", None, None if j is None else Side(j + 1, _whole(new[j])))
    if j is None:
        return Row("removed", Side(i + 1, _whole(old[i])), None)
    if old[i] == new[j]:
        return _equal(i, j, old[i])
    pieces_old, pieces_new = mark(old[i], new[j], budget)
    return Row("changed", Side(i + 1, pieces_old), Side(j + 1, pieces_new))


def _equal(i: int, j: int, text: str) -> Row:
    pieces = (Piece(text, changed=False),) if text else ()
    return Row("equal", Side(i + 1, pieces), Side(j + 1, pieces))


def _whole(text: str) -> tuple[Piece, ...]:
    return (Piece(text, changed=True),) if text else ()
