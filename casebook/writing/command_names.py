"""An ASCII command from a title: "민원 회신 초안" -> "minwon-hoesin-choan".

Hangul follows the Revised Romanisation of Korean (Ministry of Culture and Tourism notice 2000-8), with the sound
changes it writes: a closing consonant moves over to an open vowel, neighbours become alike (sin-ra -> silla).
"""

import re
import unicodedata

LONGEST = 40

_FIRSTS = (
    "g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h",
)  # fmt: skip
_VOWELS = (
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu",
    "eu", "ui", "i",
)  # fmt: skip
_LETTERS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_FINALS = "-ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_SILENT = _LETTERS.index("ㅇ")
# How a closing consonant sounds when it closes: one of seven.
_CLOSED = {
    **dict.fromkeys("ㄱㄲㄳㅋㄺ", "k"),
    **dict.fromkeys("ㄴㄵㄶ", "n"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "t"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "l"),
    **dict.fromkeys("ㅁㄻ", "m"),
    **dict.fromkeys("ㅂㅄㄿㅍ", "p"),
    "ㅇ": "ng",
}
_PAIRS = {
    "ㄳ": "ㄱㅅ",
    "ㄵ": "ㄴㅈ",
    "ㄺ": "ㄹㄱ",
    "ㄻ": "ㄹㅁ",
    "ㄼ": "ㄹㅂ",
    "ㄽ": "ㄹㅅ",
    "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ",
    "ㅄ": "ㅂㅅ",
}
_BREATHED = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}
_NASAL = {"k": "ng", "t": "n", "p": "m"}
_ALIKE = {
    **{(closed, first): (nasal, first) for closed, nasal in _NASAL.items() for first in "nm"},
    **{(closed, "r"): (nasal, "n") for closed, nasal in _NASAL.items()},
    ("m", "r"): ("m", "n"),
    ("ng", "r"): ("ng", "n"),
    ("n", "r"): ("l", "l"),
    ("l", "n"): ("l", "l"),
    ("l", "r"): ("l", "l"),
}
_HARDENED = {"g": "k", "d": "t", "j": "ch"}
_WORDS = re.compile(r"[가-힣]+|[a-z0-9]+")


def offer_command(title: str) -> str:
    """Return small letters, digits and single hyphens, at most 40 signs cut at a word; "" when nothing is left."""
    plain = "".join(map(_without_accent, unicodedata.normalize("NFKC", title).lower()))
    command = ""
    for word in _WORDS.findall(plain):
        longer = f"{command}-{romanised(word)}".removeprefix("-")
        if command and len(longer) > LONGEST:
            break
        command = longer[:LONGEST]
    return command


def romanised(word: str) -> str:
    """Write Hangul syllables in Latin letters; every other sign stays as it is."""
    written = ""
    closing = ""
    for sign in word:
        if not "가" <= sign <= "힣":
            written, closing = written + _CLOSED.get(closing, "") + sign, ""
            continue
        first, vowel, final = _letters(sign)
        ending, beginning = _joined(closing, first, vowel) if written else ("", _FIRSTS[first])
        written, closing = written + ending + beginning + _VOWELS[vowel], final
    return written + _CLOSED.get(closing, "")


def _letters(syllable: str) -> tuple[int, int, str]:
    number = ord(syllable) - ord("가")
    final = _FINALS[number % 28]
    return number // 588, number % 588 // 28, "" if final == "-" else final


def _joined(closing: str, first: int, vowel: int) -> tuple[str, str]:
    """Return how a closing consonant and the letter after it sound together."""
    if first == _SILENT:
        return _moved_over(closing, vowel)
    beginning = _FIRSTS[first]
    if closing in _BREATHED and beginning in _HARDENED:
        return _CLOSED.get(_BREATHED[closing], ""), _HARDENED[beginning]
    closed = _CLOSED.get(closing, "")
    return _ALIKE.get((closed, beginning), (closed, beginning))


def _moved_over(closing: str, vowel: int) -> tuple[str, str]:
    if not closing or closing == "ㅇ":
        return _CLOSED.get(closing, ""), ""
    if closing in _BREATHED:
        kept = _BREATHED[closing]
        return "", _FIRSTS[_LETTERS.index(kept)] if kept else ""
    pair = _PAIRS.get(closing, f" {closing}")
    stays, moves = pair[0], pair[1]
    if _VOWELS[vowel] == "i" and moves in "ㄷㅌ":
        moves = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}[moves]
    return _CLOSED.get(stays, ""), _FIRSTS[_LETTERS.index(moves)]


def _without_accent(sign: str) -> str:
    return sign if "가" <= sign <= "힣" else unicodedata.normalize("NFKD", sign)[:1]
