"""One sheet beside its entry: read, saved by the judge or by the page itself, and stepped aside from."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.requests import wants_json
from competitions.actions.judging.calibration import is_calibration
from competitions.actions.judging.marks import criteria_of_sheet
from competitions.actions.judging.sheets import StaleSheet, open_sheet, recuse, save_sheet
from competitions.errors import SheetGone
from competitions.forms.sheet import KEPT_SHEET, RecusalForm, SheetForm
from competitions.models import Assignment
from competitions.states import SheetState
from competitions.views.judging.peers import calibration_of, peers_of
from competitions.views.judging.queue import neighbours
from competitions.views.judging.room import own_places
from competitions.views.judging.saving import (
    differences,
    gone,
    refused_json,
    saved,
    signed_out,
    stale_json,
)
from competitions.views.judging.sheet_parts import (
    committee_notes,
    reading_of,
    sheet_of,
    shown_to_judge,
    why_closed,
)
from competitions.views.judging.totals import totals_of


@public  # an ended session must not lose the points, so the login is asked for here
@never_cache
def judging_sheet(request, pk):
    if not request.user.is_authenticated:
        return signed_out(request)
    try:
        sheet = sheet_of(request, pk, with_text=request.method != "POST")
    except Http404:
        if request.method == "POST" and _was_own(request.user, pk):
            return gone(request)
        raise
    closed = why_closed(sheet)
    if closed.lacks_pledge and not wants_json(request):
        return redirect("competitions:judge_ties", slug=sheet.entry.competition.slug)
    criteria = list(criteria_of_sheet(sheet))
    if request.method == "POST":
        return _keep(request, sheet, criteria)
    kept = KEPT_SHEET.take(request)
    reading = reading_of(sheet, wants_old="version" in request.GET)
    if not closed.hides_entry:
        open_sheet(sheet, by=request.user, at=now())
    form = SheetForm(kept, sheet=sheet, criteria=criteria, read=_pk(reading))
    return _show(request, sheet, form=form, reading=reading, is_unsaved=bool(kept))


def _was_own(user, pk):
    """Whether the sheet may have been the judge's: taken away since, or out of sight. Never another judge's."""
    of_others = Assignment.objects.filter(pk=pk).exclude(judge__user=user)
    return own_places(user).exists() and not of_others.exists()


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
    status = 422 if form.errors else 200
    context = {"sheet": sheet, "form": form, "closed": why_closed(sheet)}
    return render(request, "competitions/judging/recuse.html", context, status=status)


def _keep(request, sheet, criteria):
    act = request.POST.get("act")
    to_sign = act == "sign"
    form = SheetForm(request.POST, sheet=sheet, criteria=criteria, for_signing=to_sign)
    differing = []
    if form.is_valid():
        try:
            _save(request, sheet, form, act)
            return saved(request, sheet, to_sign=to_sign)
        except StaleSheet as refusal:
            differing = differences(form, sheet)
            if wants_json(request):
                return stale_json(request, sheet, refusal, differing)
            form.add_error(None, str(refusal))
            form.show_as_saved_at(sheet.saved_at)
        except SheetGone:
            return gone(request)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    if wants_json(request):
        return refused_json(request, form)
    reading = reading_of(sheet)
    return _show(
        request, sheet, form=form, reading=reading, is_unsaved=True, differences=differing, status=422
    )


def _save(request, sheet, form, act):
    save_sheet(
        sheet,
        form.marks,
        by=request.user,
        at=now(),
        seen_at=form.cleaned_data["revision"],
        comments=form.comments,
        read=form.cleaned_data["snapshot"],
        adopt=act == "adopt",
        is_automatic=wants_json(request),
    )


def _show(request, sheet, *, form, reading, status=200, **context):
    competition, closed = sheet.entry.competition, why_closed(sheet)
    is_signed = sheet.state == SheetState.SIGNED
    context |= {
        "sheet": sheet,
        "competition": competition,
        "form": form,
        "closed": closed,
        "place": neighbours(sheet),
        "totals": totals_of(form.typed_points, scoring=competition.scoring),
        "is_calibration": is_calibration(sheet),
        "has_optional": not all(criterion.required for criterion in form.criteria),
        "kept_as": f"sheet:{request.user.pk}:{sheet.pk}",
    }
    if not closed.hides_entry:
        counts = sheet.entry.snapshot
        context |= {
            "reading": reading,
            "counts": counts,
            "shown": shown_to_judge(sheet, reading),
            "notes": committee_notes(sheet),
            "calibration": calibration_of(sheet) if is_signed else None,
            "peers": peers_of(sheet) if is_signed else None,
        }
    return render(request, "competitions/judging/sheet.html", context, status=status)


def _pk(reading):
    return reading.snapshot.pk if reading.snapshot else None
