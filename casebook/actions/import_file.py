"""One file of prompts and cases, whatever its form, brought in: all of it, or what was chosen of it."""

import hashlib
from pathlib import Path

from casebook.actions.bring_in import import_records
from casebook.actions.bring_in_book import import_book
from casebook.imports.problems import ImportRefused
from casebook.imports.reading import read_import


class SomeRefused(ImportRefused):
    """Some prompts of the file cannot come in, so that none did; `reading` holds them and the others."""

    def __init__(self, reading):
        self.reading = reading
        super().__init__([problem for each in reading.refused for problem in each.problems])


def import_file(path, *, name="", kind="prompt", mapping="", translate=str, skip_refused=False, **options):
    """Read the file or folder and bring it in. Returns a Report whose notices are sentences.

    skip_refused: brings in the others when some prompts of another tool's file cannot come in.
    options: by, at, publish, dry_run, chosen, on_progress (actions/bring_in.py).
    Raises ImportRefused with every problem, or CasebookError; nothing is changed then.
    """
    path = Path(path)
    reading = read_import(path, name=name, kind=kind, mapping=mapping)
    if reading.refused and not (skip_refused and reading.records):
        raise SomeRefused(reading)
    report = import_reading(reading, source=(name or path.name, sha256_of(path)), **options)
    report.refused = refusals(reading, translate)
    report.notices += [notice_of(notice, "", translate) for notice in reading.notices]
    for record in reading.records:
        report.notices += [notice_of(notice, record.place, translate) for notice in record.notices]
    return report


def import_reading(reading, **options):
    if reading.book:
        return import_book(reading.book, **options)
    return import_records(reading.records, **options)


def notice_of(problem, place, translate):
    """A sentence about a prompt of a file, with the file when there are several."""
    sentence = problem.text(translate)
    return f"{place}: {sentence}" if place else sentence


def refusals(reading, translate):
    """[(title, place, [reasons])] of what cannot come in."""
    return [
        (each.name, each.source.file, [problem.text(translate) for problem in each.problems])
        for each in reading.refused
    ]


def sha256_of(path):
    """The hash of a file's bytes; of a folder, of the hashes of its files in order."""
    if path.is_dir():
        inside = sorted(each for each in path.rglob("*") if each.is_file())
        return hashlib.sha256("".join(map(sha256_of, inside)).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
