"""Brings every spelling of a sign to one: full-width, circled and foreign digits, dashes, spaces, jamo.

The same tables go to the browser (`browser_patterns`), so what is folded here is folded there.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

DASHES = "‐‑‒–—―−⁃─━ㅡー〜∼～〰﹘﹣－⸺⸻"
DOTS = "·•‧∙⋅・ㆍ⸱｡。․᛫"
NEWLINES = "\x0b\x0c\x85\u2028\u2029"
# Signs that nobody sees: zero-width, soft hyphens, directions, fillers, variation selectors, underlines.
GONE = (
    r"\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u0300-\u034e\u0350-\u036f\u061c\u115f\u1160\u17b4\u17b5"
    r"\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
)
ENTITY_NAMES = {"nbsp": " ", "ndash": "-", "mdash": "-", "minus": "-", "shy": "", "middot": ".", "zwnj": ""}
_ALL = [chr(code) for code in range(0x20000)]  # no digits above
# U+1CCF0: outlined digits, which Unicode got after the tables of some Pythons.
ZEROS = sorted({ord(sign) for sign in _ALL if unicodedata.decimal(sign, None) == 0} | {0x1CCF0})
# Signs such as ① or ² number a list or a footnote when alone, and spell a number in a row.
ENCLOSED = {
    sign: str(unicodedata.digit(sign))
    for sign in _ALL[:0x10000]
    if unicodedata.digit(sign, None) is not None and unicodedata.decimal(sign, None) is None
}
del _ALL
EXPLICIT = {
    **dict.fromkeys(DASHES, "-"),
    **dict.fromkeys(DOTS, "."),
    **dict.fromkeys(NEWLINES, "\n"),
    **dict.fromkeys("\t\r\u1680\u180e", " "),
}
_SIGN = "[" + "".join(ENCLOSED) + "]"
STRANGE = (
    r"\r\n|&(?:#[0-9]{1,6}|#x[0-9A-Fa-f]{1,5}|" + "|".join(ENTITY_NAMES) + r");"
    r"|[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"
    rf"|{_SIGN}(?:[ -]?{_SIGN}){{2,}}"
    r"|[^ -~\n가-힣]"
)
UNKNOWN = "\ufffd"  # one sign for what lies outside the basic plane, which browsers count twice
_strange = re.compile(STRANGE)
_gone = re.compile(f"[{GONE}]")


@dataclass
class Folded:
    """A folded text that knows where each of its characters stood."""

    text: str = ""
    # Of each piece that changed its length: where it begins and ends, folded and as given.
    begins: list[int] = field(default_factory=list)
    pieces: list[tuple[int, int, int]] = field(default_factory=list)

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self._place(start)[0], self._place(end - 1)[1]

    def _place(self, index: int) -> tuple[int, int]:
        at = bisect_right(self.begins, index) - 1
        if at < 0:
            return index, index + 1
        folded_end, given_start, given_end = self.pieces[at]
        if index < folded_end:
            return given_start, given_end
        moved = given_end + index - folded_end
        return moved, moved + 1


def fold(text: str) -> Folded:
    folded = Folded()
    if _strange.search(text) is None:
        folded.text = text
    else:
        folded.text = _strange.sub(_recorder(folded), text)
    return folded


def _recorder(folded: Folded) -> Callable[[re.Match[str]], str]:
    shift = 0

    def put(match: re.Match[str]) -> str:
        nonlocal shift
        chunk = match[0]
        result = _piece(chunk)
        if len(result) != len(chunk):
            begin = match.start() + shift
            folded.begins.append(begin)
            folded.pieces.append((begin + len(result), match.start(), match.end()))
            shift += len(result) - len(chunk)
        return result

    return put


@lru_cache(maxsize=10_000)
def _piece(chunk: str) -> str:
    if chunk == "\r\n":
        return "\n"
    if chunk[0] == "&":
        return _entity(chunk[1:-1])
    if len(chunk) == 1:
        return _sign(chunk)
    if chunk[0] in ENCLOSED:
        return "".join(ENCLOSED.get(sign, sign) for sign in chunk)
    return unicodedata.normalize("NFC", chunk)


def _entity(name: str) -> str:
    if name in ENTITY_NAMES:
        return ENTITY_NAMES[name]
    return _sign(chr(int(name[2:], 16) if name[1] == "x" else int(name[1:])))


def _sign(sign: str) -> str:
    if " " <= sign <= "~" or sign == "\n" or ("\u3130" <= sign <= "\u318f" and sign not in EXPLICIT):
        return sign
    if sign in EXPLICIT:
        return EXPLICIT[sign]
    if _gone.match(sign) or "\U000e0000" <= sign <= "\U000e01ef":
        return ""
    digit = _digit(ord(sign))
    return _compatible(sign) if digit is None else digit


def _digit(code: int) -> str | None:
    at = bisect_right(ZEROS, code) - 1
    return str(code - ZEROS[at]) if at >= 0 and code - ZEROS[at] < 10 else None


def _compatible(sign: str) -> str:
    if sign in ENCLOSED or "\ud800" <= sign <= "\udfff":
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    if re.search("[0-9]", plain):
        return " "
    return "".join(each if each <= "\uffff" else UNKNOWN for each in plain)
