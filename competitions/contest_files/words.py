"""Texts and codes: cleaned, checked, and compared with what is known."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from difflib import get_close_matches

LONGEST_CODE = 50
LONGEST_TITLE = 200
LONGEST_TEXT = 20_000
LONGEST_CALL = 50_000
LONGEST_PURPOSE = 30
LIKENESSES = 20

CODE = re.compile(r"[\w.@+-]+")
SLUG = re.compile(r"[\w-]+")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def cleaned(text: str) -> str:
    """Compose Hangul and other letters and cut surrounding spaces."""
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """Clean a text and turn each run of spaces and line breaks into one space."""
    return " ".join(cleaned(text).split())


def spaceless(text: str) -> str:
    """Return a name as it is compared with others: one form of Hangul, without spaces, any case."""
    return "".join(cleaned(text).split()).casefold()


def is_code(text: str) -> bool:
    """Say whether a text may be a code: letters of any script, digits and . _ - @ +."""
    return CODE.fullmatch(text) is not None


def is_slug(text: str) -> bool:
    """Say whether a text may stand in an address: letters of any script, digits, - and _."""
    return SLUG.fullmatch(text) is not None


def has_control_characters(text: str) -> bool:
    """Say whether a text holds signs that no document has and the database refuses."""
    return CONTROL.search(text) is not None


def close_match(value: str, *, known: Collection[str]) -> str | None:
    """Return the known value that looks most like the one found, if any does."""
    by_folded = {unicodedata.normalize("NFKC", name).casefold(): name for name in known}
    wanted = unicodedata.normalize("NFKC", value).casefold()
    if wanted in by_folded:
        return by_folded[wanted]
    found = get_close_matches(wanted, by_folded, n=1, cutoff=0.6)
    return by_folded[found[0]] if found else None


class KnownCodes:
    """Codes already known, and which of them a wrong one looks like.

    A likeness is looked up once a value and for twenty values only: a file with a wrong
    column would otherwise compare every line with every entry.
    """

    def __init__(self, codes: Iterable[str]) -> None:
        self.codes = tuple(codes)
        self.known = frozenset(self.codes)
        self.likeness: dict[str, str | None] = {}

    def __contains__(self, code: object) -> bool:
        """Say whether the code is known."""
        return code in self.known

    def close_to(self, value: str) -> str | None:
        """Return the known code most like this value; None when none is or twenty were sought."""
        if value not in self.likeness and len(self.likeness) < LIKENESSES:
            self.likeness[value] = close_match(value, known=self.codes)
        return self.likeness.get(value)
