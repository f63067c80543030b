"""File names that every system can hold, that never collide and never leave their folder."""

import re
import unicodedata
from collections.abc import Iterable

from casebook.exports.book import Record

_UNSAFE = re.compile(r"[^\w-]+")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_MOST_BYTES = 180


def file_names(records: Iterable[Record]) -> dict[str, str]:
    """Return {uid: name without ending}; names differ even where case is ignored."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for record in records:
        name = _free(_safe(record.slug), _safe(record.uid), taken)
        taken.add(name.casefold())
        names[record.uid] = name
    return names


def _safe(text: str) -> str:
    kept = _UNSAFE.sub("-", unicodedata.normalize("NFC", text)).strip("-")
    cut = kept.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore")
    return unicodedata.normalize("NFC", cut)


def _free(name: str, uid: str, taken: set[str]) -> str:
    if name and name.casefold() not in taken and not _RESERVED.fullmatch(name):
        return name
    longer = f"{name}-{uid[:8]}".strip("-") or "record"
    number, free = 2, longer
    while free.casefold() in taken:
        number, free = number + 1, f"{longer}-{number}"
    return free
