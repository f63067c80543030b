"""Near-duplicates: which prompts say almost the same, in any language (docs/search.md, "Near duplicates").

A text is the set of its runs of four characters; two texts are as alike as the share of runs they have in common
(Jaccard). Containment was rejected: short prompts of one family contain each other without being copies.
Candidates come from band keys: texts that share a key are probably alike, texts above the threshold nearly always
share one. Everything is the same in every process and on every machine.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from zlib import crc32

LONGEST = 20_000  # characters that count
RUN = 4  # characters
# Above every pair of the 95 Korean prompts (.43 at most), below nearly every light edit of one (docs/search.md).
THRESHOLD = 0.5
ROWS, BANDS = 3, 40  # alike by .5: share a band with 99.5 %; by .1: with 4 %
BINS = ROWS * BANDS
TRIES = 200  # an empty bin takes over from another one; a text has at least one full bin

_BLANK = re.compile(r"\{\{[^{}]{0,120}\}\}")
_SILENT = re.compile(r"[^\w{]|_")
_MASK = (1 << 64) - 1


def text_of(content: Mapping[str, Any]) -> str:
    """Return what of a prompt's content is compared: its title and its messages."""
    return "\n".join([content["title"], *(message["content"] for message in content["messages"])])


def similarity(one: str, other: str) -> float:
    """Return how alike two texts are, 0 to 1; two texts without a single word are not alike."""
    first, second = shingles(one), shingles(other)
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def shingles(text: str) -> set[int]:
    """Return the hashed runs of a text without case, spaces, punctuation and the names of its blanks."""
    plain = _normalised(text)
    if not plain:
        return set()
    return {mixed(crc32(plain[at : at + RUN].encode())) for at in range(max(1, len(plain) - RUN + 1))}


def bands(text: str) -> list[int]:
    """Return keys for a bigint[] column: alike texts share at least one. A text without words has none."""
    found = shingles(text)
    if not found:
        return []
    least = _densified(_least_of_bins(found))
    return [_key(band, least[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS)]


def _normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    return _SILENT.sub("", _BLANK.sub("{", plain))


def _least_of_bins(found: set[int]) -> list[int | None]:
    """One permutation hashing: each run falls into one bin, each bin keeps its least (Li, Owen, Zhang 2012)."""
    least: list[int | None] = [None] * BINS
    for value in found:
        place, rest = value % BINS, value // BINS
        kept = least[place]
        if kept is None or rest < kept:
            least[place] = rest
    return least


def _densified(least: list[int | None]) -> list[int]:
    """Let each empty bin take over from a full one, by lot but always the same (Shrivastava 2017)."""
    full = [value for value in least if value is not None]
    return [_borrowed(place, least, full) if value is None else value for place, value in enumerate(least)]


def _borrowed(place: int, least: list[int | None], full: list[int]) -> int:
    for attempt in range(TRIES):
        value = least[mixed(place * TRIES + attempt) % BINS]
        if value is not None:
            return value
    return min(full)


def _key(band: int, values: list[int]) -> int:
    key = band
    for value in values:
        key = mixed(key ^ value)
    return signed(key)


def signed(key: int) -> int:
    """Return a number of 64 bits as a bigint column holds it."""
    return key - (1 << 64) if key >> 63 else key


def mixed(value: int) -> int:
    """Spread a number over 64 bits (the finaliser of SplitMix64)."""
    value = (value + 0x9E3779B97F4A7C15) & _MASK
    value = ((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
    value = ((value ^ (value >> 27)) * 0x94D049BB133111EB) & _MASK
    return value ^ (value >> 31)
