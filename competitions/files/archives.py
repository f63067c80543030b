"""Documents that are zip archives: looked through before anything opens them.

Every byte is accounted for: entries follow each other from the first byte on, the directory comes last, and each
entry unpacks to exactly what it declares. So nothing hides between them, and no entry is larger than it says.
"""

import re
import struct
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from casebook.content.markers import N_
from competitions.files.errors import NotTaken

MOST_ENTRIES = 5_000
MOST_BYTES = 200 * 1024 * 1024
MOST_RATIO = 200
SMALL = 1024 * 1024  # a document of few bytes may well be packed tightly
PIECE = 64 * 1024
DESCRIPTOR = 24  # bytes that may follow an entry
END = struct.Struct("<4s4H2LH")
MAIN = {
    b"wordprocessingml.document.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
DAMAGED = N_("The file is damaged. Save it again in its program and upload that.")
HIDDEN = N_("There is other data before, inside or after the document. Save it again and upload that.")
BOMB = N_("Unpacked, the file would be far too large. Make its pictures smaller or split it.")
LOCKED = N_("The file is locked by a password. Save it without the password and upload that.")
MACROS = N_("The file holds macros. Save it without macros (docx, pptx or xlsx) and upload that.")
UNKNOWN = N_("A zip archive is not taken. Upload the documents one by one.")


def archive_kind(file: BinaryIO, size: int) -> str:
    """Return "hwpx", "docx", "pptx" or "xlsx". Raises NotTaken."""
    _check_end(file, size)
    try:
        with ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(entries, size)
            _check_names(entries)
            _check_places(file, archive, entries)
            for entry in entries:
                _check_unpacked(file, entry)
            return _kind(archive)
    except (BadZipFile, zlib.error, struct.error, NotImplementedError, KeyError, ValueError) as error:
        raise NotTaken(DAMAGED) from error


def _check_end(file: BinaryIO, size: int) -> None:
    file.seek(max(size - END.size, 0))
    tail = file.read()
    if len(tail) < END.size or not tail.startswith(b"PK\5\6"):
        raise NotTaken(HIDDEN)
    _mark, disk, first, here, count, length, start, comment = END.unpack(tail)
    if disk or first or here != count or comment or start + length + END.size != size:
        raise NotTaken(HIDDEN)
    if count > MOST_ENTRIES:
        raise NotTaken(BOMB)


def _check_sizes(entries: list[ZipInfo], size: int) -> None:
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_BYTES:
        raise NotTaken(BOMB)
    if unpacked > SMALL and unpacked > size * MOST_RATIO:
        raise NotTaken(BOMB)
    if any(entry.flag_bits & 1 for entry in entries):
        raise NotTaken(LOCKED)
    if any(entry.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for entry in entries):
        raise NotTaken(DAMAGED)


def _check_names(entries: list[ZipInfo]) -> None:
    names = [entry.filename for entry in entries]
    outside = any(name.startswith("/") or ".." in PurePosixPath(name).parts or "\\" in name for name in names)
    if outside or len({name.lower() for name in names}) < len(names):
        raise NotTaken(DAMAGED)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise NotTaken(MACROS)


def _check_places(file: BinaryIO, archive: ZipFile, entries: list[ZipInfo]) -> None:
    at = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if not at <= entry.header_offset <= at + DESCRIPTOR * bool(at):
            raise NotTaken(HIDDEN)
        at = _data_start(file, entry) + entry.compress_size
    if not at <= archive.start_dir <= at + DESCRIPTOR:
        raise NotTaken(HIDDEN)


def _data_start(file: BinaryIO, entry: ZipInfo) -> int:
    file.seek(entry.header_offset)
    head = file.read(30)
    if head[:4] != b"PK\3\4":
        raise NotTaken(DAMAGED)
    return entry.header_offset + 30 + sum(struct.unpack("<2H", head[26:30]))


def _check_unpacked(file: BinaryIO, entry: ZipInfo) -> None:
    """Unpack the entry piece by piece, keeping nothing, until it is longer than declared."""
    file.seek(_data_start(file, entry))
    if entry.compress_type == ZIP_STORED:
        if entry.compress_size != entry.file_size:
            raise NotTaken(BOMB)
        return
    stream, left, unpacked = zlib.decompressobj(-zlib.MAX_WBITS), entry.compress_size, 0
    while not stream.eof:
        packed = stream.unconsumed_tail or file.read(min(PIECE, left))
        left -= 0 if stream.unconsumed_tail else len(packed)
        if not packed:
            raise NotTaken(DAMAGED)
        unpacked += len(stream.decompress(packed, PIECE * 16))
        if unpacked > entry.file_size:
            raise NotTaken(BOMB)
    if unpacked != entry.file_size or left or stream.unused_data:
        raise NotTaken(DAMAGED)


def _kind(archive: ZipFile) -> str:
    names = set(archive.namelist())
    if "mimetype" in names and archive.read("mimetype").strip() == b"application/hwp+zip":
        return _hwpx(archive, names)
    if "[Content_Types].xml" not in names:
        raise NotTaken(UNKNOWN)
    types = archive.read("[Content_Types].xml")
    if re.search(rb"macroEnabled|vbaProject", types, re.IGNORECASE):
        raise NotTaken(MACROS)
    kinds = {kind for mark, kind in MAIN.items() if mark in types}
    if len(kinds) != 1:
        raise NotTaken(UNKNOWN)
    return kinds.pop()


def _hwpx(archive: ZipFile, names: set[str]) -> str:
    if "Contents/content.hpf" not in names or "[Content_Types].xml" in names:
        raise NotTaken(DAMAGED)
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise NotTaken(LOCKED)
    return "hwpx"
