"""Challenging a judge, for who entered: by the name they know, because the committee is not public."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.conflicts.challenges import (
    answers_to,
    challenge_judge,
    challenges_of,
    conflicts_from,
    refuse_challenging,
)
from competitions.forms.conflicts import ChallengeForm
from competitions.models import Entry


def challenge(request, pk):
    entry = get_object_or_404(Entry.objects.visible_to(request.user).select_related("competition"), pk=pk)
    closed = _why_closed(entry)
    form = ChallengeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            challenge_judge(entry, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Your challenge is with the organiser. You are told what becomes of it.")
            )
            return redirect("competitions:challenge", pk)
    context = {
        "entry": entry,
        "competition": entry.competition,
        "closed": closed,
        "form": form,
        "rows": _sent(entry),
    }
    status = 422 if form.is_bound else 200
    return render(request, "competitions/entering/challenge.html", context, status=status)


def _why_closed(entry):
    try:
        refuse_challenging(entry)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _sent(entry):
    """[{"note", "state", "answer"}] of what was sent before. Three queries."""
    notes = list(challenges_of(entry.competition).filter(entry=entry))
    answers, conflicts = answers_to(notes), conflicts_from(notes)
    rows = []
    for note in notes:
        conflict, answer = conflicts.get(note.pk), answers.get(note.pk)
        told = conflict.decision if conflict else answer.text if answer else ""
        rows.append({"note": note, "state": conflict.state if conflict else "", "answer": told})
    return rows
