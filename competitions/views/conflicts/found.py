"""Conflicts of interest: the list, one by hand, looking for them again, and dismissing one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.conflicts.acts import (
    CHANGED_IN,
    add_conflict,
    dismiss_conflict,
    refuse_dismissing,
)
from competitions.actions.conflicts.challenge_votes import count_of
from competitions.actions.conflicts.finding import find_conflicts
from competitions.forms.conflicts import ConflictForm, DismissForm
from competitions.models import Conflict
from competitions.views.conflicts.parts import (
    TONES,
    chosen_filters,
    conflict_rows,
    filter_fields,
    grid,
    judge_options,
    waiting_challenges,
)
from competitions.views.organise.parts import attempt, managed, page_of

PER_PAGE = 50
TAB = "organise_committee"


def conflicts(request, slug):
    competition = managed(request, slug)
    chosen = chosen_filters(request, competition)
    rows = conflict_rows(competition).filter(**chosen)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.tone = TONES[row.state]
    counted = Conflict.objects.filter(judge__competition=competition).order_by()
    counted = list(counted.values("kind", "ground", "state").annotate(n=Count("pk")))
    context = {
        "page_obj": page,
        "is_filtered": bool(chosen),
        "filters": filter_fields(chosen, counted),
        "judge_options": judge_options(competition, chosen),
        "grid": grid(competition),
        "waiting": waiting_challenges(competition),
        "can_change": competition.state in CHANGED_IN,
    }
    return render(
        request, "competitions/organise/conflicts.html", page_of(competition, TAB, at=now(), **context)
    )


def add(request, slug):
    competition = managed(request, slug)
    initial = {"entry": request.GET.get("entry", "")}
    form = ConflictForm(
        request.POST if request.method == "POST" else None, competition=competition, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            add_conflict(given.pop("judge"), given.pop("entry"), by=request.user, at=now(), **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Judge and entry are kept apart from now on."))
            return redirect("competitions:organise_conflicts", slug)
    page = page_of(competition, TAB, at=now(), form=form)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/conflict_add.html", page, status=status)


@require_POST
def find(request, slug):
    competition = managed(request, slug)
    looked = attempt(request, lambda: find_conflicts(competition, at=now()), done="")
    if looked:
        found = ngettext("%(count)s conflict found.", "%(count)s conflicts found.", looked.new)
        messages.success(request, found % {"count": looked.new})
    return redirect("competitions:organise_conflicts", slug)


def conflict(request, slug, pk):
    """One conflict, with what was decided; a weak one can be dismissed."""
    competition = managed(request, slug)
    row = get_object_or_404(conflict_rows(competition).select_related("judge__competition"), pk=pk)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            count = dismiss_conflict(row, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _dismissed(count))
            return redirect("competitions:organise_conflicts", slug)
    return conflict_page(request, competition, row, form)


def conflict_page(request, competition, row, form):
    why_not = _why_not(competition, row)
    is_vote = row.kind == Conflict.Kind.CHALLENGE
    context = {
        "conflict": row,
        "tone": TONES[row.state],
        "why_not": why_not,
        "form": form if form.is_bound or not why_not else None,
        "count": count_of(row) if is_vote else None,
        "votes": row.votes.select_related("judge") if is_vote else (),
        "can_close": is_vote and row.state == Conflict.State.OPEN and competition.state in CHANGED_IN,
    }
    page = page_of(competition, TAB, at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/conflict.html", page, status=status)


def _why_not(competition, row):
    """Why it cannot be dismissed here, "" when it can."""
    if competition.state not in CHANGED_IN:
        return _("Judging is over, so conflicts can no longer be changed.")
    try:
        refuse_dismissing(row)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _dismissed(count):
    if not count:
        return _("The conflict is dismissed. Assign the entry to the judge if it is wanted.")
    given = ngettext(
        "The conflict is dismissed, and %(count)s sheet is with the judge again.",
        "The conflict is dismissed, and %(count)s sheets are with the judge again.",
        count,
    )
    return given % {"count": count}
