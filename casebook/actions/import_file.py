"""One file of prompts and cases, whatever its form: our own book, or a table with one record a row."""

import hashlib
from pathlib import Path

from casebook.actions.bring_in import import_batch, import_book
from casebook.imports.book_json import is_book, read_book
from casebook.imports.mapping import parse_mapping
from casebook.imports.records import read_records
from casebook.imports.tables import read_table


def import_file(path, *, name="", kind="prompt", mapping="", translate=str, **options):
    """Read the file and bring it in. Returns a Report whose notices are sentences.

    options: by, at, publish, dry_run, on_progress (actions/bring_in.py).
    Raises ImportRefused with every problem, or CasebookError; nothing is changed then.
    """
    path = Path(path)
    if is_book(path):
        return import_book(read_book(path), source=_source(path, name), **options)
    batch = read_records(read_table(path), kind=kind, mapping=parse_mapping(mapping))
    report = import_batch(batch, source=_source(path, name), **options)
    found = [*batch.notices, *(notice for record in batch.records for notice in record.notices)]
    report.notices += [notice.text(translate) for notice in found]
    return report


def _source(path, name):
    with path.open("rb") as file:
        return name or path.name, hashlib.file_digest(file, "sha256").hexdigest()
