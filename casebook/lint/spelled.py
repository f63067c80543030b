"""How blanks and parts are spelled in a text: every "{{", good or broken, in one pass."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.content.variables import BLANK_KEY

LONGEST_KEY = 100
_BRACES = re.compile(r"\{{2,}+([^{}\n]*+)(\}*+)")
_LOGIC = re.compile(r"[#/^!&%$*@=~]|[A-Za-z_][\w-]*[.(\[]")
_WORDS = re.compile(r"[\w>]")


@dataclass(frozen=True)
class Spelled:
    """kind: blank, part, empty, signs, long, unclosed, half or logic; name: what stands between the braces."""

    kind: str
    name: str
    start: int
    end: int


def spelled(text: str) -> Iterator[Spelled]:
    """Yield, in order, what begins with two braces, except what is surely JSON or program code."""
    for match in _BRACES.finditer(text):
        start, end = match.start(1) - 2, match.end(1) + min(2, len(match[2]))
        name = match[1].strip(" \t")
        kind = _closed(match[1], name) if len(match[2]) > 1 else _open(text, match, name)
        if kind == "empty" and match[0] != f"{{{{{match[1]}}}}}":
            continue
        if kind in ("signs", "unclosed") and name.isascii() and text[max(0, start - 1) : start] == "=":
            continue  # an attribute: style={{color: red}}
        if kind:
            yield Spelled(kind, name.removeprefix(">").lstrip(" \t") if kind == "part" else name, start, end)


def is_key(name: str) -> bool:
    return len(name) <= LONGEST_KEY and bool(BLANK_KEY.fullmatch(name))


def _closed(inner: str, name: str) -> str:
    if not name:
        return "empty"
    if is_key(name):
        return "blank"
    if inner.startswith(">"):
        return "part" if is_key(name[1:].lstrip(" \t")) else "signs"
    if not _WORDS.match(name):
        return "logic" if _LOGIC.match(name) else ""
    if len(name) > LONGEST_KEY:
        return "long"
    return "logic" if _LOGIC.match(name) else "signs"


def _open(text: str, match: re.Match[str], name: str) -> str:
    if match[2] and is_key(name):
        return "half"
    if not name:
        return "unclosed" if match.end() == len(text) or match[2] else ""
    return "unclosed" if _WORDS.match(name) else ""
