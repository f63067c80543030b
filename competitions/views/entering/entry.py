"""Writing an entry. Each page answers a refusal with the page itself, so that nothing typed is lost."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.entries.drafts import withdraw_entry
from competitions.actions.entries.slots import can_begin_another
from competitions.actions.entries.window import require_open
from competitions.errors import CompetitionError
from competitions.forms.entry import KEPT_ENTRY
from competitions.models import Entry
from competitions.permissions import can_change_entry, can_enter, can_lead_entry
from competitions.views.entering.pages import entry_page, read_page
from competitions.views.entering.parts import (
    can_be_written,
    competitions_to_enter,
    entries_to_write,
    form_of,
    own_entries,
    shown_state,
)
from competitions.views.entering.saving import signed_out
from competitions.views.entering.writing import write


@public  # an ended session must not lose the text, so the login is asked for here
@never_cache
def enter(request, slug):
    if not request.user.is_authenticated:
        return signed_out(request)
    competition = get_object_or_404(competitions_to_enter(request.user), slug=slug)
    require(can_enter(request.user, competition))
    if request.method == "POST":
        return write(request, competition)
    kept = KEPT_ENTRY.take(request)
    own = list(own_entries(request.user, competition)) if not kept else []
    if own and not ("another" in request.GET and can_begin_another(competition, request.user)):
        return _own(request, competition, own)
    try:
        require_open(competition, at=now())
    except CompetitionError as error:
        if not kept:
            messages.error(request, str(error))
            return redirect(competition)
    form = form_of(request, competition, data=kept)
    return entry_page(request, form, competition=competition, is_unsaved=bool(kept))


def _own(request, competition, own):
    """Lead to the only entry; where a call takes several of one person, list them and offer another."""
    can_begin = competition.is_open(now()) and can_begin_another(competition, request.user)
    if len(own) == 1 and not can_begin:
        return redirect(own[0])
    for entry in own:
        entry.competition = competition
        entry.shown_state = shown_state(entry)
    context = {"competition": competition, "entries": own, "can_begin": can_begin}
    return render(request, "competitions/entering/own.html", context)


@public
@never_cache
def entry(request, pk):
    if not request.user.is_authenticated:
        return signed_out(request)
    entry = get_object_or_404(entries_to_write(request.user), pk=pk)
    require(can_change_entry(request.user, entry))
    if request.method == "POST":
        return write(request, entry.competition, entry=entry)
    kept = KEPT_ENTRY.take(request)
    if not kept and not can_be_written(entry, at=now()):
        return read_page(request, entry)
    form = form_of(request, entry.competition, entry=entry, data=kept)
    return entry_page(request, form, competition=entry.competition, entry=entry, is_unsaved=bool(kept))


def withdraw(request, pk):
    entries = Entry.objects.visible_to(request.user).select_related("competition", "track")
    entry = get_object_or_404(entries, pk=pk)
    require(can_lead_entry(request.user, entry))
    if request.method != "POST":
        context = {"entry": entry, "can_withdraw": can_be_written(entry, at=now())}
        return render(request, "competitions/withdraw.html", context)
    try:
        withdraw_entry(entry, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(entry)
    messages.success(request, _("The entry is withdrawn. Until the deadline you may start a new one."))
    return redirect("competitions:my_entries")
