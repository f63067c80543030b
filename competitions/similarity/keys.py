"""Keys by which alike entries are found among many: of the whole text, and of its passages."""

from collections import deque
from zlib import crc32

from casebook.search.similarity import bands, mixed, signed
from competitions.similarity.texts import LONGEST
from competitions.similarity.units import heads

RUN = 4  # word heads that one key stands for
WINDOW = 16  # runs; a shared passage of RUN + WINDOW - 1 words has a key in common
MOST = 800  # keys of one text


def band_keys(text: str) -> list[int]:
    """Return the keys of the whole text (casebook/search/similarity.py)."""
    return bands(text)


def passage_keys(text: str) -> list[int]:
    """Return keys of passages, sorted: winnowing (Schleimer, Wilkerson, Aiken 2003) over runs of word heads."""
    return sorted(_winnowed(_hashes(text[:LONGEST])))[:MOST]


def _hashes(text: str) -> list[int]:
    values = heads(text).values
    if len(values) < RUN:
        return []
    single = [crc32(value.encode()) for value in values]
    return [
        signed(mixed(mixed(single[at] << 32 | single[at + 1]) ^ (single[at + 2] << 32 | single[at + 3])))
        for at in range(len(single) - RUN + 1)
    ]


def _winnowed(hashes: list[int]) -> set[int]:
    """The least of each window of WINDOW hashes."""
    chosen: set[int] = set()
    rising: deque[int] = deque()  # indexes whose hashes rise
    for at, value in enumerate(hashes):
        while rising and hashes[rising[-1]] >= value:
            rising.pop()
        rising.append(at)
        if rising[0] <= at - WINDOW:
            rising.popleft()
        if at >= WINDOW - 1:
            chosen.add(hashes[rising[0]])
    return chosen or ({min(hashes)} if hashes else set())
