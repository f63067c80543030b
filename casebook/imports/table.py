"""The shape every kind of table file is read into, and the rules for its headers and size."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from casebook.content.markers import N_
from casebook.imports.problems import Problem, TableRefused, refuse_table

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 100_000
MOST_COLUMNS = 1_000

Row = tuple[int, dict[str, Any]]
Cells = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """rows: (line, {header: value}); kind: csv, tsv, xlsx or json."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    kind: str


def table_from_cells(lines: Iterable[Cells], *, encoding: str, kind: str, found: list[Problem]) -> Table:
    """Take the first line that says something as headers. Raises TableRefused with all problems.

    found: problems already met; it also grows while lines is read.
    """
    filled = (line for line in lines if any(not is_empty(cell) for cell in line[1]))
    head = next(filled, None)
    if head is None:
        raise TableRefused(found) if found else refuse_table(N_("The file is empty."))
    headers = _headers(head, found)
    rows: list[Row] = []
    for number, cells in filled:
        if len(rows) >= MOST_ROWS:
            raise refuse_table(N_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
        row = _row(number, cells, headers, kind=kind, found=found)
        rows.append((number, row))
    if not rows and not found:
        found.append(Problem(None, "", N_("The file has headers but no rows.")))
    if found:
        raise TableRefused(sorted(found, key=lambda problem: problem.line or 0))
    return Table(headers, tuple(rows), encoding, kind)


def is_empty(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def header_name(value: object) -> str:
    return unicodedata.normalize("NFC", str(value)).strip()


def _headers(head: Cells, found: list[Problem]) -> tuple[str, ...]:
    line, cells = head
    names = ["" if is_empty(cell) else header_name(cell) for cell in _trimmed(cells)]
    if len(names) > MOST_COLUMNS:
        raise refuse_table(N_("The file has more than %(most)s columns."), line=line, most=MOST_COLUMNS)
    for place, name in enumerate(names, start=1):
        if not name:
            found.append(Problem(line, "", N_("Column %(place)s has no header. Name it."), {"place": place}))
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        found.append(Problem(line, name, N_("Two columns have this header. Rename one.")))
    return tuple(names)


def _row(
    number: int, cells: Sequence[Any], headers: tuple[str, ...], *, kind: str, found: list[Problem]
) -> dict[str, Any]:
    # A sheet always has all its columns; in text a short row is a broken one.
    count = len(_trimmed(cells)) if kind == "xlsx" or len(cells) > len(headers) else len(cells)
    if count > len(headers) or (kind != "xlsx" and count < len(headers)):
        msgid = N_(
            "The row has %(count)s cells, but there are %(columns)s headers. "
            "Look for a missing quotation mark, a line break or a separator inside a text."
        )
        found.append(Problem(number, "", msgid, {"count": count, "columns": len(headers)}))
    padded = [*cells, *[None] * (len(headers) - len(cells))]
    return dict(zip(headers, padded, strict=False))


def _trimmed(cells: Sequence[Any]) -> Sequence[Any]:
    last = max((place for place, cell in enumerate(cells, start=1) if not is_empty(cell)), default=0)
    return cells[:last]
