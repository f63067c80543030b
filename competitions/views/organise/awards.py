"""Deciding the awards: the proposal filled in, what departs from it, and a look at all of it before it is decided."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.results.results import StaleResult, compute, decide_awards, look_at_decision
from competitions.forms.awards import AwardsForm
from competitions.models import Assignment, Competition, Result
from competitions.states import COMPETITION_MOVES, SheetState
from competitions.views.organise.parts import managed, page_of
from competitions.views.results.board import criteria_of, rows_of, split

OPEN_SHEETS = [SheetState.ASSIGNED, SheetState.STARTED]


@dataclass(frozen=True)
class Line:
    """One award of a decision that is looked at. mark: how it stands to the order, "" = in it."""

    row: object
    tier: str
    reason: str
    mark: str


@require_http_methods(["GET", "HEAD", "POST"])
def decide_result(request, slug):
    competition = managed(request, slug)
    form = _form(competition, request.POST if request.method == "POST" else None)
    if form is None:
        messages.error(request, _("Compute the result first, then decide the awards."))
        return redirect("competitions:organise_result", slug)
    if request.method != "POST":
        return _page(request, competition, form)
    if not form.is_valid() or "change" in request.POST:
        return _page(request, competition, form, status=200 if form.is_valid() else 422)
    try:
        if "confirmed" in request.POST:
            return _decide(request, competition, form)
        return _look(request, competition, form)
    except StaleResult as refusal:
        form = _renewed(request, competition)
        form.refuse(refusal)
    except Refusal as refusal:
        form.refuse(refusal)
    return _page(request, competition, form, status=422)


def _form(competition, data=None):
    """None before there is a result, and when awards cannot be decided any more."""
    result = Result.objects.filter(competition=competition).first()
    if result is None or (data is None and competition.state not in COMPETITION_MOVES["decide"][0]):
        return None
    competition.result = result
    tiers = list(competition.award_tiers.select_related("track"))
    candidates, _others, _unscored = split(result.outcome, seats=sum(tier.count for tier in tiers))
    rows = rows_of(competition, candidates, named=criteria_of(competition))
    return AwardsForm(data, candidates=rows, tiers=tiers, inputs_sha256=result.inputs_sha256)


def _renewed(request, competition):
    """What was chosen, beside the order as it is now."""
    result = compute(competition, by=request.user, at=now())
    form = _form(competition, request.POST.dict() | {"inputs_sha256": result.inputs_sha256})
    form.is_valid()
    return form


def _given(form):
    return {"inputs_sha256": form.cleaned_data["inputs_sha256"], "no_award": form.no_award}


def _decide(request, competition, form):
    decide_awards(competition, form.choices, by=request.user, at=now(), **_given(form))
    messages.success(
        request, _("The awards are decided. Nobody else sees them until you publish the results.")
    )
    return redirect("competitions:organise_result", competition.slug)


def _look(request, competition, form):
    found = look_at_decision(competition, form.choices, at=now(), **_given(form))
    marks = dict.fromkeys(found.departing, "departing") | dict.fromkeys(found.tied, "tied")
    lines = [
        Line(row, tier.name, form.choices[row.code].reason, marks.get(row.code, ""))
        for tier in form.tiers
        for row in form.candidates
        if row.code in form.choices and form.choices[row.code].tier == tier.code
    ]
    empty = [(tier.name, form.no_award[tier.code]) for tier in form.tiers if tier.code in found.empty]
    context = {"lines": lines, "empty": empty, "form": form}
    page = page_of(competition, "organise_result", at=now(), **context)
    return render(request, "competitions/organise/result/awards_look.html", page)


def _page(request, competition, form, *, status=200):
    waiting = Assignment.objects.filter(
        round__competition=competition, entry__state="accepted", state__in=OPEN_SHEETS
    ).count()
    context = {
        "form": form,
        "tiers": form.tiers,
        "waiting": waiting,
        "needs_meeting": competition.profile == Competition.Profile.FULL,
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    return render(request, "competitions/organise/result/awards.html", page, status=status)
