"""Blanks that people take for one another: keys that look alike, labels that are the same."""

import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from casebook.content.markers import N_
from casebook.lint.findings import Finding, Fix

# Signs that look alike in most fonts; capital I is small by then.
_LOOKS = str.maketrans({"0": "o", "1": "l", "i": "l", "_": ""})


def looks_like(key: str) -> str:
    """Keys that give the same text here are easily taken for one another."""
    return unicodedata.normalize("NFKC", key).casefold().translate(_LOOKS)


def find_look_alikes(content: Mapping[str, Any], used_elsewhere: Collection[str]) -> Iterator[Finding]:
    """used_elsewhere: keys in the text of parts and steps, where joining cannot rename them."""
    yield from _alike(content, "look_alike_blanks", "key", looks_like, used_elsewhere)
    yield from _alike(content, "same_labels", "label", _same_words, used_elsewhere)


def _same_words(label: str) -> str:
    return "".join(unicodedata.normalize("NFKC", label).casefold().split())


def _alike(
    content: Mapping[str, Any],
    code: str,
    field: str,
    fold: Callable[[str], str],
    used_elsewhere: Collection[str],
) -> Iterator[Finding]:
    """Yield a finding for every blank after the first that folds to the same name."""
    firsts: dict[str, str] = {}
    for number, variable in enumerate(content["variables"]):
        folded, key = fold(variable[field]), variable["key"]
        first = firsts.setdefault(folded, key)
        if first == key or (field == "label" and looks_like(first) == looks_like(key)):
            continue
        merge = Fix("merge", N_("Join them as {{%(key)s}}"), {"keep": first, "drop": key}, {"key": first})
        fix = None if key in used_elsewhere else merge
        yield Finding(code, f"variables.{number}.{field}", params={"first": first, "second": key}, fix=fix)
