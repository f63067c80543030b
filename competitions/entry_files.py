"""Where the bytes of files are: pieces in a folder of their own, whole files in the private storage `entries`."""

import hashlib
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files import File
from django.core.files.storage import storages

MEGABYTE = 1024 * 1024


def storage():
    return storages["entries"]


def part_path(attachment):
    """The file that grows with each piece; a folder all web processes share."""
    return Path(settings.UPLOADS_DIR) / str(attachment.pk)


def append(attachment, data):
    """Write a piece at `attachment.received`; what a killed process wrote beyond it is cut off."""
    path = part_path(attachment)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("r+b") as part:
        part.truncate(attachment.received)
        part.seek(attachment.received)
        part.write(data)


def remove_part(attachment):
    part_path(attachment).unlink(missing_ok=True)


def sha256_of(path):
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def store(path, attachment):
    """Put a whole file into the storage; return its path there, which tells neither name nor person."""
    target = f"{attachment.entry_id}/{attachment.pk}"
    storage().delete(target)
    with Path(path).open("rb") as file:
        return storage().save(target, File(file))


def remove_bytes(attachment):
    if attachment.path:
        storage().delete(attachment.path)


@contextmanager
def local_copy(attachment):
    """Yield the path of the file on this machine, wherever the storage is."""
    with NamedTemporaryFile(prefix="attachment-") as copy:
        with storage().open(attachment.path) as file:
            copyfileobj(file, copy)
        copy.flush()
        yield copy.name
