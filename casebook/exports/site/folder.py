"""A set of files put into a folder or a ZIP."""

import errno
import zipfile
from collections.abc import Mapping
from pathlib import Path

from casebook.content.markers import N_
from casebook.content.problems import Translate

Files = Mapping[str, bytes]
_OURS = ("index.html", "style.css", "book.json")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class FolderInUse(FileExistsError):
    """The folder holds files that are not from an earlier export."""

    msgid = N_("The folder “%(name)s” holds other files. Name an empty or a new folder.")

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(errno.EEXIST, self.text(), name)

    def text(self, translate: Translate = str) -> str:
        return translate(self.msgid) % {"name": self.name}


def write_folder(files: Files, out: Path) -> None:
    """Write all files and remove pages that an earlier export left and this one does not have."""
    if out.exists() and not _is_free(out):
        raise FolderInUse(out.name)
    for name, content in files.items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for folder in ("prompts", "cases"):
        for page in (out / folder).glob("*.html"):
            if f"{folder}/{page.name}" not in files:
                page.unlink()


def write_zip(files: Files, out: Path) -> None:
    """Write the files in the order of their names, without the time and the machine they were made on."""
    part = out.with_name(out.name + ".part")
    with zipfile.ZipFile(part, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 3  # Unix on every machine
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name], zipfile.ZIP_DEFLATED, 6)
    part.replace(out)


def _is_free(out: Path) -> bool:
    return out.is_dir() and (not any(out.iterdir()) or all((out / name).is_file() for name in _OURS))
