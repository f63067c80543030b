"""What is posted from the form of an entry: a save, a submission, or one more row."""

from django.shortcuts import redirect
from django.utils.timezone import now

from accounts.errors import Refusal
from accounts.requests import wants_json
from casebook.content import ContentRefused
from competitions.actions.entries.drafts import StaleEntry, save_draft
from competitions.actions.entries.submissions import save_and_submit
from competitions.views.entering.pages import entry_page
from competitions.views.entering.parts import form_of
from competitions.views.entering.saving import refused, saved, stale

MORE = {"add-prompt": "prompt_count", "add-task": "task_count"}


def write(request, competition, *, entry=None):
    act = request.POST.get("act")
    if act in MORE:
        return _one_more(request, competition, entry=entry, count=MORE[act])
    form = form_of(request, competition, entry=entry, data=request.POST)
    try:
        if act == "submit":
            return _submitted(request, form, competition=competition, entry=entry)
        if form.is_valid() and form.check_savable():
            return saved(request, _save(request, form, competition=competition, entry=entry))
    except StaleEntry as other:
        return stale(request, form, other, competition=competition)
    except ContentRefused as problems:
        form.refuse(problems.problems)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return refused(request, form, competition=competition, entry=entry)


def _submitted(request, form, *, competition, entry):
    """Save and hand in at once. What cannot be handed in is saved all the same, and its faults are said."""
    storable = form.is_valid()
    if form.check_finished():
        try:
            values = _words(request, form, entry=entry)
            snapshot = save_and_submit(competition, form.content, consents=form.given_consents, **values)
            return redirect("competitions:receipt", snapshot.entry_id)
        except StaleEntry:
            raise
        except ContentRefused as problems:
            form.refuse(problems.problems)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    kept = _kept(request, form, competition=competition, entry=entry) if storable else None
    if kept:
        form.continue_from(kept.revision)
    return refused(request, form, competition=competition, entry=kept or entry, saved_unfinished=bool(kept))


def _kept(request, form, *, competition, entry):
    """Save what could not be handed in; None when that is refused as well, for the reason said already."""
    try:
        return _save(request, form, competition=competition, entry=entry)
    except StaleEntry:
        raise
    except ContentRefused as problems:
        form.refuse(problems.problems)
    except Refusal as refusal:
        if str(refusal) not in form.non_field_errors():
            form.add_error(None, str(refusal))
    return None


def _save(request, form, *, competition, entry):
    return save_draft(
        competition,
        form.content,
        is_automatic=wants_json(request),
        **_words(request, form, entry=entry),
    )


def _words(request, form, *, entry):
    return {
        "by": request.user,
        "at": now(),
        "track": form.chosen_track,
        "team": form.cleaned_data["team"],
        "declared": form.declared,
        "idempotency_key": form.cleaned_data["idempotency_key"],
        "entry": entry,
        "revision": form.cleaned_data["revision"] or 0,
    }


def _one_more(request, competition, *, entry, count):
    data = request.POST.copy()
    form = form_of(request, competition, entry=entry, data=data)
    data[count] = str(getattr(form, count) + 1)
    form = form_of(request, competition, entry=entry, data=data, call=form.call)
    start = "prompts" if count == "prompt_count" else "case"
    return entry_page(request, form, competition=competition, entry=entry, start=start, is_unsaved=True)
