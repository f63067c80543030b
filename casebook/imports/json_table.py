"""A JSON list with one record an item; lists and objects inside stay what they are."""

from typing import Any

from casebook.content.markers import N_
from casebook.imports.json_file import parse_json
from casebook.imports.problems import Problem, TableRefused, refuse_table
from casebook.imports.table import MOST_COLUMNS, MOST_ROWS, Row, Table, header_name, is_empty


def read_json_list(raw: bytes) -> Table:
    items, encoding = parse_json(raw)
    if not isinstance(items, list):
        raise refuse_table(N_("The JSON must be a list of records, or a casebook exported here."))
    if not items:
        raise refuse_table(N_("The file is empty."))
    if len(items) > MOST_ROWS:
        raise refuse_table(N_("The file has more than %(most)s rows. Split it."), most=MOST_ROWS)
    found: list[Problem] = []
    rows = tuple((number, _record(number, item, found)) for number, item in enumerate(items, start=1))
    headers = _headers(rows, found)
    if found:
        raise TableRefused(found)
    return Table(headers, rows, encoding, "json")


def _record(number: int, item: Any, found: list[Problem]) -> dict[str, Any]:
    if not isinstance(item, dict):
        found.append(Problem(number, "", N_("Each item of the list must be an object with named values.")))
        return {}
    return {header_name(name): None if is_empty(value) else value for name, value in item.items()}


def _headers(rows: tuple[Row, ...], found: list[Problem]) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for _, record in rows for name in record))
    if len(names) > MOST_COLUMNS:
        msgid = N_("The file has more than %(most)s columns.")
        found.append(Problem(None, "", msgid, {"most": MOST_COLUMNS}))
    return names
