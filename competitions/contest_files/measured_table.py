"""Points of a measured round, one entry and one criterion a row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop
from competitions.contest_files.records import Rows
from competitions.contest_files.scores_table import points_of
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import Columns, no_rows
from competitions.contest_files.words import KnownCodes

MEASURED_COLUMNS = ("entry", "criterion", "points", "note")
REQUIRED_COLUMNS = ("entry", "criterion", "points")
LONGEST_NOTE = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredRecord:
    """One row. points None: not measured, never zero. note: where the points come from."""

    line: int
    entry: str
    criterion: str
    points: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTable:
    """What a file holds, and what it says in vain."""

    rows: tuple[MeasuredRecord, ...]
    notices: tuple[FileProblem, ...] = ()


def read_measured(
    headers: Sequence[str], rows: Rows, *, maxima: Mapping[str, Mapping[str, Decimal]]
) -> MeasuredTable:
    """Return the points of a table.

    maxima: highest points by criterion code, by entry code: the criteria of the entry's track. Unknown columns are
    noted, not refused. Raises FileRefused with every fault: its line, its column and the remedy.
    """
    columns = Columns(headers, known=MEASURED_COLUMNS, required=REQUIRED_COLUMNS)
    entries = KnownCodes(maxima)
    problems: list[FileProblem] = []
    first_lines: dict[tuple[str, str], int] = {}
    records = []
    for line, row in rows:
        if columns.is_blank(row):
            continue
        cells = Cells(row, line=line, columns=columns, problems=problems)
        record = _record(cells, entries=entries, maxima=maxima)
        _refuse_repeated(cells, record, first_lines=first_lines)
        records.append(record)
    if problems:
        raise FileRefused(problems)
    notices = columns.notices if records else [*columns.notices, no_rows()]
    return MeasuredTable(rows=tuple(records), notices=tuple(notices))


def _record(
    cells: Cells, *, entries: KnownCodes, maxima: Mapping[str, Mapping[str, Decimal]]
) -> MeasuredRecord:
    entry = cells.known("entry", among=entries)
    criterion = cells.known("criterion", among=KnownCodes(maxima[entry])) if entry else ""
    return MeasuredRecord(
        line=cells.line,
        entry=entry,
        criterion=criterion,
        points=points_of(cells, maximum=maxima[entry][criterion] if criterion else None),
        note=cells.text("note", longest=LONGEST_NOTE),
    )


def _refuse_repeated(
    cells: Cells, record: MeasuredRecord, *, first_lines: dict[tuple[str, str], int]
) -> None:
    key = (record.entry, record.criterion)
    if "" in key:
        return
    if key in first_lines:
        cells.refuse(
            "criterion",
            gettext_noop(
                "The criterion {criterion} of entry {entry} has points on line {first_line} already. "
                "Keep one of the two."
            ),
            criterion=record.criterion,
            entry=record.entry,
            first_line=first_lines[key],
        )
    else:
        first_lines[key] = cells.line
