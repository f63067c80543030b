"""The repeated parts of a prompt in its form: messages, parts, steps and blanks as numbered rows.

A field is called "messages-3-content". The order of rows is the order in which they were posted, their numbers
only tell them apart, so moving a row renames nothing. No Django here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.blanks import blanks_in
from casebook.content.shapes import says_nothing
from casebook.content.text import one_line
from casebook.content.variables import BLANK_KEY
from casebook.parts import included

KINDS = {
    "messages": ("role", "content"),
    "parts": ("name", "uid", "version"),
    "steps": ("title", "uid", "version", "gate", "check"),
    "variables": (
        "key",
        "label",
        "help",
        "type",
        "required",
        "default",
        "example",
        "options",
        "max_length",
        "pattern",
        "sensitivity",
    ),
}
USUAL = {"role": "user", "type": "text", "gate": "human"}
_CHOSEN = frozenset(USUAL)  # a select always holds something, which says nothing
_NAME = re.compile(r"(messages|parts|steps|variables)-([0-9]{1,6})-([a-z_]+)")


@dataclass
class Row:
    """One row. values: texts by field; errors, remarks: sentences by field."""

    kind: str
    index: int
    values: dict[str, str]
    errors: dict[str, list[str]] = field(default_factory=dict)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""  # of the prompt a part or a step names
    newest: int | None = None  # its newest published version
    unused: bool = False  # a blank that no text holds any longer

    @property
    def prefix(self) -> str:
        return f"{self.kind}-{self.index}"

    @property
    def key(self) -> str:
        return one_line(self.values.get("key", ""))

    def is_empty(self) -> bool:
        return says_nothing({name: text for name, text in self.values.items() if name not in _CHOSEN})

    def is_bare(self) -> bool:
        """A blank about which nothing is said but its name."""
        told = {name: text for name, text in self.values.items() if name not in ("key", "label")}
        own_label = one_line(self.values["label"]) not in ("", self.key)
        return not own_label and told["type"] in ("", "text") and says_nothing(told)


Rows = dict[str, list[Row]]


def posted_rows(data: Mapping[str, str]) -> Rows:
    """Read the rows of a posted form; empty ones are left out."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    for name in data:
        match = _NAME.fullmatch(name)
        if match and match[3] in KINDS[match[1]]:
            found.setdefault((match[1], int(match[2])), {})[match[3]] = data[name]
    rows: Rows = {kind: [] for kind in KINDS}
    for (kind, index), values in found.items():
        row = Row(kind, index, {name: values.get(name, "") for name in KINDS[kind]})
        if not row.is_empty():
            rows[kind].append(row)
    return rows


def stored_rows(content: Mapping[str, Any]) -> Rows:
    """The rows that show a stored content."""
    return {
        kind: [
            Row(kind, index, {name: _shown(kind, item, name) for name in names})
            for index, item in enumerate(content.get(kind) or [])
        ]
        for kind, names in KINDS.items()
    }


def _shown(kind: str, item: Mapping[str, Any], name: str) -> str:
    source = item["prompt"] if kind == "steps" and name in ("uid", "version") else item
    value = source.get(name)
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, bool):
        return "on" if value else ""
    return "" if value is None else str(value)


def content_of(rows: Rows) -> dict[str, list[dict[str, Any]]]:
    """What the rows say, as it stands in a prompt's content before cleaning."""
    return {kind: [_item(row) for row in rows[kind]] for kind in KINDS}


def _item(row: Row) -> dict[str, Any]:
    values: dict[str, Any] = dict(row.values)
    if row.kind == "steps":
        values["prompt"] = {"uid": values.pop("uid"), "version": values.pop("version")}
    return values


def declare_blanks(rows: Rows) -> None:
    """Give each blank of the text a row; rows that say nothing go with their blank."""
    used = blanks_in([row.values for row in rows["messages"]])
    held = set(used)
    kept = [row for row in rows["variables"] if row.key in held or not row.is_bare()]
    known = {row.key for row in kept}
    for key in used:
        if key not in known:
            kept.append(_new_row(kept, "variables", key=key, label=key, type="text"))
    rows["variables"] = kept


def mark_unused(rows: Rows, used: Iterable[str]) -> None:
    """Mark the blanks that neither the text nor its parts hold."""
    used = set(used)
    for row in rows["variables"]:
        row.unused = bool(row.key) and row.key not in used


def add_part(rows: Rows, *, uid: str, version: int, title: str) -> Row:
    """Hold a version of another prompt under a free name, put in at the end of the last message."""
    taken = {row.values["name"] for row in rows["parts"]}
    row = _new_row(rows["parts"], "parts", name=free_name(title, taken), uid=uid, version=str(version))
    rows["parts"].append(row)
    written = included(row.values["name"])
    if rows["messages"]:
        last = rows["messages"][-1].values
        last["content"] = f"{last['content']}\n\n{written}".lstrip("\n")
    else:
        rows["messages"].append(_new_row([], "messages", role="user", content=written))
    return row


def add_step(rows: Rows, *, uid: str, version: int, title: str) -> Row:
    values = {"title": title, "uid": uid, "version": str(version), "gate": "human"}
    row = _new_row(rows["steps"], "steps", **values)
    rows["steps"].append(row)
    return row


def free_name(title: str, taken: set[str]) -> str:
    """A name for a part, made of its title."""
    base = re.sub(r"[^가-힣A-Za-z0-9_]+", "_", title).strip("_")[:40] or "부분"
    if not BLANK_KEY.fullmatch(base):
        base = f"_{base}"
    numbered = (base if number == 1 else f"{base}_{number}" for number in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def shift(rows: Rows, kind: str, index: int, by: int) -> Row | None:
    """Move a row up (-1) or down (1); returns it."""
    group = rows.get(kind, [])
    place = next((place for place, row in enumerate(group) if row.index == index), None)
    if place is None:
        return None
    row = group.pop(place)
    group.insert(max(0, place + by), row)
    return row


def drop(rows: Rows, kind: str, index: int) -> None:
    rows[kind] = [row for row in rows.get(kind, []) if row.index != index]


def blank_rows(number: int) -> dict[str, Row]:
    """An empty row of each kind with this number, to be filled in or copied."""
    return {
        kind: Row(kind, number, {name: USUAL.get(name, "") for name in names})
        for kind, names in KINDS.items()
    }


def _new_row(group: list[Row], kind: str, **values: str) -> Row:
    index = max((row.index for row in group), default=-1) + 1
    return Row(kind, index, {name: values.get(name, "") for name in KINDS[kind]})
