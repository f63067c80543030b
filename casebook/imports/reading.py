"""A file of prompts and cases, or a folder of files, read and not stored: what it is and what it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath

from casebook.content.markers import N_
from casebook.exports.book import Book
from casebook.exports.losses_file import LOSSES_FILE
from casebook.imports.book_json import is_book, read_book
from casebook.imports.mapping import parse_mapping
from casebook.imports.problems import ImportRefused, Problem, TableRefused, refuse_table
from casebook.imports.records import ImportRecord, read_records
from casebook.imports.tables import read_bytes, read_table
from casebook.interchange import FORMATS, ZIP, Item, Refused, Result, Source, Unrecognised, detect, read_file
from casebook.interchange.archive import members
from casebook.interchange.texts import MOST_BYTES

MOST_ITEMS = 10_000
BOOK, TABLE, FOLDER = "book", "table", "folder"
LABELS = {
    BOOK: N_("Casebook JSON"),
    TABLE: N_("Table"),
    ZIP: N_("Zip of files"),
    FOLDER: N_("Folder of files"),
}
_ZIP_SIGN = b"PK"
_TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xlsx")
Entry = ImportRecord | Refused


@dataclass(frozen=True)
class Reading:
    """form: a key of LABELS or of the formats of other tools. entries: in the order of the file.

    book: set instead of entries when the file is a whole casebook. Of tables and books every record is whole:
    one that is not refuses the file.
    """

    form: str
    entries: tuple[Entry, ...] = ()
    notices: tuple[Problem, ...] = ()
    book: Book | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the file is, then the formats found in it, as msgids."""
        inside = dict.fromkeys(
            each.source.format for each in self.entries if isinstance(each, Refused) and each.source.format
        )
        inside |= dict.fromkeys(each.form for each in self.records if each.form)
        names = [self.form, *(name for name in inside if name != self.form)]
        return tuple(LABELS.get(name) or FORMATS[name].label for name in names)

    @property
    def records(self) -> tuple[ImportRecord, ...]:
        return tuple(each for each in self.entries if isinstance(each, ImportRecord))

    @property
    def refused(self) -> tuple[Refused, ...]:
        return tuple(each for each in self.entries if isinstance(each, Refused))


def read_import(path: Path, *, name: str = "", kind: str = "prompt", mapping: str = "") -> Reading:
    """Read a file of any known form, a zip of many or a folder of files.

    kind, mapping: for tables. Raises ImportRefused with every problem when nothing of it can be read.
    """
    path = Path(path)
    if path.is_dir():
        return _many(FOLDER, _files_below(path))
    name = name or path.name
    form = _form_of(path, name, mapping)
    if form == BOOK:
        return Reading(BOOK, book=read_book(path))
    if form == TABLE:
        batch = read_records(read_table(path), kind=kind, mapping=parse_mapping(mapping))
        return Reading(TABLE, batch.records, batch.notices)
    if form == ZIP:
        return _many(ZIP, members(path))
    results = read_file(name, read_bytes(path), format=form)
    return Reading(form, tuple(_entries(results, in_file=False)))


def _form_of(path: Path, name: str, mapping: str) -> str:
    if is_book(path):
        return BOOK
    with path.open("rb") as file:
        is_packed = file.read(2) == _ZIP_SIGN
    is_large = path.stat().st_size > MOST_BYTES and name.lower().endswith(_TABLE_ENDINGS)
    if mapping or (is_large and not is_packed):
        return TABLE
    try:
        found = detect(name, read_bytes(path))
    except Unrecognised:
        if not is_packed and _has_titles(path):
            return TABLE
        raise
    return TABLE if found in ("csv", "xlsx") else found


def _has_titles(path: Path) -> bool:
    """Whether the file is a table of records after all, such as one of cases."""
    try:
        return "title" in read_table(path).headers
    except TableRefused:
        return b"title" in read_bytes(path)[:2_000]


def _files_below(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a folder by its path; hidden ones and links are no prompts."""
    for path in sorted(folder.rglob("*")):
        way = path.relative_to(folder)
        if path.is_file() and not path.is_symlink() and not any(part.startswith(".") for part in way.parts):
            with path.open("rb") as file:
                yield way.as_posix(), file.read(MOST_BYTES + 1)


def _many(form: str, files: Iterable[tuple[str, bytes]]) -> Reading:
    """Read files one at a time; each prompt of each comes in or is refused for itself."""
    found = (entry for name, data in files if _counts(name) for entry in _entries(_results(name, data)))
    entries = tuple(islice(found, MOST_ITEMS + 1))
    if len(entries) > MOST_ITEMS:
        raise refuse_table(
            N_("The files hold more than %(most)s prompts. Bring them in parts."), most=MOST_ITEMS
        )
    if not entries:
        raise refuse_table(N_("There is no file in it."))
    return Reading(form, entries)


def _counts(name: str) -> bool:
    return PurePosixPath(name).name != LOSSES_FILE


def _results(name: str, data: bytes) -> list[Result]:
    try:
        form = detect(name, data)
        if form == ZIP:
            return [
                _refused(name, Problem(None, "", N_("A zip inside a zip is not opened. Unpack it first.")))
            ]
        return read_file(name, data, format=form)
    except ImportRefused as refusal:
        return [_refused(name, *refusal.problems)]


def _refused(name: str, *problems: Problem) -> Refused:
    return Refused(PurePosixPath(name).name, problems, Source("", name))


def _entries(results: Iterable[Result], *, in_file: bool = True) -> Iterator[Entry]:
    for result in results:
        yield _record(result, in_file) if isinstance(result, Item) else result


def _record(item: Item, in_file: bool) -> ImportRecord:
    """A row of a table is told by its id or its text, a prompt of another tool by its name there."""
    source = item.source
    is_row = source.format in ("csv", "xlsx")
    return ImportRecord(
        line=source.number if FORMATS[source.format].many else 0,
        kind="prompt",
        external_id=source.external_id,
        content=item.content,
        notices=item.notices,
        name="" if is_row else f"{source.format}:{item.name or item.content['title']}",
        form=source.format,
        place=source.file if in_file else "",
        tests=item.tests,
    )
