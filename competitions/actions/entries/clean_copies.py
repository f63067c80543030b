"""The same file without what it says about people, in place of the one handed over."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.entries.attachments import accepted_kind, send, take_out
from competitions.actions.entries.moves import lock_changeable
from competitions.entry_files import local_copy, sha256_of, store
from competitions.errors import CompetitionError
from competitions.files import sandbox
from competitions.files.errors import NotTaken
from competitions.models import Attachment


def replace_with_clean_copy(attachment, *, by):
    """Return the new attachment; the old one is removed. Raises TooLate, IllegalMove, CompetitionError."""
    _require_replaceable(attachment)
    with TemporaryDirectory(prefix="clean-") as folder:
        copy = Path(folder) / "copy"
        with local_copy(attachment) as path:
            failure = sandbox.write_clean_copy(path, attachment.kind, str(copy))
        if failure:
            raise CompetitionError(
                _("The copy could not be made. Remove these details in your own program and upload it again.")
            )
        return _replace(attachment, copy, by=by)


def _require_replaceable(attachment):
    if attachment.state != Attachment.State.READY or attachment.removed_at or attachment.erased_at:
        raise CompetitionError(_("This file is no longer part of the entry. Open the page anew."))


@transaction.atomic
def _replace(attachment, copy, *, by):
    competition, entry = lock_changeable(attachment.entry)
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    _require_replaceable(attachment)
    try:
        kind = accepted_kind(copy, competition.files_record)
    except NotTaken as reason:
        raise CompetitionError(str(reason)) from reason
    size = copy.stat().st_size
    clean = Attachment(
        id=uuid4(),
        entry=entry,
        field=attachment.field,
        name=attachment.name,
        kind=kind,
        size=size,
        received=size,
        sha256=sha256_of(copy),
        state=Attachment.State.READY,
        cleaned_from=attachment,
        uploaded_by=by,
        started_at=competition.arrived_at,
        finished_at=competition.arrived_at,
    )
    clean.path = store(copy, clean)
    clean.save(force_insert=True)
    take_out(attachment, at=competition.arrived_at)
    audit.record("attachment.cleaned", by=by, target=clean, about=entry.entrant, sha256=clean.sha256)
    transaction.on_commit(lambda: send(clean.pk))
    return clean
