"""One entry as its organiser reads it, and looking at what is kept closed: sealed contents, who entered."""

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Refusal
from competitions.actions.screening.opening import is_sealed, open_early, see_contact
from competitions.entry_files import storage
from competitions.forms.screening import ContactForm, NoteForm, OpenForm
from competitions.models import Attachment
from competitions.states import EntryState
from competitions.views.organise.content import answers_of, content_of, files_of
from competitions.views.organise.entries import can_be_screened
from competitions.views.organise.entry_filters import flag_words
from competitions.views.organise.entry_list import handed_in
from competitions.views.organise.entry_parts import (
    decision_forms,
    eligibility_of,
    history_of,
    similar_of,
    walk_of,
)
from competitions.views.organise.parts import managed, page_of


@require_safe
def entry(request, slug, pk):
    return entry_page(request, *entry_for(request, slug, pk))


def entry_for(request, slug, pk):
    """(competition, entry) for its organiser; 404 for drafts and entries of others."""
    competition = managed(request, slug)
    joined = ("track", "snapshot", "decided_by", "entrant__department")
    row = get_object_or_404(handed_in(competition).select_related(*joined), pk=pk)
    row.competition = competition
    return competition, row


def entry_page(request, competition, row, *, status=200, refused=None, opened=False, **context):
    """refused: (name, form) of a form that was not taken. opened: whether the sealed entry is shown this once."""
    at = now()
    sealed = is_sealed(competition, at=at)
    context |= {"entry": row, "sealed": sealed, "walk": walk_of(request, competition, row, sealed=sealed)}
    if sealed:
        context |= {"open_form": OpenForm()} | (dict([refused]) if refused else {})
        context["content"] = content_of(row) if opened and row.state != EntryState.WITHDRAWN else None
    else:
        context |= _whole(request, competition, row, at=at, refused=refused)
        context |= {"contact_form": ContactForm(auto_id="contact_%s")} | context
    page = page_of(competition, "organise_entries", at=at, **context)
    return render(request, "competitions/organise/entry.html", page, status=status)


def _whole(request, competition, row, *, at, refused):
    is_withdrawn = row.state == EntryState.WITHDRAWN
    return {
        "content": None if is_withdrawn else content_of(row),
        "answers": [] if is_withdrawn else answers_of(row, personal=False),
        "files": [] if is_withdrawn else files_of(row),
        "flag_words": flag_words(row.flags),
        "similar": similar_of(row, request.user, at=at),
        "limits": eligibility_of(competition, row),
        "versions": list(row.snapshots.defer("content").order_by("-number")),
        "notes": list(row.notes.select_related("by")),
        "history": history_of(row),
        "note_form": NoteForm(auto_id="note_%s"),
        "is_overdue": row.state == EntryState.RETURNED and row.correction_due <= at,
        "was_corrected": row.state == EntryState.SUBMITTED and row.correction_due is not None,
        **decision_forms(row, can_screen=can_be_screened(competition, at=at), refused=refused),
    }


@require_POST
@never_cache
def open_sealed(request, slug, pk):
    """Show a sealed entry in this answer only; who entered sees that it was opened."""
    competition, row = entry_for(request, slug, pk)
    form = OpenForm(request.POST)
    if form.is_valid():
        try:
            open_early(row, reason=form.cleaned_data["reason"], by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return entry_page(request, competition, row, opened=True)
    return entry_page(request, competition, row, refused=("open_form", form), status=422)


@require_POST
@never_cache
def contact(request, slug, pk):
    """Show who entered, in this answer only. Looking is recorded with its purpose."""
    competition, row = entry_for(request, slug, pk)
    form = ContactForm(request.POST, auto_id="contact_%s")
    if form.is_valid():
        try:
            people = see_contact(row, **form.cleaned_data, by=request.user)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            personal = answers_of(row, personal=True)
            return entry_page(request, competition, row, people=people, personal=personal)
    return entry_page(request, competition, row, contact_form=form, status=422)


@require_safe
@never_cache
def file(request, slug, pk, file):
    """A file of what was handed in. A browser never shows it as a page of this site."""
    competition, row = entry_for(request, slug, pk)
    if is_sealed(competition, at=now()) or row.state == EntryState.WITHDRAWN:
        raise Http404
    attachment = next((each for each in files_of(row) if each.pk == file), None)
    if attachment is None or not attachment.path:
        raise Http404
    if attachment.virus == Attachment.Virus.FOUND or attachment.erased_at:
        messages.error(request, attachment.trouble)
        return redirect("competitions:organise_entry", slug, pk)
    if not storage().exists(attachment.path):
        raise Http404
    opened = storage().open(attachment.path)
    response = FileResponse(
        opened, as_attachment=True, filename=attachment.name, content_type="application/octet-stream"
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
