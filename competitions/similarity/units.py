"""A text as units that are compared, each with its place in the text: its letters, and the heads of its words.

The head of a Korean word is its first two syllables: particles and endings come after it, so a light edit of them
leaves the heads as they are.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from competitions.similarity.texts import LONGEST

WORD = re.compile(r"[^\W_]+")
HANGUL_HEAD = 2  # syllables
FOREIGN_HEAD = 6  # letters
_SYLLABLES = ("가", "힣")


@dataclass(frozen=True, slots=True)
class Units:
    """values[i] stands at text[starts[i]:ends[i]]."""

    values: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def letters(text: str) -> Units:
    """Return the letters and digits without case, width, spaces and punctuation."""
    found = [
        (letter, at, end)
        for cluster, at, end in _clusters(text[:LONGEST])
        for letter in unicodedata.normalize("NFKC", cluster).lower()
        if letter.isalnum()
    ]
    return _units(found)


def heads(text: str) -> Units:
    """Return the heads of the words."""
    return _units([(_head(match[0]), match.start(), match.end()) for match in WORD.finditer(text[:LONGEST])])


def _units(found: list[tuple[str, int, int]]) -> Units:
    values, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return Units(values, starts, ends)


def _head(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).lower()
    return plain[: HANGUL_HEAD if _SYLLABLES[0] <= plain[0] <= _SYLLABLES[1] else FOREIGN_HEAD]


def _clusters(text: str) -> Iterator[tuple[str, int, int]]:
    """Each character with the marks and jamo that belong to it, and where it stands."""
    if unicodedata.is_normalized("NFC", text):
        yield from ((letter, at, at + 1) for at, letter in enumerate(text))
        return
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _continues(text[at]):
            yield text[start:at], start, at
            start = at


def _continues(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or "\u1160" <= letter <= "\u11ff"
