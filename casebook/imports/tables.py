"""Read a table from a file, whatever its ending claims: the first bytes decide."""

import os
import re
from pathlib import Path

from casebook.content.markers import N_
from casebook.imports.csv_table import read_csv
from casebook.imports.json_table import read_json_list
from casebook.imports.problems import Problem, TableRefused, refuse_table
from casebook.imports.table import MOST_BYTES, Table
from casebook.imports.xlsx_table import read_xlsx

__all__ = ["Problem", "Table", "TableRefused", "read_bytes", "read_table", "table_from_bytes"]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"
_PDF = b"%PDF"
_JSON = re.compile(r'\s*(\[\s*[{\]]|\{\s*["}])')


def read_table(path: Path, *, sheet: str = "") -> Table:
    """Read CSV, TSV, XLSX or a JSON list. Raises TableRefused with every problem and its line."""
    return table_from_bytes(read_bytes(path), ending=Path(path).suffix.lower(), sheet=sheet)


def table_from_bytes(raw: bytes, *, ending: str = "", sheet: str = "") -> Table:
    if raw.startswith(_ZIP):
        return read_xlsx(raw, sheet=sheet)
    if raw.startswith(_OLE):
        raise refuse_table(
            N_("The workbook is locked with a password or in the old XLS form. Save it as plain XLSX.")
        )
    if raw.startswith(_PDF):
        raise refuse_table(N_("The file is a PDF. Save the table as XLSX or CSV."))
    if ending == ".json" or _looks_like_json(raw):
        return read_json_list(raw)
    return read_csv(raw)


def read_bytes(path: Path, *, most: int = MOST_BYTES) -> bytes:
    try:
        with Path(path).open("rb") as file:
            # A plain read(most) would take that much memory for the smallest file.
            size = os.fstat(file.fileno()).st_size or most
            raw = file.read(min(size, most) + 1)
    except OSError as error:
        msgid = N_("The file “%(name)s” cannot be opened. Check its path.")
        raise refuse_table(msgid, name=Path(path).name) from error
    if len(raw) > most:
        raise refuse_table(N_("The file is larger than %(most)s MB. Split it."), most=most // 1024 // 1024)
    return raw


def _looks_like_json(raw: bytes) -> bool:
    head = raw[:4_000]
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return _JSON.match(head.decode(encoding, "replace")) is not None
