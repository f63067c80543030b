"""Files of an entry, spoken to by static/js/upload.js in JSON, and by a plain form where there is no script."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.entries.attachments import (
    LARGEST_PIECE,
    FileLimit,
    WrongOffset,
    begin_upload,
    receive,
    remove_attachment,
)
from competitions.actions.entries.clean_copies import replace_with_clean_copy
from competitions.entry_files import storage
from competitions.errors import CompetitionError
from competitions.models import Attachment, Entry
from competitions.permissions import can_change_entry

MOST_DIGITS = 15


@require_POST
def begin(request, pk):
    entry = _changeable(request, pk)
    try:
        attachment = begin_upload(entry, by=request.user, **_announced(request.POST))
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse({"id": str(attachment.pk), "offset": attachment.received}, status=201)


def _announced(given):
    try:
        key = UUID(given["id"]) if given.get("id") else uuid4()
    except ValueError as error:
        raise CompetitionError(_("The number of the upload is not valid. Choose the file anew.")) from error
    return {
        "id": key,
        "name": given.get("name", ""),
        "size": _whole(given.get("size")),
        "field": given.get("field", "")[:50],
    }


def _whole(text):
    text = text or ""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise CompetitionError(_("The size of the file is missing. Choose the file anew."))
    return int(text)


@never_cache
@require_http_methods(["GET", "HEAD", "PUT"])
def piece(request, pk, file):
    """GET tells how far the file is, PUT appends a piece."""
    if request.method != "PUT":
        return JsonResponse(_status(_visible(request, pk, file)))
    attachment = _own(request, pk, file)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_PIECE:
        return _refused(FileLimit(_("The piece is larger than 5 MB. Send smaller ones.")))
    try:
        offset = _whole(request.GET.get("offset"))
        attachment = receive(attachment, offset=offset, data=request.body, by=request.user)
    except Refusal as refusal:
        return _refused(refusal)
    return JsonResponse(_status(attachment), status=422 if attachment.refusal else 200)


@require_safe
def content(request, pk, file):
    """The file itself, for those of the entry; a browser never shows it as a page of this site."""
    attachment = _visible(request, pk, file)
    if not attachment.path or attachment.erased_at or not storage().exists(attachment.path):
        raise Http404
    opened = storage().open(attachment.path)
    response = FileResponse(
        opened, as_attachment=True, filename=attachment.name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
def remove(request, pk, file):
    attachment = _own(request, pk, file)
    try:
        remove_attachment(attachment, by=request.user)
    except Refusal as refusal:
        return _told(request, attachment.entry, refusal)
    return _told(request, attachment.entry, _("The file is removed."))


@require_POST
def clean(request, pk, file):
    attachment = _own(request, pk, file)
    try:
        replace_with_clean_copy(attachment, by=request.user)
    except Refusal as refusal:
        return _told(request, attachment.entry, refusal)
    return _told(request, attachment.entry, _("The file is replaced by a copy without these details."))


@require_POST
def form(request, pk):
    """One file in one request, for browsers without script."""
    entry = _changeable(request, pk)
    given = request.FILES.get("file")
    if given is None:
        return _told(request, entry, CompetitionError(_("Choose a file first.")))
    try:
        attachment = _received(request, entry, given)
    except Refusal as refusal:
        return _told(request, entry, refusal)
    if attachment.refusal:
        return _told(request, entry, CompetitionError(attachment.refusal))
    return _told(request, entry, _("The file is received."))


@transaction.atomic
def _received(request, entry, given):
    field = request.POST.get("field", "")[:50]
    attachment = begin_upload(
        entry, id=uuid4(), name=given.name, size=given.size, field=field, by=request.user
    )
    for data in given.chunks(LARGEST_PIECE):
        attachment = receive(attachment, offset=attachment.received, data=data, by=request.user)
    return attachment


def _changeable(request, pk):
    entry = get_object_or_404(Entry.objects.visible_to(request.user).select_related("competition"), pk=pk)
    require(can_change_entry(request.user, entry))
    return entry


def _visible(request, pk, file):
    entries = Entry.objects.visible_to(request.user).filter(pk=pk)
    files = Attachment.objects.filter(entry__in=entries).select_related("entry").defer("text")
    return get_object_or_404(files, pk=file)


def _own(request, pk, file):
    attachment = _visible(request, pk, file)
    require(can_change_entry(request.user, attachment.entry))
    return attachment


def _status(attachment):
    state = "removed" if attachment.removed_at else attachment.state
    return {
        "id": str(attachment.pk),
        "received": attachment.received,
        "size": attachment.size,
        "state": state,
        "examination": attachment.examination,
        "problem": attachment.refusal,
    }


def _refused(refusal):
    """413 too large or too many, 409 another offset, 422 anything else; always with a sentence."""
    told = {"problem": str(refusal)}
    if isinstance(refusal, WrongOffset):
        return JsonResponse(told | {"received": refusal.offset}, status=409)
    return JsonResponse(told, status=413 if isinstance(refusal, FileLimit) else 422)


def _told(request, entry, answer):
    """Back to the entry with a message; in JSON where the script asked."""
    is_refusal = isinstance(answer, Refusal)
    if "json" in request.headers.get("Accept", ""):
        return _refused(answer) if is_refusal else JsonResponse({"done": answer})
    (messages.error if is_refusal else messages.success)(request, str(answer))
    return redirect(entry)
