"""Kinds of single values. Each turns what came in into its one stored form and notes what it cannot accept.

A missing value (None) becomes the kind's empty form; numbers stay None, because missing is never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from casebook.content.markers import N_
from casebook.content.numbers import decimal_text
from casebook.content.problems import Problem
from casebook.content.text import is_blank, normal_text, one_line

LONG = 200_000
_YES = frozenset({"1", "true", "yes", "y", "on", "t", "예", "네", "o"})
_NO = frozenset({"", "0", "false", "no", "n", "off", "f", "아니오", "아니요", "x"})


class Field(Protocol):
    def clean(self, value: Any, path: str, found: list[Problem]) -> Any: ...


@dataclass(frozen=True)
class Line:
    """Text on one line."""

    limit: int = 300

    def clean(self, value: Any, path: str, found: list[Problem]) -> str:
        return _limited(one_line(_as_text(value, path, found)), self.limit, path, found)


@dataclass(frozen=True)
class Text:
    """Text on any number of lines. `exact` keeps spaces at both ends: they may matter inside a prompt."""

    limit: int = LONG
    exact: bool = False

    def clean(self, value: Any, path: str, found: list[Problem]) -> str:
        text = normal_text(_as_text(value, path, found))
        return _limited(text if self.exact else text.strip(), self.limit, path, found)


@dataclass(frozen=True)
class Choice:
    codes: Iterable[str]
    default: str = ""

    def clean(self, value: Any, path: str, found: list[Problem]) -> str:
        given = one_line(_as_text(value, path, found))
        if not given:
            return self.default
        for code in self.codes:
            if code.lower() == given.lower():
                return code
        allowed = ", ".join(self.codes)
        found.append(
            Problem(
                path,
                N_("%(field)s: “%(value)s” is not known. Use one of: %(allowed)s."),
                {"value": given[:60], "allowed": allowed},
            )
        )
        return self.default


@dataclass(frozen=True)
class Flag:
    default: bool = False

    def clean(self, value: Any, path: str, found: list[Problem]) -> bool:
        if value is None:
            return self.default
        given = str(value).strip().lower()
        if given not in _YES | _NO:
            found.append(
                Problem(path, N_("%(field)s: “%(value)s” is neither yes nor no."), {"value": given[:60]})
            )
        return given in _YES


@dataclass(frozen=True)
class Number:
    """A quantity that is not negative, kept as decimal text; None when missing."""

    whole: bool = False
    most: Decimal | None = None

    def clean(self, value: Any, path: str, found: list[Problem]) -> str | None:
        if value is None or (isinstance(value, str) and is_blank(value)):
            return None
        try:
            text = decimal_text(value)
        except ValueError:
            _note(N_("%(field)s: “%(value)s” is not a number."), value, path, found)
            return None
        return self._in_range(text, path, found)

    def _in_range(self, text: str, path: str, found: list[Problem]) -> str | None:
        if text.startswith("-"):
            _note(N_("%(field)s: %(value)s is below zero."), text, path, found)
            return None
        if self.whole and "." in text:
            _note(N_("%(field)s: %(value)s is not a whole number."), text, path, found)
            return None
        if self.most is not None and Decimal(text) > self.most:
            msgid = N_("%(field)s: %(value)s is more than %(most)s.")
            found.append(Problem(path, msgid, {"value": text, "most": self.most}))
            return None
        return text


@dataclass(frozen=True)
class Position:
    """A whole number from 1 up that machines use (a version, a length), kept as int; None when missing."""

    def clean(self, value: Any, path: str, found: list[Problem]) -> int | None:
        text = Number(whole=True, most=Decimal(10_000_000)).clean(value, path, found)
        if text == "0":
            _note(N_("%(field)s: %(value)s is below one."), text, path, found)
        return int(text) if text else None


def _note(msgid: str, value: object, path: str, found: list[Problem]) -> None:
    found.append(Problem(path, msgid, {"value": _shown(value)}))


def _shown(value: object) -> str:
    try:
        return str(value)[:60]
    except ValueError:  # Python declines to print integers of thousands of digits
        return "…"


def _as_text(value: Any, path: str, found: list[Problem]) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping | list | tuple | set | bytes):
        found.append(Problem(path, N_("%(field)s: text is expected here.")))
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _limited(text: str, limit: int, path: str, found: list[Problem]) -> str:
    if len(text) <= limit:
        return text
    msgid = N_("%(field)s: %(length)s characters are more than the %(limit)s allowed. Shorten the text.")
    found.append(Problem(path, msgid, {"length": len(text), "limit": limit}))
    return text
