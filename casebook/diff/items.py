"""Which items of two lists are the same item."""

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from casebook.diff.align import align, gaps

Pair = tuple[int | None, int | None]
KEYS = {"variables": "key", "parts": "name", "tools": "name"}  # lists whose items have a name of their own
_NAMES = ("key", "name", "title", "task")


def matched(name: str, old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Return (index in old, index in new) of items that belong together; new ones in order, then removed ones."""
    if name in KEYS:
        return _by_key(KEYS[name], old, new)
    return _by_content(old, new)


def name_of(item: Any) -> str:
    """What an item is called: its key, name, title or task."""
    if not isinstance(item, Mapping):
        return ""
    return next((str(item[name]) for name in _NAMES if item.get(name)), "")


def order_changed(pairs: Sequence[Pair]) -> bool:
    """Do items that stand in both lists stand in another order?"""
    kept = sorted((new, old) for old, new in pairs if old is not None and new is not None)
    return any(before[1] > after[1] for before, after in pairwise(kept))


def _by_key(key: str, old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    places = {item[key]: index for index, item in enumerate(old)}
    found: dict[int, int | None] = {index: places.get(item[key]) for index, item in enumerate(new)}
    left = [index for index in range(len(old)) if index not in set(found.values())]
    for index in [index for index, place in found.items() if place is None]:
        renamed = next((place for place in left if _is_renamed(key, old[place], new[index])), None)
        if renamed is not None:
            found[index] = renamed
            left.remove(renamed)
    return [(place, index) for index, place in found.items()] + [(place, None) for place in left]


def _is_renamed(key: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """The same but for its key: all the rest is equal, or the label that is not the key itself."""
    if _rest(key, old) == _rest(key, new):
        return True
    return bool(old.get("label")) and old["label"] != old[key] and old["label"] == new.get("label")


def _rest(key: str, item: Mapping[str, Any]) -> dict[str, Any]:
    label_is_key = item.get("label") == item[key]
    return {
        name: value for name, value in item.items() if name != key and not (name == "label" and label_is_key)
    }


def _by_content(old: Sequence[Any], new: Sequence[Any]) -> list[Pair]:
    """Equal items first; between them the items at the same place."""
    texts_old, texts_new = ([json.dumps(item, sort_keys=True) for item in items] for items in (old, new))
    found: list[Pair] = []
    removed: list[Pair] = []
    for (low, high, start, end), count in gaps(align(texts_old, texts_new), len(old), len(new)):
        both = min(high - low, end - start)
        found += [(low + step, start + step) for step in range(both)]
        found += [(None, j) for j in range(start + both, end)]
        removed += [(i, None) for i in range(low + both, high)]
        found += [(high + step, end + step) for step in range(count)]
    return found + removed
