"""The files of entries brought in, put into the private storage; gone again when the entries do not come in."""

from contextlib import contextmanager

from django.db import transaction

from competitions.actions.entries.attachments import send
from competitions.entry_files import storage, store
from competitions.models import Attachment


@contextmanager
def kept_bytes():
    """Yield a list for stored attachments, whose bytes are removed when the block fails."""
    kept = []
    try:
        yield kept
    except BaseException:
        for attachment in kept:
            storage().delete(f"{attachment.entry_id}/{attachment.pk}")
        raise


def attachments_of(entry, files, *, by, at, keep):
    """Return the attachments of an entry, not yet in the database, their bytes in the storage.

    files: [(code of its question, PackedFile)]. A worker looks for viruses, metadata and text afterwards.
    """
    attachments = []
    for field, file in files:
        attachment = Attachment(
            entry=entry,
            field=field,
            name=file.name,
            kind=file.kind,
            size=file.size,
            received=file.size,
            sha256=file.sha256,
            state=Attachment.State.READY,
            uploaded_by=by,
            started_at=at,
            finished_at=at,
        )
        keep.append(attachment)
        attachment.path = store(file.path, attachment)
        transaction.on_commit(lambda pk=attachment.pk: send(pk))
        attachments.append(attachment)
    return attachments
