"""The running order of a presentation, drawn so that anybody can draw it again. Pure.

The seed is two halves joined by a hyphen. The site's half is fixed before anybody knows who presents, and only its
fingerprint is public until the draw; the other half is a public text of the moment (numbers called in the room, those
of a lottery). So neither who runs the site nor who runs the contest can look for a seed that suits them.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

HALF_LENGTH = 20  # hexadecimal digits of the site's half
LONGEST_SEED = 64
LONGEST_PUBLIC_TEXT = LONGEST_SEED - HALF_LENGTH - 1


def public_text(text: str) -> str:
    """Return what was typed as it goes into the seed: composed, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def seed_of(half: str, text: str) -> str:
    """Return the seed of the site's half and the public text."""
    return f"{half}-{public_text(text)}"


def halves_of(seed: str) -> tuple[str, str]:
    """Return the site's half and the public text of a seed."""
    half, _hyphen, text = seed.partition("-")
    return half, text


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return sha256(text.encode()).hexdigest()


def key_of(seed: str, code: str) -> str:
    """Return what an entry is sorted by: the SHA-256 of "seed:code"."""
    return fingerprint(f"{seed}:{code}")


def drawn(seed: str, entries: Iterable[tuple[str, str]], *, tracks: Sequence[str]) -> tuple[str, ...]:
    """Return the codes in the order drawn.

    entries: (code, track), in any order. tracks: their codes in the order of the call, each a block of its own;
    entries of another track come last.
    """
    blocks = {track: place for place, track in enumerate(tracks)}
    order = sorted((blocks.get(track, len(blocks)), key_of(seed, code), code) for code, track in entries)
    return tuple(code for _block, _key, code in order)


def start_times(
    tracks: Sequence[str], *, first: datetime, minutes: int, pause: int = 0, between: int = 0
) -> tuple[datetime, ...]:
    """Return when each turn begins. tracks: of the entries in their order.

    minutes: of one turn; pause: minutes after each; between: further minutes where another track begins.
    """
    times: list[datetime] = []
    at = first
    for place, track in enumerate(tracks):
        if place:
            change = between if track != tracks[place - 1] else 0
            at += timedelta(minutes=minutes + pause + change)
        times.append(at)
    return tuple(times)
