"""Blanks in other tools' spelling: ${x}, ${x:default}, [x], <x>, {x}; offered for conversion to {{x}}.

Brackets mean many things. What is surely something else (a link, a checkbox, a citation, a heading, HTML, JSON,
code) is left out; the rest is offered, and a person decides. Every search is one pass over the text.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.writing.foreign_places import Place, code_spans, places_in

_DOLLAR_NAME = re.compile(r"[^\W\d][\w \-/'’&#,]*")
_SHELL_OR_FILE = re.compile(r"(?:env|file)[ \t]*:|[^:]*:[-=?+]", re.IGNORECASE)
_WORDS = re.compile(r"[가-힣A-Za-z0-9]+")
_LONGEST_KEY = 60


@dataclass(frozen=True)
class Foreign:
    """One blank as it stands in the text; style is dollar, square, angle or brace."""

    style: str
    name: str
    default: str
    start: int
    end: int
    key: str


class Keys:
    """The keys of one prompt: a name, in small letters, has one key, and two names never share one."""

    def __init__(self, variables: Iterable[Mapping[str, Any]] = ()) -> None:
        """variables: those described already; their keys and labels are names."""
        self._of: dict[str, str] = {}
        self._taken: dict[str, int] = {}
        for variable in variables:
            self._of.setdefault(variable["key"].casefold(), variable["key"])
            self._of.setdefault(variable["label"].casefold(), variable["key"])
            self._taken[variable["key"]] = 1

    def of(self, name: str) -> str:
        folded = name.casefold()
        if folded not in self._of:
            self._of[folded] = self._free(key_from(name))
        return self._of[folded]

    def _free(self, key: str) -> str:
        free = key
        while free in self._taken:
            self._taken[key] = self._taken.get(key, 1) + 1
            free = f"{key}_{self._taken[key]}"
        self._taken[free] = 1
        return free


def find_foreign(text: str, *, keys: Keys | None = None) -> list[Foreign]:
    """Return the foreign blanks of a text in order, offsets as given; keys are shared by a prompt's texts."""
    chosen = keys or Keys()
    code = code_spans(text)
    return [_foreign(place, chosen) for place in places_in(text, code) if not _is_expression(place)]


def convert(text: str, foreign: Iterable[Foreign]) -> str:
    """Write the foreign blanks, found in this very text, as {{key}}."""
    pieces: list[str] = []
    last = 0
    for blank in sorted(foreign, key=lambda each: each.start):
        pieces += [text[last : blank.start], "{{", blank.key, "}}"]
        last = blank.end
    return "".join([*pieces, text[last:]])


def key_from(name: str) -> str:
    """Return a valid key for any words: "민원 요지" -> "민원_요지"; "blank" when nothing is left."""
    plain = "".join(map(_plain, unicodedata.normalize("NFC", name)))
    key = "_".join(_WORDS.findall(plain))[:_LONGEST_KEY].rstrip("_")
    if not key:
        return "blank"
    return f"_{key}" if key[0].isdecimal() else key


def _foreign(place: Place, keys: Keys) -> Foreign:
    name, default = place.inner, ""
    if place.style == "dollar":
        name, _colon, default = place.inner.partition(":")
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    return Foreign(place.style, name, default.strip(), place.start, place.end, keys.of(name))


def _is_expression(place: Place) -> bool:
    """${x.y}, ${env:HOME}, ${file:a.txt} and ${x:-y} belong to programs."""
    if place.style != "dollar":
        return False
    name = place.inner.partition(":")[0].strip()
    return bool(_SHELL_OR_FILE.match(place.inner)) or not _DOLLAR_NAME.fullmatch(name)


def _plain(sign: str) -> str:
    """Take the accent off a Latin letter."""
    return sign if "가" <= sign <= "힣" else unicodedata.normalize("NFKD", sign)[:1]
