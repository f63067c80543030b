"""Rows of a table turned into cleaned prompts and cases."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.blanks import unused_variables
from casebook.content import ContentRefused, clean_case, clean_prompt
from casebook.content.markers import N_
from casebook.content.text import one_line
from casebook.imports.columns import COLUMNS, KINDS
from casebook.imports.drafts import Draft, draft_from_row
from casebook.imports.mapping import columns_used, unused_columns
from casebook.imports.problems import Problem, RecordsRefused
from casebook.imports.table import Row, Table

_LONGEST_ID = 200
_CLEAN: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "prompt": clean_prompt,
    "case": clean_case,
}


@dataclass(frozen=True)
class ImportRecord:
    """One cleaned record. external_id is '' when the file gives none; notices are remarks, not refusals.

    Of other tools: name is what it is called there, form its format, place the file it stands in.
    """

    line: int
    kind: str
    external_id: str
    content: dict[str, Any]
    notices: tuple[Problem, ...]
    name: str = ""
    form: str = ""
    place: str = ""
    tests: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True)
class ImportBatch:
    """All records of a file; notices concern the file as a whole (columns left out)."""

    records: tuple[ImportRecord, ...]
    notices: tuple[Problem, ...]


def read_records(
    table: Table, *, kind: str = "prompt", mapping: Mapping[str, str] | None = None
) -> ImportBatch:
    """Return every row as a record.

    kind: for rows that name none. mapping: {our field: the file's header}.
    Raises RecordsRefused with every problem of every row; nothing is returned then.
    """
    used = columns_used(table.headers, mapping or {})
    found: list[Problem] = []
    records = [_record(row, kind, used, found) for row in table.rows]
    whole = [record for record in records if record is not None]
    found += _repeated_ids(whole)
    if found:
        raise RecordsRefused(sorted(found, key=lambda problem: problem.line or 0))
    return ImportBatch(tuple(whole), tuple(unused_columns(table.headers, used)))


def _record(row: Row, kind: str, used: Mapping[str, str], found: list[Problem]) -> ImportRecord | None:
    line, cells = row
    given = {ours: cells.get(theirs) for ours, theirs in used.items()}
    kind = _kind_of(line, given.pop("kind", None), kind, found)
    external_id = _external_id(line, given.pop("external_id", None), found)
    draft = draft_from_row(line, given, COLUMNS[kind], used, found)
    try:
        content = _CLEAN[kind](draft.content)
    except ContentRefused as refusal:
        found += [_placed(problem, draft, used) for problem in refusal.problems]
        return None
    notices = [*draft.notices, *_unused_blanks(line, content)]
    return ImportRecord(line, kind, external_id, content, tuple(notices))


def _kind_of(line: int, cell: Any, default: str, found: list[Problem]) -> str:
    named = one_line(str(cell)).lower() if cell is not None else ""
    if not named:
        return default
    if named not in KINDS:
        msgid = N_("“%(value)s” is not a kind of record. Write prompt or case.")
        found.append(Problem(line, "kind", msgid, {"value": named[:60]}))
    return KINDS.get(named, default)


def _external_id(line: int, cell: Any, found: list[Problem]) -> str:
    external_id = one_line(str(cell)) if cell is not None else ""
    if len(external_id) > _LONGEST_ID:
        msgid = N_("The identifier has more than %(limit)s characters. Shorten it.")
        found.append(Problem(line, "external_id", msgid, {"limit": _LONGEST_ID}))
    return external_id


def _placed(problem: Any, draft: Draft, used: Mapping[str, str]) -> Problem:
    column = draft.column_of(problem.path)
    return Problem(draft.line, used.get(column, column), problem.msgid, problem.params, problem.path)


def _unused_blanks(line: int, content: Mapping[str, Any]) -> list[Problem]:
    if "messages" not in content:
        return []
    msgid = N_("The blank “%(name)s” is declared, but the text never uses it.")
    unused = unused_variables(content["messages"], content["variables"])
    return [Problem(line, "variables", msgid, {"name": key}) for key in unused]


def _repeated_ids(records: list[ImportRecord]) -> list[Problem]:
    msgid = N_("The identifier “%(value)s” already stands in line %(first)s.")
    first: dict[tuple[str, str], int] = {}
    found = []
    for record in records:
        place = first.setdefault((record.kind, record.external_id), record.line)
        if record.external_id and place != record.line:
            params = {"value": record.external_id, "first": place}
            found.append(Problem(record.line, "external_id", msgid, params))
    return found
