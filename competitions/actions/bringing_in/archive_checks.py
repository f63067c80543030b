"""A zip archive of entries' files, looked through before anything of it is unpacked."""

import unicodedata
from zipfile import ZIP_DEFLATED, ZIP_STORED

from django.utils.translation import gettext as _

from competitions.actions.bringing_in.files import BringInRefused
from competitions.entry_files import MEGABYTE

MOST_FILES = 20_000
MOST_BYTES = 2_000 * MEGABYTE
MOST_RATIO = 200
SMALL = MEGABYTE  # few bytes may well be packed tightly
UTF_8 = 0x800
LOCKED = 0x1
LINK = 0xA
LEFT_ASIDE = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


def looked_through(archive):
    """Return {name: member}. Raises BringInRefused for an archive that is not to be unpacked."""
    infos = [info for info in archive.infolist() if not info.is_dir()]
    unpacked, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if len(infos) > MOST_FILES or unpacked > MOST_BYTES:
        raise BringInRefused(
            [
                _("The archive holds more than %(files)s files or %(size)s MB. Split it.")
                % {"files": MOST_FILES, "size": MOST_BYTES // MEGABYTE}
            ]
        )
    if unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1):
        raise BringInRefused([_("Unpacked, the archive is far larger than it may be. Pack the files anew.")])
    faults, members, folded = [], {}, set()
    for info in infos:
        name = _name(info)
        fault = _fault(info, name)
        if not fault and name.casefold() in folded:
            fault = _("Two files of the archive have this name: %(name)s. Rename one.")
        if fault:
            faults.append(fault % {"name": name[:100]})
        elif not _is_left_aside(name):
            members[name] = info
            folded.add(name.casefold())
    if faults:
        raise BringInRefused(faults[:50])
    return members


def _fault(info, name):
    if info.flag_bits & LOCKED:
        return _("A file of the archive is locked by a password: %(name)s. Pack it without a password.")
    parts = name.split("/")
    if not name or name.startswith("/") or ".." in parts or ":" in parts[0] or "\0" in name:
        return _("A name in the archive leads out of it: %(name)s. Pack the files anew.")
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return _("A file of the archive is packed in an unusual way: %(name)s. Pack it as a plain zip file.")
    if info.external_attr >> 28 == LINK:
        return _("The archive holds a link in place of a file: %(name)s. Pack the file itself.")
    return ""


def _name(info):
    """The name in composed Hangul; archives made in Korean Windows write it in CP949 and do not say so."""
    name = info.orig_filename
    if not info.flag_bits & UTF_8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return plain_name(name)


def plain_name(name):
    return unicodedata.normalize("NFC", name.strip().replace("\\", "/")).removeprefix("./")


def _is_left_aside(name):
    lower = name.lower()
    return lower.startswith(LEFT_ASIDE[0]) or lower.rsplit("/", 1)[-1] in LEFT_ASIDE
