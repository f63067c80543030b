"""The casebook as plain records: all that an export ever sees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from casebook.content.problems import Translate


@dataclass(frozen=True)
class Version:
    """content: cleaned (casebook/content); created_at: ISO 8601 with offset, or ''."""

    number: int
    content: Mapping[str, Any]
    content_sha256: str
    note: str = ""
    created_at: str = ""


@dataclass(frozen=True)
class Record:
    """kind: prompt or case. versions: oldest first. current: the number shown, None when none is.

    tests: test cases of a prompt, where they were asked for.
    """

    kind: str
    uid: str
    external_id: str
    slug: str
    state: str
    versions: tuple[Version, ...]
    current: int | None
    url: str = ""
    tests: tuple[Mapping[str, Any], ...] = ()

    def shown(self) -> Version | None:
        return next((version for version in self.versions if version.number == self.current), None)


@dataclass(frozen=True)
class WorkField:
    """parent: the code of the field above, '' at the top."""

    code: str
    name: str
    name_en: str = ""
    parent: str = ""


@dataclass(frozen=True)
class Book:
    """government: at least "name". Records: lists (sorted on the way out) or iterators in uid order."""

    government: Mapping[str, Any]
    work_fields: tuple[WorkField, ...] = ()
    prompts: Iterable[Record] = field(default_factory=tuple)
    cases: Iterable[Record] = field(default_factory=tuple)


class Write(Protocol):
    """Returns what the file does not hold (casebook.interchange.Loss), or None when it holds everything."""

    def __call__(self, book: Book, out: Path, *, translate: Translate = ..., language: str = ...) -> Any: ...


def in_order(records: Iterable[Record]) -> Iterable[Record]:
    """Sort what is already in memory; trust the order of what streams."""
    if isinstance(records, list | tuple):
        return sorted(records, key=lambda record: record.uid)
    return records
