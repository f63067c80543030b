"""Bytes to text: UTF-8, UTF-16 with its mark, or CP949 as Korean offices still save it."""

import codecs

from casebook.content.markers import N_
from casebook.imports.problems import Problem, TableRefused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(raw: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding found. Raises TableRefused naming each unreadable line."""
    encoding = _encoding_of(raw)
    try:
        return raw.decode(encoding), encoding
    except UnicodeDecodeError as error:
        raise TableRefused(_unreadable(raw, encoding)) from error


def _encoding_of(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return encoding
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_damaged_utf8(raw) else "cp949"
    return "utf-8"


def _is_damaged_utf8(raw: bytes) -> bool:
    """CP949 read as UTF-8 is nearly all damage; a damaged UTF-8 file is nearly all sound."""
    text = raw.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    sound = sum(1 for sign in text if sign > "\x7f") - damaged
    return sound > damaged


def _unreadable(raw: bytes, encoding: str) -> list[Problem]:
    msgid = N_("The file cannot be read as %(encoding)s text here. Save it as UTF-8 and try again.")
    if encoding == "utf-16":
        return [Problem(None, "", msgid, {"encoding": encoding})]
    return [
        Problem(number, "", msgid, {"encoding": encoding})
        for number, line in enumerate(raw.split(b"\n"), start=1)
        if not _is_readable(line, encoding)
    ]


def _is_readable(line: bytes, encoding: str) -> bool:
    try:
        line.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
