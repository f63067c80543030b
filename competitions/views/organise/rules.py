"""The organiser's rules tab: which conditions of the rules are met, and passing one with a reason."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.calls.gates import (
    note_similar_checked,
    override_gate,
    similar_checks,
    withdraw_override,
)
from competitions.actions.results.verification import begin_verification, judge_again
from competitions.forms.rules import OverrideForm, SimilarForm, VerificationForm
from competitions.states import CompetitionState
from competitions.views.organise.contests_alike import alike_rows, noted
from competitions.views.organise.gate_board import gate_rows, overrides_of
from competitions.views.organise.parts import attempt, managed, page_of


def rules(request, slug):
    return _show(request, managed(request, slug))


@require_POST
def override(request, slug):
    competition = managed(request, slug)
    form = OverrideForm(request.POST, auto_id="id_refused_%s")
    return _answer(
        request,
        competition,
        form,
        act=lambda given: override_gate(
            competition, given["gate"], reason=given["reason"], by=request.user, at=now()
        ),
        done=_("The condition is passed. Your reason is public."),
        name="override_form",
    )


@require_POST
def withdraw(request, slug, pk):
    competition = managed(request, slug)
    found = get_object_or_404(competition.gate_overrides.select_related("competition"), pk=pk)
    attempt(
        request,
        lambda: withdraw_override(found, by=request.user, at=now()),
        done=_("The condition holds again."),
    )
    return redirect("competitions:organise_rules", slug)


@require_POST
def similar(request, slug):
    competition = managed(request, slug)
    return _answer(
        request,
        competition,
        SimilarForm(request.POST),
        act=lambda given: note_similar_checked(competition, found=given["found"], by=request.user),
        done=_("What you found is noted."),
        name="similar_form",
    )


@require_POST
def verify(request, slug):
    competition = managed(request, slug)
    return _answer(
        request,
        competition,
        VerificationForm(request.POST),
        act=lambda given: begin_verification(competition, by=request.user, at=now(), days=given["days"]),
        done=_("The verification has begun."),
        name="verification_form",
    )


@require_POST
def back_to_judging(request, slug):
    competition = managed(request, slug)
    attempt(
        request,
        lambda: judge_again(competition, by=request.user, at=now()),
        done=_("Judging is taken up again. A new verification has to follow."),
    )
    return redirect("competitions:organise_rules", slug)


def _answer(request, competition, form, *, act, done, name):
    """Run the act on a valid form; a refused one is shown again with what was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("competitions:organise_rules", competition.slug)
    return _show(request, competition, status=422, **{name: form})


def _show(request, competition, *, status=200, **forms):
    at, overrides = now(), overrides_of(competition)
    stages = gate_rows(competition, at=at, overrides=overrides, refused=forms.get("override_form"))
    can_note = competition.state == CompetitionState.DRAFT
    alike = alike_rows(request.user, competition) if can_note else []
    context = {
        "stages": stages,
        "overrides": overrides,
        "similar_form": SimilarForm(initial={"found": noted(alike)}),
        "alike": alike,
        "verification_form": VerificationForm(initial={"days": competition.verification_days}),
        "checks": similar_checks(competition).select_related("by"),
        "can_note_similar": can_note,
        "can_verify": competition.state == CompetitionState.JUDGING,
        "can_judge_again": competition.state == CompetitionState.VERIFICATION,
    }
    page = page_of(competition, "organise_rules", at=at, **context | forms)
    return render(request, "competitions/organise/rules.html", page, status=status)
