"""Putting a proposed change onto a newer version: field by field, and line by line inside a text.

A conflict is a place that both changed in different ways; the newer version's words stand there in the merged
content, and both words are handed back.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casebook.content import PROMPT
from casebook.content.fields import Text
from casebook.content.shapes import Group, Items, Lines, says_nothing
from casebook.diff.align import align
from casebook.diff.items import KEYS


@dataclass(frozen=True)
class Conflict:
    """A field that the proposal and the newer version changed differently. path: in the merged content."""

    path: str
    proposed: Any
    current: Any


@dataclass(frozen=True)
class Merged:
    content: dict[str, Any]
    conflicts: tuple[Conflict, ...]

    @property
    def is_clean(self) -> bool:
        return not self.conflicts


def merge_contents(
    base: Mapping[str, Any], proposed: Mapping[str, Any], current: Mapping[str, Any], shape: Group = PROMPT
) -> Merged:
    """Put what changed from base to proposed onto current. All three are cleaned; clean the result again."""
    conflicts: list[Conflict] = []
    content = _group(shape, base, proposed, current, "", conflicts)
    return Merged(content, tuple(conflicts))


def merge_lines(
    base: Sequence[str], proposed: Sequence[str], current: Sequence[str]
) -> tuple[list[str], list[tuple[list[str], list[str]]]]:
    """Return the lines with both changes in, and (proposed, current) of each place both changed differently.

    At such a place the merged lines hold the current ones.
    """
    places = [_places(base, other) for other in (proposed, current)]
    merged: list[str] = []
    conflicts = []
    low, start, begin = 0, 0, 0
    for index in range(len(base) + 1):
        at_end = index == len(base)
        if not at_end and (index not in places[0] or index not in places[1]):
            continue
        end, last = (len(proposed), len(current)) if at_end else (places[0][index], places[1][index])
        was, mine, theirs = list(base[low:index]), list(proposed[start:end]), list(current[begin:last])
        if theirs != was and mine not in (was, theirs):
            conflicts.append((mine, theirs))
        merged += mine if theirs == was else theirs
        merged += base[index : index + 1]
        low, start, begin = index + 1, end + 1, last + 1
    return merged, conflicts


def _places(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    return {i + step: j + step for i, j, count in align(base, other) for step in range(count)}


def _group(
    shape: Group,
    base: Mapping[str, Any],
    proposed: Mapping[str, Any],
    current: Mapping[str, Any],
    path: str,
    conflicts: list[Conflict],
) -> dict[str, Any]:
    merged = {}
    for name, field in {**shape.fields, **shape.later}.items():
        values = base.get(name), proposed.get(name), current.get(name)
        value = _value(field, *values, f"{path}.{name}" if path else name, conflicts)
        if name in shape.fields or not says_nothing(value):
            merged[name] = value
    return merged


def _value(field: Any, base: Any, proposed: Any, current: Any, path: str, conflicts: list[Conflict]) -> Any:
    if proposed in (base, current):
        return current
    if current == base:
        return proposed
    if isinstance(field, Group) and base and proposed and current:
        return _group(field, base, proposed, current, path, conflicts)
    lists = [each or [] for each in (base, proposed, current)]
    if isinstance(field, Text):
        texts = [(each or "").split("\n") for each in (base, proposed, current)]
        return "\n".join(_lines(texts, path, conflicts))
    if isinstance(field, Lines):
        return _set(*lists) if field.tags else _lines(lists, path, conflicts)
    if isinstance(field, Items):
        return _items(field, lists[0], lists[1], lists[2], path, conflicts)
    conflicts.append(Conflict(path, proposed, current))
    return current


def _lines(three: list[list[str]], path: str, conflicts: list[Conflict]) -> list[str]:
    merged, found = merge_lines(*three)
    conflicts += (Conflict(path, "\n".join(mine), "\n".join(theirs)) for mine, theirs in found)
    return merged


def _set(base: list[str], proposed: list[str], current: list[str]) -> list[str]:
    kept = [each for each in current if each in proposed or each not in base]
    return kept + [each for each in proposed if each not in base and each not in kept]


def _items(
    field: Items,
    base: list[Any],
    proposed: list[Any],
    current: list[Any],
    path: str,
    conflicts: list[Conflict],
) -> list[Any]:
    key = KEYS.get(path.rpartition(".")[2])
    shape = field.field
    if isinstance(shape, Group) and key:
        return _named(shape, key, base, proposed, current, path, conflicts)
    if isinstance(shape, Group) and len(base) == len(proposed) == len(current):
        return [
            _group(shape, *three, f"{path}.{index}", conflicts)
            for index, three in enumerate(zip(base, proposed, current, strict=True))
        ]
    texts = [[json.dumps(item, ensure_ascii=False) for item in items] for items in (base, proposed, current)]
    merged, found = merge_lines(*texts)
    if found:
        conflicts.append(Conflict(path, proposed, current))
    return [json.loads(text) for text in merged]


def _named(
    shape: Group,
    key: str,
    base: list[Any],
    proposed: list[Any],
    current: list[Any],
    path: str,
    conflicts: list[Conflict],
) -> list[Any]:
    """Items with a name: each merged with its namesakes. An item that one took out while the other changed it stays."""
    by_name = [{item[key]: item for item in items} for items in (base, proposed, current)]
    merged: list[Any] = []
    for name in dict.fromkeys([*by_name[2], *by_name[1]]):
        was, mine, theirs = (items.get(name) for items in by_name)
        if mine and theirs:
            merged.append(_group(shape, was or {}, mine, theirs, f"{path}.{len(merged)}", conflicts))
        elif (mine or theirs) != was:
            merged.append(mine or theirs)
    return merged
