"""The published prompts as files of other tools; cases have no place there."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from casebook.content.problems import Translate
from casebook.exports.book import Book, Record, in_order
from casebook.exports.losses_file import LOSSES_FILE, losses_page
from casebook.interchange import FORMATS, Item, Loss, Written, write_file, write_zip

_ALWAYS = (1980, 1, 1, 0, 0, 0)


def write(
    book: Book, out: Path, *, tool: str, translate: Translate = str, language: str = "ko"
) -> tuple[Loss, ...]:
    """Write the shown version of every prompt and return what the files do not hold.

    One file where the tool reads many prompts in one, else a zip with a file each; always a zip when `out` ends
    in .zip. A zip also holds the page of losses. The same book gives the same bytes.
    """
    items = items_of(book)
    kind = FORMATS[tool]
    packed = not kind.many or out.suffix.lower() == ".zip"
    written = _zipped(items, tool, translate) if packed else write_file(tool, items)
    _write_whole(out, written.data)
    return written.losses


def items_of(book: Book) -> list[Item]:
    return [item_of(record) for record in in_order(book.prompts) if record.shown()]


def item_of(record: Record) -> Item:
    shown = record.shown()
    content = dict(shown.content) if shown else {}
    return Item(content["title"], content, tuple(dict(test) for test in record.tests))


def _zipped(items: Sequence[Item], tool: str, translate: Translate) -> Written:
    kind = FORMATS[tool]
    if kind.many:
        one = write_file(tool, items)
        written = Written(_zip_of(f"prompts{kind.extension}", one.data), one.losses, one.carried)
    else:
        written = write_zip(items, tool)
    if not written.losses:
        return written
    page = losses_page(written.losses, form=translate(kind.label), translate=translate)
    return Written(_with_member(written.data, LOSSES_FILE, page.encode()), written.losses, written.carried)


def _zip_of(name: str, data: bytes) -> bytes:
    return _with_member(b"", name, data)


def _with_member(archive: bytes, name: str, data: bytes) -> bytes:
    out = io.BytesIO(archive)
    entry = zipfile.ZipInfo(name, _ALWAYS)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    with zipfile.ZipFile(out, "a") as file:
        file.writestr(entry, data)
    return out.getvalue()


def _write_whole(out: Path, data: bytes) -> None:
    part = out.with_name(out.name + ".part")
    part.write_bytes(data)
    part.replace(out)
