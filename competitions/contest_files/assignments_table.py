"""Who judges what, one judge and one entry a row, with headings in Korean or English."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from competitions.contest_files.entries_table_columns import squeezed
from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop
from competitions.contest_files.records import Rows
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import Columns, no_rows
from competitions.contest_files.words import KnownCodes

COLUMNS = ("round", "judge", "entry")
# Column -> its other headings; the first one is that of an export in Korean.
HEADINGS: dict[str, tuple[str, ...]] = {
    "round": ("심사단계", "단계", "라운드"),
    "judge": ("위원코드", "위원", "심사위원"),
    "entry": ("작품코드", "작품", "접수번호"),
}
NAMES = {squeezed(each): column for column, others in HEADINGS.items() for each in (column, *others)}


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentRecord:
    """Codes of round, judge and entry. line: 1 is the first line of the file."""

    line: int
    round: str
    judge: str
    entry: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentsTable:
    assignments: tuple[AssignmentRecord, ...]
    notices: tuple[FileProblem, ...] = ()


def read_assignments(
    headers: Sequence[str],
    rows: Rows,
    *,
    rounds: Collection[str],
    judges: Collection[str],
    entries: Collection[str],
) -> AssignmentsTable:
    """Return the pairs of a table. Unknown columns are noted, not refused.

    Raises FileRefused with every fault: its line, its column and the remedy.
    """
    named = {header: NAMES.get(squeezed(header), header) for header in headers}
    columns = Columns([named[header] for header in headers], known=COLUMNS, required=COLUMNS)
    known = {"round": KnownCodes(rounds), "judge": KnownCodes(judges), "entry": KnownCodes(entries)}
    problems: list[FileProblem] = []
    first_lines: dict[tuple[str, str, str], int] = {}
    found = []
    for line, row in rows:
        renamed = {named.get(header, header): cell for header, cell in row.items()}
        if not columns.is_blank(renamed):
            cells = Cells(renamed, line=line, columns=columns, problems=problems)
            found.append(_record(cells, known, first_lines))
    if problems:
        raise FileRefused(problems)
    return AssignmentsTable(
        assignments=tuple(found), notices=(*columns.notices, *([] if found else [no_rows()]))
    )


def _record(
    cells: Cells, known: dict[str, KnownCodes], first_lines: dict[tuple[str, str, str], int]
) -> AssignmentRecord:
    round_, judge, entry = (cells.known(column, among=known[column]) for column in COLUMNS)
    key = (round_, judge, entry)
    if all(key) and key in first_lines:
        cells.refuse(
            "entry",
            gettext_noop("The same row stands on line {first_line} already. Keep one of the two."),
            first_line=first_lines[key],
        )
    first_lines.setdefault(key, cells.line)
    return AssignmentRecord(line=cells.line, round=round_, judge=judge, entry=entry)
