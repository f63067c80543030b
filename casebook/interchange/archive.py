"""Zip files: strangers' read with bounds, ours written the same every time."""

import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import IO

from casebook.content.markers import N_
from casebook.imports.problems import Problem
from casebook.interchange.formats import FORMATS
from casebook.interchange.item import Item, Loss, Unrecognised, Written
from casebook.interchange.names import file_stem
from casebook.interchange.texts import MOST_BYTES
from casebook.interchange.writing import write_file

MOST_MEMBERS = 5_000
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PACKED = 100 * 1024 * 1024
_MOST_DIRECTORY = 4 * 1024 * 1024
_MOST_RATIO = 200
_SMALL = 1024 * 1024
_LINK = 0o120000
_TYPE = 0o170000
_UTF8 = 0x800
_LOCKED = 0x1
_END = b"PK\x05\x06"
_ALWAYS = (1980, 1, 1, 0, 0, 0)
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError, struct.error, OSError)


class ZipRefused(Unrecognised):
    """The zip is not opened; `problems` holds the reason."""

    def __init__(self, msgid: str, **params: object) -> None:
        super().__init__([Problem(None, "", msgid, params)])


def read_zip(source: bytes | Path) -> list[tuple[str, bytes]]:
    """Return every file of a zip; members() gives them one at a time. Raises ZipRefused."""
    return list(members(source))


def members(source: bytes | Path) -> Iterator[tuple[str, bytes]]:
    """Give (name, bytes) of every file, one in memory at a time, at most one byte more than a prompt may have.

    Raises ZipRefused before the first file when the zip as a whole is unsafe: too many or too large files, ways
    out of the folder, links, passwords.
    """
    try:
        with _opened(source) as file:
            check_directory(file)
            with zipfile.ZipFile(file) as archive:
                yield from _contents(archive, _checked(archive.infolist()))
    except ZipRefused:
        raise
    except _BROKEN as error:
        raise ZipRefused(N_("The zip file is damaged.")) from error


def _opened(source: bytes | Path) -> IO[bytes]:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > MOST_PACKED:
        raise ZipRefused(N_("The zip file is larger than %(most)s MB."), most=MOST_PACKED // 1024 // 1024)
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def check_directory(file: IO[bytes]) -> None:
    """Refuse a list of contents that would fill the memory before the first file is seen."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - 65_557))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0 or len(tail) < end + 22:
        raise ZipRefused(N_("The zip file is damaged."))
    count, size = struct.unpack("<HI", tail[end + 10 : end + 16])
    if count > MOST_MEMBERS or size > _MOST_DIRECTORY:
        raise ZipRefused(N_("The zip file holds more than %(most)s files."), most=MOST_MEMBERS)
    file.seek(0)


def _checked(infos: Sequence[zipfile.ZipInfo]) -> list[tuple[str, zipfile.ZipInfo]]:
    if len(infos) > MOST_MEMBERS:
        raise ZipRefused(N_("The zip file holds more than %(most)s files."), most=MOST_MEMBERS)
    named = [(_name_of(info), info) for info in infos]
    for name, info in named:
        _check_member(name, info)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise _too_large()
    return [(name, info) for name, info in named if not info.is_dir() and not _is_litter(name)]


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    way = name.replace("\\", "/")
    if ".." in way.split("/") or way.startswith("/") or way[1:2] == ":":
        raise ZipRefused(N_("“%(name)s” leads out of the zip file's folder."), name=name[:200])
    if (info.external_attr >> 16) & _TYPE == _LINK:
        raise ZipRefused(N_("“%(name)s” is a link to another file."), name=name[:200])
    if info.flag_bits & _LOCKED:
        raise ZipRefused(N_("The zip file is locked with a password. Pack it again without one."))
    if info.file_size > _SMALL and info.file_size > _MOST_RATIO * max(1, info.compress_size):
        raise ZipRefused(N_("“%(name)s” unpacks to far more than its size."), name=name[:200])


def _contents(
    archive: zipfile.ZipFile, named: Sequence[tuple[str, zipfile.ZipInfo]]
) -> Iterator[tuple[str, bytes]]:
    total = 0
    for name, info in named:
        with archive.open(info) as member:
            content = member.read(MOST_BYTES + 1)
        total += len(content)
        if total > MOST_UNPACKED:
            raise _too_large()
        yield name, content


def _too_large() -> ZipRefused:
    return ZipRefused(
        N_("The zip file unpacks to more than %(most)s MB."), most=MOST_UNPACKED // 1024 // 1024
    )


def _name_of(info: zipfile.ZipInfo) -> str:
    """The name in its own letters: zips of Korean systems hold CP949 without saying so."""
    if info.flag_bits & _UTF8:
        return unicodedata.normalize("NFC", info.filename)
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp949"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_litter(name: str) -> bool:
    return name.startswith(_LITTER[0]) or PurePosixPath(name).name in _LITTER


def write_zip(items: Sequence[Item], format: str) -> Written:
    """Write each item as a file of its own. The same items give the same bytes."""
    out = io.BytesIO()
    losses: list[Loss] = []
    carried: list[Loss] = []
    taken: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for item in items:
            written = write_file(format, [item])
            losses += written.losses
            carried += written.carried
            if not written.data:
                continue
            stem = file_stem(item.content.get("title") or item.name, taken)
            taken.add(stem.casefold())
            archive.writestr(_entry(stem + FORMATS[format].extension), written.data)
    return Written(out.getvalue(), tuple(losses), tuple(carried))


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, _ALWAYS)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.create_system = 3
    info.external_attr = 0o644 << 16
    return info
