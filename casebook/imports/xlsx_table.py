"""Sheets of an XLSX workbook: stored values only, never formulas."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from casebook.content.markers import N_
from casebook.imports.problems import Problem, TableRefused, refuse_table
from casebook.imports.table import MOST_COLUMNS, Cells, Table, table_from_cells

_MOST_UNPACKED = 400 * 1024 * 1024
_MOST_PARTS = 5_000
_MOST_RATIO = 300
_SMALL = 20 * 1024 * 1024
_LAST_ROW = 1_048_576
_UNREADABLE = (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError)


def read_xlsx(raw: bytes, *, sheet: str = "") -> Table:
    """Raises TableRefused for a damaged, locked or bomb-like file, and for formulas without stored values."""
    try:
        _check_size(raw)
        found: list[Problem] = []
        lines = _lines(raw, sheet, found)
        return table_from_cells(lines, encoding="", kind="xlsx", found=found)
    except TableRefused:
        raise
    except _UNREADABLE as error:
        raise refuse_table(
            N_("The file is damaged or no XLSX workbook. Save it again as XLSX or as CSV.")
        ) from error


def _check_size(raw: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > _SMALL and unpacked > _MOST_RATIO * len(raw)
    if unpacked > _MOST_UNPACKED or len(parts) > _MOST_PARTS or is_bomb:
        raise refuse_table(N_("The workbook unpacks to far more than its size. Save it as CSV."))


def _lines(raw: bytes, sheet: str, found: list[Problem]) -> Iterator[Cells]:
    formulas = _formula_places(raw, sheet)
    for number, row in _rows(raw, sheet, data_only=True):
        _note_lost_values(number, row, formulas, found)
        yield number, [_plain(cell.value) for cell in row]


def _formula_places(raw: bytes, sheet: str) -> set[tuple[int, int]]:
    return {
        (number, place)
        for number, row in _rows(raw, sheet, data_only=False)
        for place, cell in enumerate(row, start=1)
        if cell.data_type == "f"
    }


def _rows(raw: bytes, sheet: str, *, data_only: bool) -> Iterator[tuple[int, Any]]:
    workbook = load_workbook(io.BytesIO(raw), read_only=True, data_only=data_only)
    try:
        worksheet = _worksheet(workbook, sheet)
        worksheet.reset_dimensions()
        for number, row in enumerate(worksheet.iter_rows(), start=1):
            if number > _LAST_ROW or len(row) > 16 * MOST_COLUMNS:
                raise refuse_table(N_("The sheet is larger than a sheet can be."), line=number)
            yield number, row
    finally:
        workbook.close()


def _worksheet(workbook: Any, sheet: str) -> Any:
    visible = [each for each in workbook.worksheets if each.sheet_state == "visible"]
    wanted = [each for each in workbook.worksheets if each.title == sheet] if sheet else visible
    if not wanted:
        names = ", ".join(each.title for each in workbook.worksheets)
        raise refuse_table(
            N_("The workbook has no sheet “%(sheet)s”. Its sheets: %(names)s."), sheet=sheet, names=names
        )
    return wanted[0]


def _note_lost_values(number: int, row: Any, formulas: set[tuple[int, int]], found: list[Problem]) -> None:
    for place, cell in enumerate(row, start=1):
        column = get_column_letter(place)
        if cell.data_type == "e":
            msgid = N_("The cell shows the error %(value)s. Correct it.")
            found.append(Problem(number, column, msgid, {"value": cell.value}))
        elif cell.value is None and (number, place) in formulas:
            msgid = N_(
                "The formula has no stored result. Open the file in a spreadsheet program and save it."
            )
            found.append(Problem(number, column, msgid))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, timedelta) else value
