"""What a file says about people, and the rules that find and remove it in documents made of XML."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypedDict

from casebook.content.markers import N_


class Finding(TypedDict):
    what: str
    value: str


WHAT = {
    "author": N_("Author"),
    "last_modified_by": N_("Last saved by"),
    "company": N_("Company"),
    "manager": N_("Manager"),
    "gps": N_("Place where the picture was taken"),
    "device": N_("Camera or phone"),
    "taken_at": N_("When the picture was taken"),
    "change_author": N_("Author of tracked changes"),
    "comment_author": N_("Author of comments"),
    "property": N_("Own property of the document"),
    "path": N_("Folder on the author's computer"),
}
LONGEST_VALUE = 300
MOST = 100


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a name stands: `attribute` of an element, or its text when empty. where: (attribute, values) it needs."""

    what: str
    part: str
    element: str
    attribute: str = ""
    where: tuple[str, frozenset[str]] | None = None
    is_person: bool = False  # replaced by "Author 1", because the document needs somebody there


RULES = (
    Rule("author", r"docProps/core\.xml", "creator"),
    Rule("last_modified_by", r"docProps/core\.xml", "lastModifiedBy"),
    Rule("company", r"docProps/app\.xml", "Company"),
    Rule("manager", r"docProps/app\.xml", "Manager"),
    Rule("property", r"docProps/custom\.xml", "*", ""),
    Rule("comment_author", r"word/comments.*\.xml", "*", "author", is_person=True),
    Rule("comment_author", r"word/comments.*\.xml", "*", "initials"),
    Rule("change_author", r"word/(?!comments).*\.xml", "*", "author", is_person=True),
    Rule("change_author", r"word/people\.xml", "presenceInfo", "userId"),
    Rule("comment_author", r"ppt/commentAuthors\.xml", "cmAuthor", "name", is_person=True),
    Rule("comment_author", r"ppt/commentAuthors\.xml", "cmAuthor", "initials"),
    Rule("comment_author", r"ppt/authors\.xml", "author", "name", is_person=True),
    Rule("comment_author", r"ppt/authors\.xml", "author", "initials"),
    Rule("comment_author", r"ppt/authors\.xml", "author", "userId", is_person=True),
    Rule("comment_author", r"xl/comments.*\.xml", "author", is_person=True),
    Rule("comment_author", r"xl/comments/.*\.xml", "author", is_person=True),
    Rule("comment_author", r"xl/persons/.*\.xml", "person", "displayName", is_person=True),
    Rule("comment_author", r"xl/persons/.*\.xml", "person", "userId"),
    Rule("change_author", r"xl/revisions/.*\.xml", "*", "userName", is_person=True),
    Rule("last_modified_by", r"xl/workbook\.xml", "fileSharing", "userName"),
    Rule("path", r"xl/workbook\.xml", "absPath", "url"),
    Rule("author", r"Contents/content\.hpf", "creator"),
    Rule("author", r"Contents/content\.hpf", "meta", where=("name", frozenset({"creator"}))),
    Rule("last_modified_by", r"Contents/content\.hpf", "meta", where=("name", frozenset({"lastsaveby"}))),
    Rule("change_author", r"Contents/header\.xml", "trackChangeAuthor", "name", is_person=True),
    Rule(
        "comment_author",
        r"Contents/section\d+\.xml",
        "stringParam",
        where=("name", frozenset({"Author"})),
        is_person=True,
    ),
)


def rules_of(part: str) -> list[Rule]:
    """Return the rules for a part of a document."""
    return [rule for rule in RULES if re.fullmatch(rule.part, part)]


def places(root: Any, rule: Rule) -> Iterator[tuple[str, Callable[[str], None]]]:
    """Yield each value the rule finds under an lxml element, with a function that puts another in its place."""
    for element in root.iter("{*}*"):
        if rule.element not in {"*", _local(element.tag)} or not _is_there(element, rule):
            continue
        if not rule.attribute:
            yield from _text_place(element)
        for name in [name for name in element.attrib if rule.attribute and _local(name) == rule.attribute]:
            yield element.get(name), lambda value, element=element, name=name: element.set(name, value)  # type: ignore[misc]


def _text_place(element: Any) -> Iterator[tuple[str, Callable[[str], None]]]:
    if element.text and element.text.strip():
        yield element.text.strip(), lambda value: setattr(element, "text", value)


def _is_there(element: Any, rule: Rule) -> bool:
    return rule.where is None or element.get(rule.where[0]) in rule.where[1]


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def tidy(found: list[Finding]) -> list[Finding]:
    """Return each finding once, without signs no database holds and empty values."""
    clean = [(each["what"], " ".join(_printable(each["value"]).split())[:LONGEST_VALUE]) for each in found]
    return [Finding(what=what, value=value) for what, value in dict.fromkeys(clean) if value][:MOST]


def _printable(value: str) -> str:
    return value.encode("utf-8", "replace").decode().replace("\0", " ")
