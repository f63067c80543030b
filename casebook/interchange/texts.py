"""Bytes of a prompt file to text, with the reason when they are none."""

import re

from casebook.content.markers import N_
from casebook.imports.encodings import decode
from casebook.imports.json_file import parse_json
from casebook.imports.problems import TableRefused
from casebook.interchange.item import Unrecognised, unrecognised
from casebook.interchange.values import is_deep

MOST_BYTES = 5 * 1024 * 1024
_KINDS = (
    (b"%PDF", "PDF"),
    (b"\xd0\xcf\x11\xe0", "HWP, DOC, XLS"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
)
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile("\r\n?")


def check_size(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise unrecognised(
            N_("The file is larger than %(most)s MB, too large for a prompt."),
            most=MOST_BYTES // 1024 // 1024,
        )


def check_bytes(data: bytes) -> None:
    """Raise Unrecognised when the bytes are nothing, too many or plainly no text."""
    check_size(data)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise unrecognised(N_("The file is empty."))
    kind = next((kind for sign, kind in _KINDS if data.startswith(sign)), "")
    if kind:
        raise unrecognised(
            N_("The file is no text: its first bytes are those of a %(kind)s file."), kind=kind
        )


def text_of(data: bytes) -> str:
    """Return the text with \\n line ends and without a byte order mark. Raises Unrecognised."""
    check_bytes(data)
    try:
        text, _ = decode(data)
    except TableRefused as refusal:
        raise Unrecognised(refusal.problems[:1]) from refusal
    if _UNPRINTABLE.search(text):
        raise unrecognised(N_("The file is no text: it holds signs that only programs write."))
    return _LINE_END.sub("\n", text.removeprefix("\ufeff"))


def json_of(data: bytes) -> object:
    """Return the JSON value; numbers with a point come as Decimal. Raises Unrecognised."""
    try:
        value, _ = parse_json(text_of(data).encode())
    except TableRefused as refusal:
        raise Unrecognised(refusal.problems) from refusal
    if is_deep(value):
        raise unrecognised(N_("The JSON nests too deeply or holds a number no computer can keep."))
    return value
