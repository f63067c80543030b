"""The kind of a file, by its content alone; a name proves nothing. What is two kinds at once is none."""

import re
import unicodedata
from os import SEEK_END
from typing import BinaryIO
from zipfile import is_zipfile

from casebook.content.markers import N_
from competitions.files import archives, pictures
from competitions.files.errors import NotTaken

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
LOCKED_PDF = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
PAGE_LIKE = re.compile(
    r"\s*(<!doctype|<!--|<\?|<(html|head|body|script|svg|iframe|style|math)\b|#!|\{\\rtf|%PDF-)", re.I
)
LAYOUT = "\t\n\r\f"

TWO_KINDS = N_("The file is of two kinds at once, so it is not taken. Save it again in its program.")
AFTER_END = N_(
    "There is data after the end of the picture; some phones add it. Open it, save a copy and upload the copy."
)
TOO_MANY_PIXELS = N_("The picture has more than 100 million pixels. Make it smaller and upload that.")
OLD = N_(
    "This is an old format (hwp, doc, ppt or xls). Save it as hwpx, docx, pptx, xlsx or pdf and upload that."
)
NO_TEXT = N_("The text is neither UTF-8 nor CP949. Save it as UTF-8 and upload that.")
NOT_PLAIN = N_("The text file is a web page or a program. Upload plain text or a PDF.")
EMPTY = N_("The file is empty. Choose another one.")


def kind_of(file: BinaryIO) -> str:
    """Return one of FILE_KINDS. Raises NotTaken, which says what is wrong and what to do.

    file: seekable, read from its first byte whatever its position.
    """
    size = file.seek(0, SEEK_END)
    file.seek(0)
    head = file.read(16)
    if not head:
        raise NotTaken(EMPTY)
    if head.startswith(b"PK\3\4"):
        return archives.archive_kind(file, size)
    if head.startswith(OLD_OFFICE):
        raise NotTaken(archives.LOCKED if ENCRYPTED in _all(file) else OLD)
    if is_zipfile(file):
        raise NotTaken(TWO_KINDS)
    if head.startswith(b"%PDF-"):
        return _pdf(_all(file))
    picture = _picture_kind(head)
    return _picture(_all(file), picture) if picture else _text(_all(file))


def _all(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read()


def _pdf(data: bytes) -> str:
    end = data.rfind(b"%%EOF")
    if end < 0:
        raise NotTaken(archives.DAMAGED)
    if data[end + 5 :].strip(b"\0\t\n\r "):
        raise NotTaken(TWO_KINDS)
    if LOCKED_PDF.search(data):
        raise NotTaken(archives.LOCKED)
    return "pdf"


def _picture_kind(head: bytes) -> str:
    if head.startswith(pictures.PNG):
        return "png"
    if head.startswith(pictures.JPEG):
        return "jpeg"
    if head.startswith(pictures.GIF):
        return "gif"
    return "webp" if head.startswith(b"RIFF") and head[8:12] == b"WEBP" else ""


def _picture(data: bytes, kind: str) -> str:
    try:
        _name, _start, end = pictures.pieces_of(data, kind)[-1]
        pixels = pictures.pixels_of(data, kind)
    except (ValueError, IndexError) as error:
        raise NotTaken(archives.DAMAGED) from error
    if end != len(data):
        raise NotTaken(AFTER_END)
    if pixels > pictures.MOST_PIXELS:
        raise NotTaken(TOO_MANY_PIXELS)
    return kind


def _text(data: bytes) -> str:
    text = decoded(data)
    if any(unicodedata.category(sign) == "Cc" and sign not in LAYOUT for sign in set(text)):
        raise NotTaken(NO_TEXT)
    if PAGE_LIKE.match(text) or "%PDF-" in text[:1024]:
        raise NotTaken(NOT_PLAIN)
    return "txt"


def decoded(data: bytes) -> str:
    """Return the text of UTF-8 or CP949. Raises NotTaken."""
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise NotTaken(NO_TEXT)
