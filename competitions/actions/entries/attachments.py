"""Files of an entry: received in pieces, refused or kept, removed. The bytes are in competitions/entry_files.py."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError
from sqlalchemy.exc import SQLAlchemyError

from accounts import audit
from competitions.actions.entries.moves import lock_changeable
from competitions.entry_files import (
    MEGABYTE,
    append,
    part_path,
    remove_bytes,
    remove_part,
    sha256_of,
    store,
)
from competitions.errors import CompetitionError
from competitions.examination import waiting
from competitions.files.errors import NotTaken
from competitions.files.kinds import kind_of
from competitions.files.names import clean_name
from competitions.models import Attachment, FormField, Snapshot
from competitions.tasks import examine_attachment

log = logging.getLogger(__name__)
LARGEST_PIECE = 5 * MEGABYTE
ABANDONED_AFTER = timedelta(days=2)
SETTLED_AFTER = timedelta(seconds=30)  # the message of a fresh file is on its way
State = Attachment.State


class FileLimit(CompetitionError):
    """The file is too large, one too many, or a piece is."""


class WrongOffset(CompetitionError):
    """The piece does not begin where the last one ended; `offset` is where it did."""

    def __init__(self, message, offset):
        self.offset = offset
        super().__init__(message)


@transaction.atomic
def begin_upload(entry, *, id, name, size, field="", by):
    """Note that a file will come in pieces; the same id again is the same upload.

    Raises TooEarly, TooLate, IllegalMove, FileLimit, CompetitionError.
    """
    competition, entry = lock_changeable(entry)
    known = Attachment.objects.filter(pk=id).first()
    if known:
        if known.entry_id != entry.pk or known.size != size or known.removed_at:
            raise CompetitionError(_("This upload was already used for another file. Choose the file anew."))
        return known
    if field and not FormField.objects.filter(competition=competition, code=field, kind="file").exists():
        raise CompetitionError(_("The call does not ask for this file. Open the entry form anew."))
    _require_room(entry, competition.files_record, size=size)
    return Attachment.objects.create(
        id=id,
        entry=entry,
        field=field,
        name=clean_name(name),
        size=size,
        uploaded_by=by,
        started_at=competition.arrived_at,
    )


def _require_room(entry, limits, *, size):
    kept = entry.attachments.kept().aggregate(number=Count("pk"), bytes=Sum("size", default=0))
    if size < 1:
        raise FileLimit(_("The file is empty. Choose another one."))
    if kept["number"] >= limits.most:
        raise FileLimit(
            _("An entry takes at most %(most)d files. Remove one before you add another.")
            % {"most": limits.most}
        )
    if size > limits.max_mb * MEGABYTE:
        raise FileLimit(
            _("The file is larger than %(most)d MB. Make it smaller, or upload a part of it.")
            % {"most": limits.max_mb}
        )
    if kept["bytes"] + size > limits.total_mb * MEGABYTE:
        raise FileLimit(
            _("All files together may have %(most)d MB. Make this one smaller, or remove another.")
            % {"most": limits.total_mb}
        )


def receive(attachment, *, offset, data, by):
    """Append a piece; with the last byte the file is kept, or refused with the reason in `refusal`.

    Raises WrongOffset, FileLimit, TooLate, IllegalMove, CompetitionError.
    """
    if len(data) > LARGEST_PIECE:
        raise FileLimit(_("The piece is larger than 5 MB. Send smaller ones."))
    with transaction.atomic():
        return _receive(attachment, offset=offset, data=data, by=by)


def _receive(attachment, *, offset, data, by):
    competition, entry = lock_changeable(attachment.entry)
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if attachment.removed_at:
        raise CompetitionError(_("This file was removed. Choose it anew to upload it again."))
    if offset != attachment.received or attachment.state != State.RECEIVING:
        raise WrongOffset(
            _("The server already has %(bytes)d bytes of the file. Go on from there.")
            % {"bytes": attachment.received},
            attachment.received,
        )
    if offset + len(data) > attachment.size:
        raise FileLimit(_("The file has more bytes than it was announced with. Choose it anew."))
    append(attachment, data)
    attachment.received += len(data)
    if attachment.received < attachment.size:
        attachment.save(update_fields=["received"])
    else:
        _finish(attachment, competition, by=by, about=entry.entrant)
    return attachment


def _finish(attachment, competition, *, by, about):
    path = part_path(attachment)
    attachment.finished_at = competition.arrived_at
    attachment.sha256 = sha256_of(path)
    try:
        attachment.kind = accepted_kind(path, competition.files_record)
        attachment.name = clean_name(attachment.name, attachment.kind)
        attachment.state, attachment.path = State.READY, store(path, attachment)
    except NotTaken as reason:
        attachment.state, attachment.refusal = State.REFUSED, str(reason)
        attachment.erased_at = competition.arrived_at
    attachment.save()
    verb = "attachment.received" if attachment.state == State.READY else "attachment.refused"
    audit.record(verb, by=by, target=attachment, about=about, sha256=attachment.sha256, kind=attachment.kind)
    transaction.on_commit(lambda: remove_part(attachment))
    if attachment.state == State.READY:
        transaction.on_commit(lambda: send(attachment.pk))


def accepted_kind(path, limits):
    """Return the kind of a file. Raises NotTaken with a translated sentence."""
    try:
        with path.open("rb") as file:
            kind = kind_of(file)
    except NotTaken as reason:
        raise NotTaken(_(str(reason))) from reason
    if kind not in limits.kinds:
        raise NotTaken(
            _("The call takes no %(kind)s files. It takes: %(kinds)s.")
            % {"kind": kind, "kinds": ", ".join(limits.kinds)}
        )
    return kind


@transaction.atomic
def remove_attachment(attachment, *, by):
    """Take the file out of the draft. Its bytes go too, unless something handed in holds it."""
    competition, entry = lock_changeable(attachment.entry)
    attachment = Attachment.objects.select_for_update().get(pk=attachment.pk)
    if not attachment.removed_at:
        take_out(attachment, at=competition.arrived_at)
        audit.record("attachment.removed", by=by, target=attachment, about=entry.entrant)
    return attachment


def take_out(attachment, *, at):
    attachment.removed_at = at
    if not _is_handed_in(attachment):
        attachment.erased_at, attachment.text, attachment.findings = at, "", []
        transaction.on_commit(lambda: remove_bytes(attachment))
        transaction.on_commit(lambda: remove_part(attachment))
    attachment.save(update_fields=["removed_at", "erased_at", "text", "findings"])


def _is_handed_in(attachment):
    held = {"files": [{"id": str(attachment.pk)}]}
    return Snapshot.objects.filter(entry_id=attachment.entry_id, content__contains=held).exists()


def send(attachment_id):
    """Send the hint. When the broker is away, the clock sends it later."""
    try:
        examine_attachment.delay(str(attachment_id))
    except (OperationalError, SQLAlchemyError):
        log.warning("The broker did not take file %s; the clock will send it again.", attachment_id)


def resend_unexamined():
    at = timezone.now()
    for each in waiting(at).filter(finished_at__lt=at - SETTLED_AFTER).values_list("pk", flat=True)[:100]:
        send(each)


def remove_abandoned():
    """Forget uploads that ended halfway two days ago."""
    at = timezone.now()
    begun = Attachment.objects.filter(state=State.RECEIVING, started_at__lt=at - ABANDONED_AFTER)
    with translation.override(settings.LANGUAGE_CODE):
        refusal = _("The upload was not finished within two days. Choose the file anew.")
    for each in begun:
        if begun.filter(pk=each.pk).update(state=State.REFUSED, refusal=refusal, erased_at=at):
            remove_part(each)
