"""Text tables: cells parted by comma, semicolon or tab."""

import csv
import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from casebook.content.markers import N_
from casebook.imports.encodings import decode
from casebook.imports.problems import Problem, TableRefused
from casebook.imports.table import MOST_BYTES, Cells, Table, table_from_cells

_DELIMITERS = (",", ";", "\t")
_limit_lock = threading.Lock()


def read_csv(raw: bytes) -> Table:
    text, encoding = decode(raw)
    found: list[Problem] = []
    _note_nul_signs(text, found)
    if found:
        raise TableRefused(found)
    delimiter = _delimiter_of(text)
    kind = "tsv" if delimiter == "\t" else "csv"
    with _long_fields():
        lines = _lines(text, delimiter, found)
        return table_from_cells(lines, encoding=encoding, kind=kind, found=found)


@contextmanager
def _long_fields() -> Iterator[None]:
    """The limit belongs to the whole process: raise it for one reader at a time and put it back."""
    with _limit_lock:
        usual = csv.field_size_limit(MOST_BYTES)
        try:
            yield
        finally:
            csv.field_size_limit(usual)


def _note_nul_signs(text: str, found: list[Problem]) -> None:
    if "\0" not in text:
        return
    msgid = N_("The line holds a NUL sign: the file is damaged or is no text.")
    lines = enumerate(text.split("\n"), start=1)
    found.extend(Problem(number, "", msgid) for number, line in lines if "\0" in line)


def _delimiter_of(text: str) -> str:
    head = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(head.split('"')[::2])
    return max(_DELIMITERS, key=bare.count)


def _lines(text: str, delimiter: str, found: list[Problem]) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found.append(Problem(start, "", _quote_problem(str(error))))
        else:
            yield start, cells


def _quote_problem(reason: str) -> str:
    if "unexpected end" in reason:
        return N_("A quotation mark opens here and never closes. Close it or double it.")
    return N_("Text follows a closing quotation mark. Double the quotation marks inside a text.")
