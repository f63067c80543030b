"""Entries received on paper or by mail, one a row: a title at least, or whatever an entry holds."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from competitions.contest_files.call_records import QuestionRecord
from competitions.contest_files.entries_table_columns import EntryColumns
from competitions.contest_files.entries_table_template import is_example
from competitions.contest_files.entries_table_whole import whole_entry
from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, shown
from competitions.contest_files.moments import read_moment
from competitions.contest_files.records import EntriesTable, EntryRecord, Rows
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import no_rows
from competitions.contest_files.words import LONGEST_TEXT, LONGEST_TITLE, KnownCodes, one_line

EXAMPLE_LEFT_OUT = gettext_noop("This row is the example of the template and was left out.")


def read_entries(headers: Sequence[str], rows: Rows, **call: Any) -> EntriesTable:
    """Return the entries of a table, as read_good_entries does. Raises FileRefused with the faults of rows too."""
    table, problems = read_good_entries(headers, rows, **call)
    if problems:
        raise FileRefused(problems)
    return table


def read_good_entries(
    headers: Sequence[str],
    rows: Rows,
    *,
    tracks: Collection[str],
    track_names: Mapping[str, str] | None = None,
    questions: Sequence[QuestionRecord] = (),
    purposes: Collection[str] = (),
) -> tuple[EntriesTable, list[FileProblem]]:
    """Return (the entries of the rows without a fault, every fault with its line, its column and the remedy).

    A table with the columns of paper alone gives entries whose `whole` is None.

    tracks: codes of the competition; with exactly one, an empty track cell means that one. track_names: name ->
    code, taken in place of the code. questions, purposes: of the call. Missing: team and summary "", submitted_at
    None. Unknown columns are noted, not refused. Raises FileRefused for missing and repeated columns.
    """
    columns = EntryColumns(headers, questions=questions)
    problems: list[FileProblem] = []
    known = KnownCodes(tracks)
    first_lines: dict[str, int] = {}
    entries = []
    for line, row in rows:
        if columns.is_blank(row):
            continue
        if is_example(one_line(columns.cell(row, "code"))):
            columns.notices.append(FileProblem(line, None, EXAMPLE_LEFT_OUT))
            continue
        cells = Cells(row, line=line, columns=columns, problems=problems)
        entry = entry_record(cells, tracks=known, track_names=track_names or {})
        refuse_repeated_code(cells, code=entry.code, first_lines=first_lines)
        if columns.is_whole:
            case = {"title": entry.title, "summary": entry.summary}
            whole = whole_entry(cells, case=case, questions=questions, purposes=purposes)
            entry = replace(entry, whole=whole)
        entries.append(entry)
    bad_lines = {problem.line for problem in problems}
    good = tuple(entry for entry in entries if entry.line not in bad_lines)
    notices = columns.notices if entries else [*columns.notices, no_rows()]
    table = EntriesTable(entries=good, notices=tuple(notices), headers=dict(columns.headers))
    return table, under_headings(problems, columns.headers)


def under_headings(problems: Sequence[FileProblem], headers: Mapping[str, str]) -> list[FileProblem]:
    """Return the problems with the headings of the file in place of our names of columns."""
    return [replace(each, column=headers.get(each.column or "", each.column)) for each in problems]


def entry_record(cells: Cells, *, tracks: KnownCodes, track_names: Mapping[str, str]) -> EntryRecord:
    """Read the columns of paper of one row."""
    return EntryRecord(
        line=cells.line,
        code=cells.code("code"),
        title=cells.title("title", longest=LONGEST_TITLE),
        track=track_of(cells, tracks=tracks, track_names=track_names),
        team=one_line(cells.text("team", longest=LONGEST_TITLE)),
        summary=cells.text("summary", longest=LONGEST_TEXT),
        submitted_at=submitted_at(cells),
    )


def track_of(cells: Cells, *, tracks: KnownCodes, track_names: Mapping[str, str]) -> str:
    """Return the row's track; the only track there is when the cell is empty."""
    written = one_line(cells.written("track"))
    if len(tracks.codes) == 1 and not written:
        return tracks.codes[0]
    if written not in tracks and written in track_names:
        return track_names[written]
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
