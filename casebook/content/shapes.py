"""Kinds that hold other kinds: lists and named groups."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.content.fields import Field, Line
from casebook.content.markers import N_
from casebook.content.problems import Problem
from casebook.content.text import is_blank

_TAG_SEPARATORS = re.compile(r"[,;|\n]")


@dataclass(frozen=True)
class Group:
    """A fixed set of keys, always all there. A bare text is read as the key `lone`.

    Keys of `later` came after contents had been hashed: they stand only when they say something, so the hash
    of an older content holds.
    """

    fields: Mapping[str, Field]
    lone: str = ""
    optional: bool = False
    later: Mapping[str, Field] = field(default_factory=dict)

    def clean(self, value: Any, path: str, found: list[Problem]) -> dict[str, Any] | None:
        if self.optional and says_nothing(value):
            return None
        given = self._as_mapping(value, path, found)
        known = {**self.fields, **self.later}
        for name in [name for name in given if name not in known]:
            found.append(
                Problem(_join(path, str(name)[:60]), N_("“%(field)s” is not a known field. Remove it."))
            )
        values = {
            name: field.clean(given.get(name), _join(path, name), found)
            for name, field in known.items()
            if name in self.fields or not says_nothing(given.get(name))
        }
        return {name: value for name, value in values.items() if name in self.fields or value}

    def _as_mapping(self, value: Any, path: str, found: list[Problem]) -> Mapping[Any, Any]:
        if isinstance(value, Mapping):
            return value
        if isinstance(value, str) and self.lone:
            return {self.lone: value}
        if value is not None:
            found.append(Problem(path, N_("%(field)s: a group of named values is expected here.")))
        return {}


@dataclass(frozen=True)
class Items:
    """A list of one kind; items that say nothing are left out."""

    field: Field
    most: int

    def clean(self, value: Any, path: str, found: list[Problem]) -> list[Any]:
        given = _as_list(value, path, found)
        if len(given) > self.most:
            msgid = N_("%(field)s: %(count)s items are more than the %(most)s allowed.")
            found.append(Problem(path, msgid, {"count": len(given), "most": self.most}))
            return []
        filled = ((index, item) for index, item in enumerate(given) if not says_nothing(item))
        return [self.field.clean(item, _join(path, str(index)), found) for index, item in filled]


@dataclass(frozen=True)
class Lines:
    """A list of short texts; one text is read as one item a line, or, for tags, split at , ; and |."""

    limit: int = 1_000
    most: int = 200
    tags: bool = False

    def clean(self, value: Any, path: str, found: list[Problem]) -> list[str]:
        if isinstance(value, str):
            value = _TAG_SEPARATORS.split(value) if self.tags else value.splitlines()
        texts = Items(Line(self.limit), self.most).clean(value, path, found)
        return list(dict.fromkeys(text for text in texts if text))


def says_nothing(value: Any) -> bool:
    """Nothing but missing and blank values at any depth; a lone "no", role or type says nothing either."""
    if isinstance(value, str):
        return is_blank(value)
    if isinstance(value, Mapping):
        return all(says_nothing(item) for name, item in value.items() if name not in ("role", "type"))
    if isinstance(value, list | tuple):
        return all(says_nothing(item) for item in value)
    return value is None or value is False


def _as_list(value: Any, path: str, found: list[Problem]) -> list[Any]:
    if value is None or (isinstance(value, str) and is_blank(value)):
        return []
    if isinstance(value, list | tuple):
        return list(value)
    found.append(Problem(path, N_("%(field)s: a list is expected here.")))
    return []


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
