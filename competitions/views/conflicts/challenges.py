"""A challenge of a judge as the organiser gets it: find whom it is about, or answer; and closing the vote."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.conflicts.challenge_votes import close_vote
from competitions.actions.conflicts.challenges import (
    answer_challenge,
    answers_to,
    challenges_of,
    conflicts_from,
    put_to_vote,
)
from competitions.forms.conflicts import ChallengeAnswerForm, LinkForm
from competitions.views.conflicts.parts import conflict_rows
from competitions.views.organise.parts import attempt, managed, page_of

TAB = "organise_committee"


def challenge(request, slug, pk):
    """The challenge; sending the form puts it to the vote."""
    competition = managed(request, slug)
    note = get_object_or_404(challenges_of(competition), pk=pk)
    form = LinkForm(request.POST if request.method == "POST" else None, competition=competition)
    if request.method == "POST" and form.is_valid():
        try:
            put_to_vote(note, form.cleaned_data["judge"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The other members are asked to vote, and the entrant is told."))
            return redirect("competitions:organise_conflicts", slug)
    return _page(request, competition, note, link_form=form)


@require_POST
def answer(request, slug, pk):
    competition = managed(request, slug)
    note = get_object_or_404(challenges_of(competition), pk=pk)
    form = ChallengeAnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_challenge(note, form.cleaned_data["text"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entrant is answered."))
            return redirect("competitions:organise_conflicts", slug)
    return _page(request, competition, note, answer_form=form)


@require_POST
def close(request, slug, pk):
    row = get_object_or_404(conflict_rows(managed(request, slug)).select_related("judge__competition"), pk=pk)
    done = _("The vote is closed and decided.")
    attempt(request, lambda: close_vote(row, by=request.user, at=now()), done=done)
    return redirect("competitions:organise_conflict", slug, pk)


def _page(request, competition, note, *, link_form=None, answer_form=None):
    is_refused = any(form is not None and form.is_bound for form in (link_form, answer_form))
    context = {
        "note": note,
        "conflict": conflicts_from([note]).get(note.pk),
        "answer": answers_to([note]).get(note.pk),
        "link_form": link_form or LinkForm(competition=competition),
        "answer_form": answer_form or ChallengeAnswerForm(),
    }
    page = page_of(competition, TAB, at=now(), **context)
    status = 422 if is_refused else 200
    return render(request, "competitions/organise/challenge.html", page, status=status)
