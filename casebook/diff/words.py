"""What differs inside a line, so that it reads well in Korean.

A line is cut into words, numbers, signs and spaces. Where two words begin or end alike, as 검토결과를 and
검토결과는 do, only the rest is marked: the stem stays, the particle changes. Scraps that happen to be equal
between two changes (a space, a comma, one letter) belong to the change.
"""

import re
from typing import NamedTuple

from casebook.diff.align import Budget, align, gaps

_TOKEN = re.compile(r"\{\{[^{}\n]{0,120}\}\}|[가-힣]+|[A-Za-z]+|[0-9]+|\s+|.", re.DOTALL)
_STEM_END = re.compile(r"[가-힣]{2}\Z")
_STEM_START = re.compile(r"[가-힣]{2}")
_WORD_SIGN = re.compile(r"[^\W_]")
_SCRAP_SIGNS = 2  # with fewer letters and digits than this, what is equal is a scrap
_SCRAP_LENGTH = 6
_TOO_LITTLE = 0.25  # share of equal signs below which the whole line counts as rewritten


class Piece(NamedTuple):
    text: str
    changed: bool


Change = tuple[bool, str, str]  # equal?, old text, new text


def mark(old: str, new: str, budget: Budget | None = None) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return both lines in pieces; those of one side joined are that line."""
    changes = _joined(_without_scraps(_joined(_changes(old, new, budget))))
    equal = sum(len(text) for same, text, _text in changes if same)
    if 2 * equal < _TOO_LITTLE * (len(old) + len(new)):
        changes = [(False, old, new)]
    return _side(changes, 1), _side(changes, 2)


def _changes(old: str, new: str, budget: Budget | None) -> list[Change]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[Change] = []
    for (low, high, start, end), count in gaps(align(a, b, budget), len(a), len(b)):
        found += _refined("".join(a[low:high]), "".join(b[start:end]))
        same = "".join(a[high : high + count])
        found.append((True, same, same))
    return found


def _refined(old: str, new: str) -> list[Change]:
    """Take the stem that both begin with, and the ending that both end with, out of a change; a blank stays whole."""
    if "{{" in old or "{{" in new:
        return [(False, old, new)]
    head = _common_start(old, new)
    if not _STEM_END.search(head):
        head = ""
    rest_old, rest_new = old[len(head) :], new[len(head) :]
    tail = _common_start(rest_old[::-1], rest_new[::-1])[::-1]
    if not _STEM_START.match(tail):
        tail = ""
    end_old, end_new = len(rest_old) - len(tail), len(rest_new) - len(tail)
    return [(True, head, head), (False, rest_old[:end_old], rest_new[:end_new]), (True, tail, tail)]


def _common_start(a: str, b: str) -> str:
    length = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[:length]


def _without_scraps(changes: list[Change]) -> list[Change]:
    """Make equal scraps between two changes part of them."""
    last = len(changes) - 1
    return [
        (same and not (0 < index < last and _is_scrap(old)), old, new)
        for index, (same, old, new) in enumerate(changes)
    ]


def _is_scrap(text: str) -> bool:
    return len(text) <= _SCRAP_LENGTH and len(_WORD_SIGN.findall(text)) < _SCRAP_SIGNS


def _joined(changes: list[Change]) -> list[Change]:
    """Leave out empty changes and join neighbours of one kind."""
    runs: list[tuple[bool, list[str], list[str]]] = []
    for same, old, new in changes:
        if not old and not new:
            continue
        if not runs or runs[-1][0] != same:
            runs.append((same, [], []))
        runs[-1][1].append(old)
        runs[-1][2].append(new)
    return [(same, "".join(old), "".join(new)) for same, old, new in runs]


def _side(changes: list[Change], side: int) -> tuple[Piece, ...]:
    return tuple(Piece(str(change[side]), not change[0]) for change in changes if change[side])
