"""The whole casebook as JSON, every version with its hash. docs/formats.md has the shape."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from casebook.content.problems import Translate
from casebook.exports.book import Book, Record, Version, in_order
from casebook.exports.files import write_whole

FORMAT = "prompt-casebook"
FORMAT_VERSION = 1


def write(book: Book, out: Path, *, translate: Translate = str, language: str = "ko") -> None:
    """Stream the book as UTF-8 JSON; the same book gives the same bytes in every language."""
    write_whole(Path(out), chunks(book))


def chunks(book: Book) -> Iterator[str]:
    yield f'{{\n  "format": "{FORMAT}",\n  "format_version": {FORMAT_VERSION},\n'
    yield f'  "government": {_indented(dict(book.government), 2)},\n'
    yield from _list("work_fields", (asdict(field) for field in book.work_fields))
    yield ",\n"
    yield from _list("prompts", (_record(record) for record in in_order(book.prompts)))
    yield ",\n"
    yield from _list("cases", (_record(record) for record in in_order(book.cases)))
    yield "\n}\n"


def _list(name: str, items: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield f'  "{name}": ['
    between = "\n    "
    for item in items:
        yield between + _indented(item, 4)
        between = ",\n    "
    yield "]" if between == "\n    " else "\n  ]"


def _record(record: Record) -> dict[str, Any]:
    return {
        "uid": record.uid,
        "external_id": record.external_id,
        "slug": record.slug,
        "state": record.state,
        "url": record.url,
        "current_version": record.current,
        "versions": [_version(version) for version in record.versions],
    }


def _version(version: Version) -> dict[str, Any]:
    return {
        "number": version.number,
        "content_sha256": version.content_sha256,
        "note": version.note,
        "created_at": version.created_at,
        "content": dict(version.content),
    }


def _indented(value: Any, depth: int) -> str:
    text = json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True, allow_nan=False)
    return text.replace("\n", "\n" + " " * depth)
