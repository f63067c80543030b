"""One form for every text, so that equal texts have equal hashes."""

import re
import unicodedata

# PostgreSQL refuses NUL in JSON, XML most others, and a byte order mark inside a text is litter.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?")
# Letters by category, but drawn as nothing.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")


def normal_text(value: str) -> str:
    """Keep the words, unify the bytes: NFC, \\n line ends, nothing a database or XML cannot hold."""
    lined = _LINE_END.sub("\n", value)
    kept = _SURROGATES.sub("\ufffd", _UNSTORABLE.sub("", lined))
    return unicodedata.normalize("NFC", kept)


def one_line(value: str) -> str:
    return unicodedata.normalize("NFC", " ".join(normal_text(value).split()))


def is_blank(value: str) -> bool:
    """Nothing a reader could see: spaces, zero-width signs and Hangul fillers count as nothing."""
    return all(sign in _FILLERS or unicodedata.category(sign)[0] in "ZC" for sign in value)
