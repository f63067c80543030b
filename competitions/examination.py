"""What a worker does with a received file: virus scan, metadata, text. The row says what is still to be done."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts import audit
from competitions.entry_files import local_copy, remove_bytes, storage
from competitions.files import sandbox
from competitions.files.virus import ScannerUnavailable, virus_in
from competitions.models import Attachment, EntryFingerprint

log = logging.getLogger(__name__)
SILENT_AFTER = timedelta(minutes=3)  # longer than a scan and a reading may take together
State, Examination, Virus = Attachment.State, Attachment.Examination, Attachment.Virus


def waiting(at):
    """Files nobody examines at the moment."""
    free = Q(checked_at=None) | Q(checked_at__lt=at - SILENT_AFTER)
    return Attachment.objects.filter(free, state=State.READY, examination=Examination.WAITING, erased_at=None)


def examine(attachment_id):
    """Examine the file; returns quietly when it is done, taken or gone. Safe to call twice."""
    at = timezone.now()
    if not waiting(at).filter(pk=attachment_id).update(checked_at=at):
        return
    attachment = Attachment.objects.get(pk=attachment_id)
    try:
        virus = _scan(attachment)
    except ScannerUnavailable as error:
        log.warning("File %s is not scanned yet and will be tried again: %s", attachment.pk, error)
        return
    if virus:
        _refuse(attachment, virus)
    else:
        _read(attachment)


def _scan(attachment):
    if not settings.CLAMD:
        return ""
    with storage().open(attachment.path) as file:
        return virus_in(file, settings.CLAMD)


@transaction.atomic
def _refuse(attachment, virus):
    with translation.override(settings.LANGUAGE_CODE):
        sentence = _("A virus was found in the file (%(virus)s), so it was deleted. Upload a clean file.") % {
            "virus": virus[:100]
        }
    at = timezone.now()
    fields = {"state": State.REFUSED, "virus": Virus.FOUND, "refusal": sentence, "erased_at": at}
    if _finish(attachment, examination=Examination.DONE, **fields):
        audit.record("attachment.virus_found", by=None, target=attachment, virus=virus[:100])
        _compare_again(attachment)
        transaction.on_commit(lambda: remove_bytes(attachment))


def _read(attachment):
    with local_copy(attachment) as path:
        reading = sandbox.read(path, attachment.kind)
    if reading.failure:
        log.warning("File %s could not be read: %s", attachment.pk, reading.failure)
    is_mine = _finish(
        attachment,
        examination=Examination.FAILED if reading.failure else Examination.DONE,
        virus=Virus.CLEAN if settings.CLAMD else Virus.UNSCANNED,
        findings=reading.findings,
        text=reading.text,
    )
    if is_mine and (reading.text or reading.findings or reading.failure):
        _compare_again(attachment)


def _compare_again(attachment):
    """An entry handed in with this file is looked at again, with its text and with what was found in it."""
    EntryFingerprint.objects.filter(entry=attachment.entry_id).delete()


def _finish(attachment, **fields):
    """Write the outcome, unless another worker has taken the file over since."""
    mine = Attachment.objects.filter(
        pk=attachment.pk, checked_at=attachment.checked_at, examination=Examination.WAITING
    )
    return mine.update(**fields | {"checked_at": timezone.now()})
