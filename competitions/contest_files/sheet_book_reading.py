"""Reads a judge's workbook back: whose it is, whether it is unharmed, and what was filled in."""

import zipfile
import zlib
from collections.abc import Collection, Mapping
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop
from competitions.contest_files.records import ScoresTable
from competitions.contest_files.sheet_book import FORMAT, HIDDEN
from competitions.contest_files.sheet_page_reading import PageReader

MOST_UNPACKED = 30 * 1024 * 1024
LARGEST_CONTENTS = 1024 * 1024
UNREADABLE = (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, AttributeError)

DAMAGED = gettext_noop("The workbook is damaged. Save it again as XLSX, or download a new one.")
TOO_LARGE = gettext_noop(
    "The workbook unpacks to more than 30 MB. Fill in the one that was downloaded, and no more."
)
NO_IDENTITY = gettext_noop(
    "The hidden identifiers of this workbook were changed, so nobody can tell whose sheets they are. "
    "Download a new workbook and copy the points."
)

# Round code -> track code -> criterion code -> highest score, as they are now.
Asked = Mapping[str, Mapping[str, Mapping[str, Decimal]]]


def is_sheet_book(raw: bytes) -> bool:
    """Say whether a file is a workbook made here, by the name of its hidden worksheet. Never raises."""
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive, archive.open("xl/workbook.xml") as contents:
            return f'name="{HIDDEN}"'.encode() in contents.read(LARGEST_CONTENTS)
    except (*UNREADABLE, OSError, NotImplementedError, RuntimeError, EOFError):
        return False


def read_stamp(raw: bytes) -> str:
    """Return the signed identity. Raises FileRefused when the workbook is too large or damaged, or has none."""
    with _Opened(raw, data_only=False, read_only=True) as book:
        cells = [row[0] for row in book[HIDDEN].iter_rows(max_col=1, max_row=500, values_only=True)]
    if not cells or cells[0] != FORMAT or not all(isinstance(each, str) for each in cells):
        raise FileRefused([FileProblem(None, None, NO_IDENTITY)])
    return "".join(cells[1:])


def read_sheet_book(
    raw: bytes, *, identity: Mapping[str, Any], asked: Asked, entries: Collection[str]
) -> ScoresTable:
    """Return what was filled in. An entry without points makes no sheet; an empty cell beside points is None.

    identity: as sheet_book.identity() said it, its signature checked. asked: what the competition asks now.
    entries: codes under judgement now. Raises FileRefused with every fault, by worksheet and cell.
    """
    problems: list[FileProblem] = []
    notices: list[FileProblem] = []
    scores, remarks = [], []
    with _Opened(raw, data_only=False) as book:
        readers = [
            PageReader(page, judge=identity["judge"], problems=problems, notices=notices)
            for page in identity["pages"]
        ]
        for reader in readers:
            reader.check(book, asked=asked)
        if problems:
            raise FileRefused(problems)
        stored = _Stored(raw)
        for reader in readers:
            reader.read(stored=stored, entries=entries)
            scores += reader.scores
            remarks += reader.remarks
        known = {HIDDEN, *(page["name"] for page in identity["pages"])}
        notices += [
            _more(sheet) for sheet in book.worksheets if sheet.title not in known and _is_strange(sheet)
        ]
    if problems:
        raise FileRefused(problems)
    return ScoresTable(scores=tuple(scores), remarks=tuple(remarks), notices=tuple(notices))


def _is_strange(sheet: Any) -> bool:
    """The guide is text of one column; anything else may have been meant to count."""
    return sheet.max_column > 1


def _more(sheet: Any) -> FileProblem:
    return FileProblem(
        None, sheet.title, gettext_noop("This worksheet is not one of the judge's and was left out.")
    )


class _Stored:
    """The results formulas had when the workbook was saved, loaded only when somebody wrote one."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.book: Any = None

    def value(self, page: str, cell: str) -> object:
        if self.book is None:
            self.book = _load(self.raw, data_only=True)
        return self.book[page][cell].value


class _Opened:
    """The workbook, closed in the end; whatever is wrong with its bytes is one refusal."""

    def __init__(self, raw: bytes, **how: bool) -> None:
        self.raw, self.how = raw, how

    def __enter__(self) -> Any:
        self.book = _load(self.raw, **self.how)
        return self.book

    def __exit__(self, kind: type | None, error: BaseException | None, _trace: object) -> None:
        self.book.close()
        if isinstance(error, UNREADABLE) and not isinstance(error, FileRefused):
            raise FileRefused([FileProblem(None, None, DAMAGED)]) from error


def _load(raw: bytes, **how: bool) -> Any:
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked <= MOST_UNPACKED:
            return load_workbook(BytesIO(raw), **how)
    except UNREADABLE as error:
        raise FileRefused([FileProblem(None, None, DAMAGED)]) from error
    raise FileRefused([FileProblem(None, None, TOO_LARGE)])
