"""Entries received on paper or by mail, one a row."""

from collections.abc import Collection, Sequence
from datetime import datetime

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, shown
from competitions.contest_files.moments import read_moment
from competitions.contest_files.records import EntriesTable, EntryRecord, Rows
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import Columns, no_rows
from competitions.contest_files.words import LONGEST_TEXT, LONGEST_TITLE, KnownCodes, one_line

ENTRY_COLUMNS = ("code", "title", "track", "team", "summary", "submitted_at")
REQUIRED_COLUMNS = ("code", "title")


def read_entries(headers: Sequence[str], rows: Rows, *, tracks: Collection[str]) -> EntriesTable:
    """Return the entries of a table.

    tracks: codes of the competition; with exactly one, an empty track cell means that one.
    Missing: team and summary "", submitted_at None. Unknown columns are noted, not refused.
    Raises FileRefused with every fault: its line, its column and the remedy.
    """
    columns = Columns(headers, known=ENTRY_COLUMNS, required=REQUIRED_COLUMNS)
    problems: list[FileProblem] = []
    known = KnownCodes(tracks)
    first_lines: dict[str, int] = {}
    entries = []
    for line, row in rows:
        if columns.is_blank(row):
            continue
        cells = Cells(row, line=line, columns=columns, problems=problems)
        entry = entry_record(cells, tracks=known)
        refuse_repeated_code(cells, code=entry.code, first_lines=first_lines)
        entries.append(entry)
    if problems:
        raise FileRefused(problems)
    notices = columns.notices if entries else [*columns.notices, no_rows()]
    return EntriesTable(entries=tuple(entries), notices=tuple(notices))


def entry_record(cells: Cells, *, tracks: KnownCodes) -> EntryRecord:
    """Read one row."""
    return EntryRecord(
        line=cells.line,
        code=cells.code("code"),
        title=cells.title("title", longest=LONGEST_TITLE),
        track=track_of(cells, tracks=tracks),
        team=one_line(cells.text("team", longest=LONGEST_TITLE)),
        summary=cells.text("summary", longest=LONGEST_TEXT),
        submitted_at=submitted_at(cells),
    )


def track_of(cells: Cells, *, tracks: KnownCodes) -> str:
    """Return the row's track; the only track there is when the cell is empty."""
    if len(tracks.codes) == 1 and not one_line(cells.written("track")):
        return tracks.codes[0]
    return cells.known("track", among=tracks)


def submitted_at(cells: Cells) -> datetime | None:
    """Return when the entry came in, in Seoul time unless the cell says otherwise."""
    written = one_line(cells.written("submitted_at"))
    if not written:
        return None
    moment = read_moment(written)
    if moment is None:
        cells.refuse(
            "submitted_at",
            gettext_noop("“{value}” is not a date the calendar knows. Write it like 2026-05-12 18:00."),
            value=shown(written),
        )
        return None
    return moment.at


def refuse_repeated_code(cells: Cells, *, code: str, first_lines: dict[str, int]) -> None:
    """Collect a code that an earlier line already has."""
    if code in first_lines:
        cells.refuse(
            "code",
            gettext_noop(
                "The code “{code}” already stands on line {first_line}. Give each a code of its own."
            ),
            code=code,
            first_line=first_lines[code],
        )
    elif code:
        first_lines[code] = cells.line
