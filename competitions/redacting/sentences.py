"""Puts the mask into a text, with the particle that belongs behind it."""

import re
from collections.abc import Iterable

from competitions.redacting.records import MASK

# ○○○ is read with an ending consonant. A particle left as it was would tell how the name ends.
PAIRS = {"는": "은", "가": "이", "를": "을", "와": "과", "로": "으로", "랑": "이랑", "야": "아"}
_particle = re.compile(f"({'|'.join(PAIRS)})(?![가-힣])")


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with each span as MASK; spans: in order, without overlaps."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [text[at:start], MASK]
        particle = _particle.match(text, end)
        at = end
        if particle:
            pieces.append(PAIRS[particle[1]])
            at = particle.end()
    return "".join([*pieces, text[at:]])
