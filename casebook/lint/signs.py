"""Signs nobody sees: zero-width ones, ones that turn the reading direction, and hidden tag letters."""

import re
from collections.abc import Callable, Iterator

from casebook.content.markers import N_
from casebook.lint.findings import Finding, Fix

# Unicode tag letters spell ASCII that people do not see and AI reads. A flag of a region is made of them too.
_FLAG = "\U0001f3f4[\U000e0020-\U000e007e]{1,6}\U000e007f"
_KINDS = {
    "hidden_text": re.compile("[\U000e0000-\U000e007f]"),
    "bidi_signs": re.compile("[\u202a-\u202e\u2066-\u2069]"),
    "zero_width": re.compile("[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0]"),
}
_ANY = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u3164\ufeff\uffa0\U000e0000-\U000e007f]"
)
# Joiners inside emoji and flags are meant.
_MEANT = re.compile(
    f"{_FLAG}|(?<=[\u2190-\u2bff\ufe0f\U0001f1e6-\U0001faff])\u200d(?=[\u2190-\u2bff\U0001f1e6-\U0001faff])"
)


def find_signs(text: str, path: str) -> Iterator[Finding]:
    """Yield one finding for each kind of invisible sign in a field, at the first of them."""
    if not _ANY.search(text):
        return
    seen = _MEANT.sub(lambda meant: "." * len(meant[0]), text)
    for code, signs in _KINDS.items():
        first = signs.search(seen)
        if first:
            count = len(signs.findall(seen))
            fix = Fix("remove_signs", N_("Remove all invisible signs from this field"), {"path": path})
            yield Finding(code, path, first.start(), first.end(), {"count": count}, fix)


def without_signs(text: str) -> str:
    """Take invisible signs out, those inside emoji and flags left."""
    meant = [(match.start(), match.end()) for match in _MEANT.finditer(text)]
    return _each(text, meant, lambda piece: _ANY.sub("", piece))


def _each(text: str, kept: list[tuple[int, int]], change: Callable[[str], str]) -> str:
    pieces: list[str] = []
    last = 0
    for start, end in kept:
        pieces += [change(text[last:start]), text[start:end]]
        last = end
    return "".join([*pieces, change(text[last:])])
