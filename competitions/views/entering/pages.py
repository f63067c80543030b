"""The pages on which an entry is written or read."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from competitions.actions.entries.eligibility import findings_of
from competitions.actions.entries.frozen import is_changed_since_submission
from competitions.actions.entries.window import deadline_of
from competitions.models import TeamMember
from competitions.states import EntryState
from competitions.views.entering.files import files_context
from competitions.views.entering.parts import shown_state
from competitions.views.entering.standing import standing_of
from competitions.views.entry_shown import Shown, shown
from competitions.views.results.certificates import own_of

DECLARED_HERE = {"no_district", "no_birth_year"}  # fields of the same step, marked as required


def entry_page(request, form, *, competition, entry=None, status=200, start="", **context):
    """The form with its steps. start: the step it opens at; else the one with a fault, or the first unfinished."""
    track = _track_of(form)
    context |= status_of(entry) | {
        "form": form,
        "competition": competition,
        "entry": entry,
        "leader": entry.entrant if entry else request.user,
        "deadline": deadline_of(competition, track),
        "kept_as": kept_as(request.user, competition, entry),
        "start": start or ("" if form.errors else form.current_step),
        "findings": _findings(competition, request.user, entry),
        "members": _members(entry),
    }
    if entry:
        context |= files_context(entry, call=form.call, track=track) | standing_of(entry)
    return render(request, "competitions/enter.html", context, status=status)


def status_of(entry):
    """What the line above the form says."""
    is_submitted = bool(entry) and entry.state == EntryState.SUBMITTED
    return {
        "is_submitted": is_submitted,
        "is_changed": is_submitted and is_changed_since_submission(entry),
        "is_returned": bool(entry) and entry.state == EntryState.RETURNED,
    }


def kept_as(user, competition, entry):
    """Under which name the browser keeps what could not be sent; "new" becomes the number of the entry."""
    return f"entry:{user.pk}:{competition.pk}:{entry.pk if entry else 'new'}"


def read_page(request, entry):
    """What counts as it was handed in; a draft that was never submitted, to copy from."""
    content = entry.snapshot.content if entry.snapshot else entry.draft
    context = {
        "entry": entry,
        "competition": entry.competition,
        "content": content,
        "shown": shown(entry) if entry.snapshot else Shown(case={}, prompts=[]),
        "state": shown_state(entry),
        "never_submitted": entry.state == EntryState.DRAFT,
        **standing_of(entry),
        "certificate": own_of(entry, request.user) if entry.state == EntryState.AWARDED else None,
    }
    return render(request, "competitions/entry.html", context)


def _track_of(form):
    code = form["track"].value() if "track" in form.fields else None
    return next((track for track in form.tracks if track.code == code), None)


def _findings(competition, user, entry):
    """Limits of the call that the leader does not meet, as sentences; a member's own were held up on accepting."""
    if entry and entry.entrant_id != user.pk:
        return []
    declared = entry.declared if entry else {}
    found = findings_of(competition, user, declared)
    return [each.text(_) for each in found if each.code not in DECLARED_HERE]


def _members(entry):
    """Names of who takes part besides the leader."""
    if entry is None:
        return []
    rows = entry.members.filter(state=TeamMember.State.ACCEPTED).exclude(user=entry.entrant_id)
    return [str(row.user) for row in rows.select_related("user")]
