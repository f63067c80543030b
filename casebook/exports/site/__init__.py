"""The casebook as a folder of web pages that open without a server or a script; a .zip when asked."""

from pathlib import Path

from casebook.content.problems import Translate
from casebook.exports.book import Book
from casebook.exports.site.folder import write_folder, write_zip
from casebook.exports.site.pages import files_of


def write(book: Book, out: Path, *, translate: Translate = str, language: str = "ko") -> None:
    """Write index.html, prompts/, cases/, style.css and book.json; the same book gives the same bytes.

    out: a new, empty or formerly exported folder, or a path ending in .zip.
    Raises FolderInUse when the folder holds something else.
    """
    held = Book(book.government, book.work_fields, tuple(book.prompts), tuple(book.cases))
    files = files_of(held, translate=translate, language=language)
    out = Path(out)
    if out.suffix.lower() == ".zip":
        write_zip(files, out)
    else:
        write_folder(files, out)
