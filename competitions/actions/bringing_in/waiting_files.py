"""A table and its archive between the look at them and the confirmation: kept a day at most, under a signed name."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing
from django.utils.translation import gettext as _

from competitions.errors import CompetitionError

SALT = "competitions.entries_to_bring_in"
DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFiles:
    """folder: holds "table" and perhaps "archive". state: of the entries, once they are in."""

    folder: Path
    ending: str
    state: str

    @property
    def archive(self):
        path = self.folder / "archive"
        return path if path.exists() else None

    def table(self):
        return (self.folder / "table").read_bytes()

    def remove(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(competition, *, by, table, archive, state):
    """Write both files; return the signed name that brings them back to this person, for this competition."""
    name = uuid4().hex
    folder = _root() / name
    folder.mkdir(parents=True, mode=0o700)
    for each, part in (("table", table), ("archive", archive)):
        if part:
            with (folder / each).open("wb") as out:
                part.seek(0)
                shutil.copyfileobj(part, out)
    told = {
        "name": name,
        "competition": competition.pk,
        "by": by.pk,
        "ending": Path(table.name).suffix.lower()[:10],
        "state": state,
    }
    return signing.dumps(told, salt=SALT)


def kept(signed, competition, *, by):
    """Return the WaitingFiles of a signed name. Raises CompetitionError when they are not there any more."""
    gone = CompetitionError(_("The file is no longer kept here. Choose it again."))
    try:
        told = signing.loads(signed, salt=SALT, max_age=DAY)
    except signing.BadSignature as error:
        raise gone from error
    folder = _root() / UUID(told["name"]).hex
    if (told["competition"], told["by"]) != (competition.pk, by.pk) or not (folder / "table").exists():
        raise gone
    return WaitingFiles(folder=folder, ending=told["ending"], state=told["state"])


def remove_old(*, before):
    """Remove what waits longer than since a moment (seconds since 1970)."""
    for folder in _root().glob("*"):
        if folder.stat().st_mtime < before:
            shutil.rmtree(folder, ignore_errors=True)


def _root():
    """Beside the pieces of uploads, in a folder all web processes share."""
    return Path(settings.UPLOADS_DIR) / "tables"
