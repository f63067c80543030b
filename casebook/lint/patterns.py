"""Whether a pattern is a regular expression that browsers know too, and whether matching it ends soon.

An expression is slow when the same text can be cut between its repeats in many ways: (a+)+, (a|aa)*, .*.*.*x.
It is taken apart into a row of items, each a set of signs and how often it may stand; neighbours that can share
signs, with nothing certain between them, are counted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_SAMPLE = frozenset(map(chr, range(32, 127))) | frozenset("\n\tàßЖ가각나힣ㄱ漢あ０€·○")
_CLASS = r"\[\^?\]?(?:\\.|[^\]\\])*+\]"
_ATOM = re.compile(rf"\\u[0-9A-Fa-f]{{4}}|\\x[0-9A-Fa-f]{{2}}|\\.|{_CLASS}|[^()|]", re.DOTALL)
_TIMES = re.compile(r"([*+?]|\{(\d{1,5})(,?)(\d{0,5})\})(\??)")
_GROUP = re.compile(r"\((\?:|\?=|\?!|\?<=|\?<!|\?<[A-Za-z]\w*>)?")
_CLASSES_OR_ESCAPES = re.compile(rf"{_CLASS}|(\\.)", re.DOTALL)
_BROWSER_ESCAPE = re.compile(r"\\[\^$\\.*+?()\[\]{}|/dDsSwWbBtnvfr0xu1-9]")
_SET_ARITHMETIC = re.compile(
    r"^\^?(?:\]|$)|\[|--|&&|\|\||~~"
)  # inside a class, read differently by each language
_COUNTS = re.compile(r"\{\d+(?:,\d*)?\}")
_NOT_IN_BROWSERS = re.compile(r"\(\?(?![:=!<])|[*+?]\+|[\[\]{}]")
_MANY = 10
_ENDLESS = 10_000
_TOO_MANY_WAYS = 2.0


@dataclass(frozen=True)
class Item:
    """signs: those it may hold; least, most: how often; odd: its own length varies; ways: those inside it."""

    signs: frozenset[str]
    least: int = 1
    most: int = 1
    odd: bool = False
    ways: float = 0.0

    @property
    def weight(self) -> float:
        """1 for an open repeat, a quarter for each sign that may be there or not."""
        spread = self.most - self.least
        if self.odd:
            return 1.0
        return 1.0 if spread >= _MANY else spread / 4


class _Slow(Exception):
    """The expression can be cut in too many ways."""


def is_expression(pattern: str) -> bool:
    """True for a regular expression that Python and browsers (flag u) read alike."""
    escapes = _CLASSES_OR_ESCAPES.findall(pattern)
    if not all(_BROWSER_ESCAPE.fullmatch(escape) for escape in escapes if escape):
        return False
    classes = (
        re.sub(r"\\.", "x", match[0][1:-1]) for match in _CLASSES_OR_ESCAPES.finditer(pattern) if not match[1]
    )
    if any(map(_SET_ARITHMETIC.search, classes)):
        return False
    if _NOT_IN_BROWSERS.search(_COUNTS.sub("+", _CLASSES_OR_ESCAPES.sub("x", pattern))):
        return False
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        return False
    return True


def is_slow(pattern: str) -> bool:
    """True when matching may take more than the square of the text's length; pattern is an expression."""
    reader = _Reader(pattern)
    try:
        return max(map(_ways, reader.rows())) >= _TOO_MANY_WAYS
    except (_Slow, RecursionError):
        return True


class _Reader:
    """Reads an expression into rows of items, one row for each alternative."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.others = frozenset(pattern) - _SAMPLE

    def rows(self) -> list[list[Item]]:
        rows: list[list[Item]] = [[]]
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            if self.pattern[self.at] == "|":
                self.at += 1
                rows.append([])
            elif self.pattern[self.at] == "(":
                rows[-1] += self._group()
            else:
                rows[-1] += self._atom()
        return rows

    def _group(self) -> Iterator[Item]:
        opened = _GROUP.match(self.pattern, self.at)
        self.at = opened.end() if opened else self.at + 1
        rows = self.rows()
        self.at += 1
        least, most = self._times()
        if opened and opened[1] in ("?=", "?!", "?<=", "?<!"):
            _check(rows)
            return iter(())
        return iter(_as_items(rows, least, most))

    def _atom(self) -> Iterator[Item]:
        atom = _ATOM.match(self.pattern, self.at)
        source = atom[0] if atom else self.pattern[self.at]
        self.at += len(source)
        if source in ("^", "$", "\\b", "\\B"):
            return iter(())
        if re.fullmatch(r"\\[1-9k]", source):
            raise _Slow
        least, most = self._times()
        return iter([Item(_signs(source, self.others), least, most)])

    def _times(self) -> tuple[int, int]:
        times = _TIMES.match(self.pattern, self.at)
        if times is None:
            return 1, 1
        self.at = times.end()
        if times[1] in "*+?":
            return {"*": (0, _ENDLESS), "+": (1, _ENDLESS), "?": (0, 1)}[times[1]]
        least = int(times[2])
        most = int(times[4]) if times[4] else _ENDLESS if times[3] else least
        return least, most


@lru_cache(maxsize=1_000)
def _signs(source: str, others: frozenset[str]) -> frozenset[str]:
    if len(source) == 1 and source != ".":
        return frozenset(source)
    one = re.compile(source, re.DOTALL)
    return frozenset(sign for sign in _SAMPLE | others if one.fullmatch(sign))


def _as_items(rows: list[list[Item]], least: int, most: int) -> list[Item]:
    """A group that stands once is its items; one that repeats must begin and end without doubt."""
    if len(rows) == 1 and (least, most) == (1, 1):
        return rows[0]
    if most >= _MANY:
        _check_repeat(rows)
    signs = frozenset[str]().union(*(item.signs for row in rows for item in row))
    lengths = {sum(item.least for item in row) for row in rows}
    odd = len(lengths) > 1 or any(item.weight for row in rows for item in row)
    return [Item(signs, least * min(lengths), most, odd=odd, ways=max(map(_ways, rows)))]


def _check(rows: list[list[Item]]) -> None:
    if any(_ways(row) >= _TOO_MANY_WAYS for row in rows):
        raise _Slow


def _check_repeat(rows: list[list[Item]]) -> None:
    """Each turn must have one way to match, and it must be certain where the next turn begins."""
    firsts: set[str] = set()
    for row in rows:
        first = _first_signs(row)
        if firsts & first or _ways(row) or not any(item.least for item in row):
            raise _Slow
        firsts |= first
    turns = ([*row, *after] for row in rows for after in rows)
    if any(firsts & _last_signs(row) for row in rows) or any(map(_ways, turns)):
        raise _Slow


def _first_signs(row: list[Item]) -> frozenset[str]:
    signs: frozenset[str] = frozenset()
    for item in row:
        signs |= item.signs
        if item.least:
            break
    return signs


def _last_signs(row: list[Item]) -> frozenset[str]:
    """The signs of open repeats at the end."""
    signs: frozenset[str] = frozenset()
    for item in reversed(row):
        if not item.weight:
            break
        signs |= item.signs
    return signs


def _ways(row: list[Item]) -> float:
    """Add up the weights of repeats that can take signs from one another, but for the heaviest of each chain."""
    total = sum(item.ways for item in row)
    chain: list[float] = []
    shared: frozenset[str] = frozenset()
    for item in row:
        meets = bool(item.signs & shared)
        if not meets and item.least:
            total, chain, shared = total + _surplus(chain), [], frozenset()
        if item.weight and (meets or not chain):
            chain.append(item.weight)
        if item.weight:
            shared |= item.signs
    return total + _surplus(chain)


def _surplus(chain: list[float]) -> float:
    return sum(chain) - max(chain, default=0.0)
