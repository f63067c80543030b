"""Deciding on one entry, from its page."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.screening.correction import return_entry, take_back_entry
from competitions.actions.screening.decisions import accept_entry, disqualify_entry
from competitions.actions.screening.notes import add_note
from competitions.actions.screening.opening import is_sealed
from competitions.forms.screening import (
    DecisionForm,
    DisqualifyForm,
    NoteForm,
    ReinstateForm,
    ReturnForm,
)
from competitions.states import EntryState
from competitions.views.organise.entry import entry_for, entry_page


@require_POST
def accept(request, slug, pk):
    """A disqualified entry needs a reason and has a form for it; any other is accepted by a button."""
    competition, row = entry_for(request, slug, pk)
    done = _("The entry is accepted.")
    if row.state == EntryState.DISQUALIFIED:
        form, name = ReinstateForm(request.POST, auto_id="reinstate_%s"), "reinstate_form"
    else:
        form, name = DecisionForm(request.POST), "bare_form"
    return _decide(request, competition, row, form, accept_entry, name=name, done=done)


@require_POST
def disqualify(request, slug, pk):
    competition, row = entry_for(request, slug, pk)
    form = DisqualifyForm(request.POST, auto_id="disqualify_%s")
    done = _("The entry is disqualified.")
    return _decide(request, competition, row, form, disqualify_entry, name="disqualify_form", done=done)


@require_POST
def give_back(request, slug, pk):
    competition, row = entry_for(request, slug, pk)
    form = ReturnForm(request.POST, auto_id="return_%s")
    done = _("The entry is returned. Its entrant is told what to correct and until when.")
    return _decide(request, competition, row, form, return_entry, name="return_form", done=done)


@require_POST
def take_back(request, slug, pk):
    competition, row = entry_for(request, slug, pk)
    done = _("The entry is taken back from correction and waits for your decision.")
    form = DecisionForm(request.POST)
    return _decide(request, competition, row, form, take_back_entry, name="bare_form", done=done)


def _decide(request, competition, row, form, act, *, name, done):
    """Do it and go back to the entry in its list, or show what was typed with the reason why not."""
    if form.is_valid():
        try:
            act(row, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return _back(request, row)
    row.refresh_from_db(fields=["state", "decided_by", "decided_at", "decision_reason", "correction_due"])
    return entry_page(request, competition, row, refused=(name, form), status=422)


@require_POST
def note(request, slug, pk):
    competition, row = entry_for(request, slug, pk)
    form = NoteForm(request.POST, auto_id="note_%s")
    if is_sealed(competition, at=now()):
        messages.error(request, _("Notes are written once the contents are open."))
        return _back(request, row)
    if form.is_valid():
        try:
            add_note(row, **form.cleaned_data, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The note is kept."))
            return _back(request, row)
    return entry_page(request, competition, row, refused=("note_form", form), status=422)


def _back(request, row):
    address = reverse("competitions:organise_entry", args=[row.competition.slug, row.pk])
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)
