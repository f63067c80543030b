"""The judge's room: a queue of sheets, and one sheet beside its entry."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.judging.sheets import (
    StaleSheet,
    criteria_of_sheet,
    open_sheet,
    recuse,
    require_judging,
    save_sheet,
    sign_sheet,
)
from competitions.errors import TooEarly
from competitions.forms.sheet import RecusalForm, SheetForm, moment, stamp
from competitions.models import Assignment, EntryNote, Judge
from competitions.results import points_text
from competitions.states import SheetState
from competitions.views.entry_shown import shown
from competitions.views.judging.queue import grouped, neighbours, next_open, queue_sheets

PER_PAGE = 50


def judging(request):
    require(Judge.objects.filter(user=request.user).exists())
    page = Paginator(queue_sheets(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "groups": grouped(page, user=request.user),
        "next_sheet": next_open(request.user),
    }
    return render(request, "competitions/judging/queue.html", context)


def judging_sheet(request, pk):
    sheet = sheet_of(request, pk)
    criteria = list(criteria_of_sheet(sheet))
    if request.method == "POST":
        return _keep(request, sheet, criteria)
    closed = why_closed(sheet)
    if not closed.hides_entry:
        open_sheet(sheet, by=request.user, at=now())
    return _show(request, sheet, form=SheetForm(sheet=sheet, criteria=criteria), closed=closed)


def judging_sign(request, pk):
    """The page before signing: what is signed, once more, and what signing means."""
    sheet = sheet_of(request, pk)
    if request.method == "POST":
        return _sign(request, sheet)
    if why_closed(sheet).sentence:
        return redirect("competitions:judging_sheet", pk=pk)
    scores = list(sheet.scores.select_related("criterion").order_by("criterion__position", "criterion_id"))
    for score in scores:
        score.points_text, score.most_text = (
            points_text(score.points),
            points_text(score.criterion.max_points),
        )
    context = {"sheet": sheet, "scores": scores, "seen_at": stamp(sheet.saved_at)} | _totals(
        [score.points for score in scores], [score.criterion for score in scores]
    )
    return render(request, "competitions/judging/sign.html", context)


def judging_recuse(request, pk):
    sheet = sheet_of(request, pk)
    form = RecusalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            recuse(sheet, form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You stepped aside from this entry. The organiser can read why."))
            return redirect("competitions:judging")
    return render(request, "competitions/judging/recuse.html", {"sheet": sheet, "form": form})


def sheet_of(request, pk):
    rows = Assignment.objects.visible_to(request.user).select_related(
        "judge__user", "entry__competition", "entry__snapshot", "entry__track", "round__competition"
    )
    return get_object_or_404(rows, pk=pk)


def _keep(request, sheet, criteria):
    to_sign = request.POST.get("act") == "sign"
    form = SheetForm(request.POST, sheet=sheet, criteria=criteria, for_signing=to_sign)
    if form.is_valid():
        try:
            save_sheet(sheet, form.marks, by=request.user, at=now(), seen_at=form.cleaned_data["seen_at"])
        except StaleSheet as refusal:
            form.add_error(None, str(refusal))
            form.show_as_saved_at(sheet.saved_at)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _saved(request, sheet, to_sign=to_sign)
    return _show(request, sheet, form=form, closed=why_closed(sheet), status=422)


def _saved(request, sheet, *, to_sign):
    if to_sign:
        return redirect("competitions:judging_sign", pk=sheet.pk)
    messages.success(request, _("Saved as a draft. It counts once you sign it."))
    return redirect("competitions:judging_sheet", pk=sheet.pk)


def _sign(request, sheet):
    try:
        sign_sheet(sheet, {}, by=request.user, at=now(), seen_at=moment(request.POST.get("seen_at", "")))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:judging_sheet", pk=sheet.pk)
    following = neighbours(sheet).next_open
    if following is None:
        messages.success(request, _("The sheet is signed. It was the last one waiting for you here."))
        return redirect("competitions:judging")
    messages.success(request, _("The sheet is signed. Here is the next entry."))
    return redirect("competitions:judging_sheet", pk=following)


class Closed(NamedTuple):
    """Why a sheet cannot be changed ("" when it can), and whether its entry is out of sight too."""

    sentence: str = ""
    hides_entry: bool = False


def why_closed(sheet):
    if sheet.state == SheetState.RECUSED:
        return Closed(_("You stepped aside from this entry, so you no longer see it."), hides_entry=True)
    if sheet.state == SheetState.SIGNED:
        return Closed(_("You signed this sheet. It can no longer be changed."))
    try:
        require_judging(sheet.entry.competition)
    except TooEarly as refusal:
        return Closed(str(refusal), hides_entry=True)
    except Refusal as refusal:
        return Closed(str(refusal))
    return Closed()


def _show(request, sheet, *, form, closed, status=200):
    context = {
        "sheet": sheet,
        "competition": sheet.entry.competition,
        "shown": _shown(sheet),
        "notes": committee_notes(sheet.entry),
        "form": form,
        "closed": closed,
        "place": neighbours(sheet),
    } | _totals([form[f"points_{c.pk}"].value() for c in form.criteria], form.criteria)
    return render(request, "competitions/judging/sheet.html", context, status=status)


def _shown(sheet):
    parts = shown(sheet.entry, for_judges=True)
    for file in parts.files:
        if file.is_open:
            file.address = reverse("competitions:judging_file", args=[sheet.pk, file.number])
    return parts


def committee_notes(entry):
    """What the organiser wrote for the committee, oldest first."""
    return entry.notes.filter(audience=EntryNote.Audience.COMMITTEE)


def _totals(values, criteria):
    """What is reached so far of what can be reached; values that are no points are left out."""
    points = [point for value in values if (point := _as_points(value)) is not None]
    return {
        "total": points_text(sum(points, Decimal(0))) if points else None,
        "most": points_text(sum((criterion.max_points for criterion in criteria), Decimal(0))),
    }


def _as_points(value):
    try:
        points = Decimal(str(value))
    except InvalidOperation:
        return None
    return points if points.is_finite() and abs(points) < 1_000_000 else None
