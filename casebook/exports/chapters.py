"""Records gathered by work field, for formats that people read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.content.markers import N_
from casebook.content.problems import Translate
from casebook.exports.book import Book, Record, WorkField, in_order


@dataclass(frozen=True)
class Page:
    """A record with the content shown; number: of its version."""

    record: Record
    number: int
    content: Mapping[str, Any]


@dataclass(frozen=True)
class Chapter:
    name: str
    prompts: tuple[Page, ...]
    cases: tuple[Page, ...]


def chapters_of(book: Book, *, translate: Translate, language: str) -> list[Chapter]:
    """Return chapters in the order of the work fields, then unlisted ones by name, then those without."""
    names = _names(book.work_fields, language)
    prompts, cases = _pages(book.prompts), _pages(book.cases)
    used = {_name(page, names) for page in (*prompts, *cases)}
    listed = [name for name in dict.fromkeys(names.values()) if name in used]
    others = sorted(used - set(listed) - {""})
    return [
        Chapter(
            name or translate(N_("Without a work field")),
            _by_title(page for page in prompts if _name(page, names) == name),
            _by_title(page for page in cases if _name(page, names) == name),
        )
        for name in (*listed, *others, *([""] if "" in used else []))
    ]


def fiction_notice(book: Book, *, translate: Translate) -> str:
    if not book.government.get("is_fictional"):
        return ""
    return translate(N_("This government is fictional: names, figures and cases are examples."))


def _pages(records: Iterable[Record]) -> list[Page]:
    shown = ((record, record.shown()) for record in in_order(records))
    return [Page(record, version.number, version.content) for record, version in shown if version]


def _names(fields: tuple[WorkField, ...], language: str) -> dict[str, str]:
    """Every way to write a work field -> the name shown; the first field with a name keeps it."""
    names: dict[str, str] = {}
    for field in fields:
        shown = (field.name_en if language == "en" else "") or field.name
        for written in (field.code, field.name, field.name_en):
            if written:
                names.setdefault(written, shown)
    return names


def _name(page: Page, names: Mapping[str, str]) -> str:
    written = page.content.get("work_field", "")
    return names.get(written, written)


def _by_title(pages: Iterable[Page]) -> tuple[Page, ...]:
    return tuple(sorted(pages, key=lambda page: (page.content["title"], page.record.uid)))
