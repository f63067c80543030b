"""The files of entries in one zip archive: looked through before anything is unpacked, then one by one."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from competitions.actions.bringing_in.archive_checks import looked_through, plain_name
from competitions.actions.bringing_in.files import BringInRefused
from competitions.actions.entries.attachments import accepted_kind
from competitions.entry_files import MEGABYTE, sha256_of
from competitions.files.errors import NotTaken
from competitions.files.names import clean_name

PIECE = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of the archive, unpacked at `path` and found good."""

    name: str
    kind: str
    size: int
    sha256: str
    path: Path


class PackedFiles:
    """A context: the archive is open and what was unpacked of it is there until it ends.

    Raises BringInRefused, with every fault of the archive as a whole, when it is entered.
    """

    def __init__(self, archive, *, limits):
        self.source, self.limits = archive, limits
        self.asked_for = {}  # name in the archive -> where it is unpacked

    def __enter__(self):
        self.folder = TemporaryDirectory(prefix="entries-")
        try:
            self.archive = ZipFile(self.source)
            self.members = looked_through(self.archive)
        except BringInRefused:
            self.folder.cleanup()
            raise
        except (BadZipFile, NotImplementedError, ValueError, OSError) as error:
            self.folder.cleanup()
            raise BringInRefused(
                [_("The archive is damaged or no zip file. Pack the files anew.")]
            ) from error
        self.by_last_part = _by_last_part(self.members)
        return self

    def __exit__(self, *_error):
        self.archive.close()
        self.folder.cleanup()

    def take(self, name):
        """Unpack a file by its name, with or without its folder. Raises NotTaken with a translated sentence."""
        path = self._path_of(name)
        place = Path(self.folder.name) / str(len(self.asked_for))
        unpacked, member = self.asked_for.setdefault(path, place), self.members[path]
        if member.file_size > self.limits.max_mb * MEGABYTE:
            raise NotTaken(
                _("The file is larger than %(most)d MB. Make it smaller, or upload a part of it.")
                % {"most": self.limits.max_mb}
            )
        if not unpacked.exists():
            _unpack(self.archive, member, unpacked)
        kind = accepted_kind(unpacked, self.limits)
        return PackedFile(
            name=clean_name(path, kind),
            kind=kind,
            size=member.file_size,
            sha256=sha256_of(unpacked),
            path=unpacked,
        )

    def not_asked_for(self):
        """Names of files no row names."""
        return sorted(set(self.members) - set(self.asked_for))

    def _path_of(self, name):
        path = plain_name(name)
        if path in self.members:
            return path
        found = self.by_last_part.get(path.casefold(), [])
        if len(found) == 1:
            return found[0]
        sentence = _("The archive holds no file of this name: %(name)s. Write its name as it is there.")
        if found:
            sentence = _("Several files of the archive have the name %(name)s. Write the folder before it.")
        raise NotTaken(sentence % {"name": name[:100]})


class NoFiles:
    """In place of an archive, when there is none."""

    def take(self, name):
        raise NotTaken(
            _("The row names the file %(name)s, but no archive was given. Give a zip file with the files.")
            % {"name": name[:100]}
        )

    def not_asked_for(self):
        return []


def _by_last_part(members):
    found = {}
    for path in members:
        found.setdefault(path.rsplit("/", 1)[-1].casefold(), []).append(path)
    return found


def _unpack(archive, member, target):
    """Write the file; never more bytes than the archive says it has."""
    left = member.file_size
    try:
        with archive.open(member) as source, target.open("wb") as out:
            while piece := source.read(PIECE):
                left -= len(piece)
                if left < 0:
                    raise BadZipFile
                out.write(piece)
    except (BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as error:
        target.unlink(missing_ok=True)
        raise NotTaken(_("The file is damaged in the archive. Pack it anew.")) from error
    if left:
        target.unlink(missing_ok=True)
        raise NotTaken(_("The file is damaged in the archive. Pack it anew."))
