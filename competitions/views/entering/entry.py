"""Writing an entry. Each page answers a refusal with the page itself, so that nothing typed is lost."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.permissions import require
from casebook.content import ContentRefused
from competitions.actions.entries.drafts import StaleEntry, save_draft, withdraw_entry
from competitions.actions.entries.submissions import submit_entry
from competitions.actions.entries.window import require_open
from competitions.entry_content import changed_since_submission
from competitions.errors import CompetitionError
from competitions.forms.entry import KEPT_ENTRY, EntryForm
from competitions.models import Competition, Entry
from competitions.permissions import can_change_entry, can_enter, can_lead_entry
from competitions.states import ENTRY_MOVES, EntryState
from competitions.views.entering.parts import differences, own_entry, shown_state

MORE = {"add-prompt": "prompt_count", "add-task": "task_count"}


@public  # an ended session must not lose the text, so the login is asked for here
def enter(request, slug):
    if not request.user.is_authenticated:
        return KEPT_ENTRY.ask_login(request, request.get_full_path())
    competition = get_object_or_404(Competition.objects.visible_to(request.user), slug=slug)
    require(can_enter(request.user, competition))
    if request.method == "POST":
        return _write(request, competition)
    kept = KEPT_ENTRY.take(request)
    entry = own_entry(request.user, competition)
    if entry and not kept:
        return redirect(entry)
    try:
        require_open(competition, at=now())
    except CompetitionError as error:
        if not kept:
            messages.error(request, str(error))
            return redirect(competition)
    return _page(request, _form(request, competition, data=kept), competition=competition)


@public
def entry(request, pk):
    if not request.user.is_authenticated:
        return KEPT_ENTRY.ask_login(request, request.get_full_path())
    entry = get_object_or_404(_own_entries(request.user), pk=pk)
    require(can_change_entry(request.user, entry))
    if request.method == "POST":
        return _write(request, entry.competition, entry=entry)
    kept = KEPT_ENTRY.take(request)
    if not kept and not _can_be_written(entry):
        return _read_only(request, entry)
    form = _form(request, entry.competition, entry=entry, data=kept)
    return _page(request, form, competition=entry.competition, entry=entry)


def withdraw(request, pk):
    entry = get_object_or_404(_own_entries(request.user), pk=pk)
    require(can_lead_entry(request.user, entry))
    if request.method != "POST":
        context = {"entry": entry, "can_withdraw": _can_be_written(entry)}
        return render(request, "competitions/withdraw.html", context)
    try:
        withdraw_entry(entry, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(entry)
    messages.success(request, _("The entry is withdrawn. Until the deadline you may start a new one."))
    return redirect("competitions:my_entries")


def _own_entries(user):
    return Entry.objects.visible_to(user).select_related("competition", "track", "snapshot")


def _can_be_written(entry):
    return entry.state in ENTRY_MOVES["submit"][0] and entry.competition.is_open(now())


def _form(request, competition, *, entry=None, data=None):
    return EntryForm(data, writer=request.user, tracks=list(competition.tracks.all()), entry=entry)


def _write(request, competition, *, entry=None):
    act = request.POST.get("act")
    if act in MORE:
        return _one_more(request, competition, entry=entry, count=MORE[act])
    form = _form(request, competition, entry=entry, data=request.POST)
    saved = None
    try:
        saved = _save(request, form, competition=competition, entry=entry, act=act)
        if saved and act != "submit":
            messages.success(request, _saved_sentence(saved))
            return redirect(saved)
        if saved and not form.errors:
            submit_entry(saved, by=request.user, consents=form.given_consents)
            return redirect("competitions:receipt", saved.pk)
    except StaleEntry as stale:
        return _stale(request, form, stale, competition=competition)
    except ContentRefused as refused:
        form.refuse(refused.problems)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    if saved:
        form.continue_from(saved.revision)
    return _page(request, form, competition=competition, entry=saved or entry, saved_unfinished=bool(saved))


def _save(request, form, *, competition, entry, act):
    """Save what is typed; None when it cannot be stored. A submission's faults are noted on the form."""
    storable = form.is_valid()
    if act == "submit":
        form.check_finished()
    if not storable:
        return None
    return save_draft(
        competition,
        form.content,
        by=request.user,
        at=now(),
        track=form.chosen_track,
        team=form.cleaned_data["team"],
        idempotency_key=form.cleaned_data["idempotency_key"],
        entry=entry,
        revision=form.cleaned_data["revision"] or 0,
    )


def _one_more(request, competition, *, entry, count):
    data = request.POST.copy()
    form = _form(request, competition, entry=entry, data=data)
    data[count] = str(getattr(form, count) + 1)
    form = _form(request, competition, entry=entry, data=data)
    return _page(request, form, competition=competition, entry=entry)


def _stale(request, form, stale, *, competition):
    """Show both texts; saving once more replaces what is saved."""
    form.add_error(None, str(stale))
    form.continue_from(stale.entry.revision)
    saved = _form(request, competition, entry=stale.entry)
    return _page(
        request, form, competition=competition, entry=stale.entry, differences=differences(form, saved)
    )


def _page(request, form, *, competition, entry=None, **context):
    context |= {
        "form": form,
        "competition": competition,
        "entry": entry,
        "is_submitted": bool(entry) and entry.state == EntryState.SUBMITTED,
    }
    if context["is_submitted"]:
        context["is_changed"] = changed_since_submission(entry)
    return render(request, "competitions/enter.html", context)


def _read_only(request, entry):
    content = entry.snapshot.content if entry.snapshot else entry.draft
    context = {"entry": entry, "competition": entry.competition, "content": content}
    context |= {"state": shown_state(entry), "never_submitted": entry.state == EntryState.DRAFT}
    return render(request, "competitions/entry.html", context)


def _saved_sentence(entry):
    if entry.state == EntryState.SUBMITTED:
        return _("Saved. What you submitted before still counts: submit again to replace it.")
    return _("Saved as a draft. It is not submitted yet.")
