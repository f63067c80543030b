"""Tables with one prompt a row: CSV and XLSX, read by casebook.imports, written here in the same columns."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import xlsxwriter

from casebook.content import PROMPT
from casebook.content.markers import N_
from casebook.content.prompt import ADVICE
from casebook.imports.columns import MESSAGE_ROLES
from casebook.imports.problems import ImportRefused, Problem, TableRefused
from casebook.imports.records import read_records
from casebook.imports.table import Row, Table
from casebook.imports.tables import table_from_bytes
from casebook.interchange.item import Content, Item, Loss, Refused, Result, Source, Unrecognised
from casebook.interchange.values import words

LONGEST_CELL = 32_767  # of XLSX
_LEFT_OUT = frozenset({"messages", "advice"})
COLUMNS = (
    "kind",
    *(name for name in PROMPT.fields if name not in _LEFT_OUT),
    *ADVICE.fields,
    *MESSAGE_ROLES,
    "messages",
    *PROMPT.later,
)


def read_table_items(data: bytes, name: str, *, format: str) -> list[Result]:
    """Every row for itself: one bad row does not refuse the others. Raises Unrecognised."""
    try:
        table = table_from_bytes(data)
    except TableRefused as refusal:
        raise Unrecognised(refusal.problems) from refusal
    return [_row(table, row, name, format) for row in table.rows]


def _row(table: Table, row: Row, name: str, format: str) -> Result:
    line, cells = row
    title = words(cells.get("title"))[:200] or name
    source = Source(format, number=line, external_id=words(cells.get("external_id"))[:200])
    try:
        batch = read_records(Table(table.headers, (row,), table.encoding, table.kind))
    except ImportRefused as refusal:
        return Refused(title, tuple(refusal.problems), source)
    record = batch.records[0]
    if record.kind != "prompt":
        msgid = N_("The row is a case, not a prompt. Import the table as a whole.")
        return Refused(title, (Problem(line, "", msgid),), source)
    return Item(title, record.content, (), (*record.notices, *batch.notices), source)


def cells_of(content: Content) -> dict[str, str]:
    """One prompt as cells under our column names; lists and groups as JSON."""
    cells = {name: _cell(value) for name, value in content.items() if name not in _LEFT_OUT}
    cells |= {name: "true" for name, value in content["advice"].items() if value}
    roles = [each["role"] for each in content["messages"]]
    plain = roles == [role for role in MESSAGE_ROLES if role in roles]
    if plain:
        cells |= {each["role"]: each["content"] for each in content["messages"]}
    else:
        cells["messages"] = _cell(content["messages"])
    return {"kind": "prompt", **{name: value for name, value in cells.items() if value}}


def too_long(item: Item) -> Loss | None:
    """Why the prompt cannot stand in a sheet."""
    for column, text in cells_of(item.content).items():
        if len(text) > LONGEST_CELL:
            msgid = N_(
                "%(field)s has %(length)s characters; a cell of a sheet holds %(most)s. Use JSON or CSV."
            )
            return Loss(item.name, column, msgid, {"length": len(text), "most": LONGEST_CELL})
    return None


def rows_of(items: Sequence[Item]) -> tuple[list[str], list[list[str]]]:
    """Headers that any prompt fills, then the rows."""
    rows = [cells_of(item.content) for item in items]
    headers = [name for name in COLUMNS if any(name in row for row in rows)]
    return headers, [[row.get(name, "") for name in headers] for row in rows]


def write_csv(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    headers, rows = rows_of(items)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers)
    writer.writerows(rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    """Every cell is text: a prompt that begins with = is no formula."""
    headers, rows = rows_of(items)
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})  # the same bytes every day
        sheet = book.add_worksheet("prompts")
        for number, row in enumerate([headers, *rows]):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else ""
    return "" if value is None else str(value)
