"""Entries that are like others: what was found of one entry, and one finding side by side."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.screening.opening import is_sealed
from competitions.actions.screening.similarities import settle
from competitions.forms.similar import SettleForm
from competitions.models import Entry
from competitions.views.organise.parts import managed, page_of
from competitions.views.organise.similar_parts import managed_ids, sides_of, where

MOST = 100  # findings of one entry


def similar(request, slug, pk):
    competition, entry = _entry(request, slug, pk)
    at = now()
    sealed = is_sealed(competition, at=at)
    rows = [] if sealed else list(_findings(entry)[:MOST])
    own = managed_ids(request.user, rows)
    for row in rows:
        row.where = where(row, manages=bool(row.other and row.other.competition_id in own), at=at)
    context = {"entry": entry, "findings": rows, "sealed": sealed}
    context["is_compared"] = bool(getattr(entry, "fingerprint", None) and entry.fingerprint.compared_at)
    page = page_of(competition, "organise_entries", at=at, **context)
    return render(request, "competitions/organise/similar.html", page)


def finding(request, slug, pk, finding):
    """Both texts with what they share marked; settling it."""
    competition, entry = _entry(request, slug, pk)
    if is_sealed(competition, at=now()):
        return redirect("competitions:organise_similar", slug, pk)
    row = get_object_or_404(_findings(entry), pk=finding)
    form = SettleForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            settle(row, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The finding is settled."))
            return redirect("competitions:organise_similar", slug, pk)
    return _page(request, competition, entry, row, form=form)


def _page(request, competition, entry, row, *, form):
    at = now()
    manages = bool(managed_ids(request.user, [row]))
    row.entry = entry
    mine, theirs = sides_of(row, manages=manages, at=at)
    context = {
        "entry": entry,
        "finding": row,
        "sides": [mine, theirs],
        "form": form,
    }
    page = page_of(competition, "organise_entries", at=at, **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/similarity.html", page, status=status)


def _entry(request, slug, pk):
    competition = managed(request, slug)
    rows = Entry.objects.in_competitions_of(request.user).filter(competition=competition)
    rows = rows.select_related("snapshot", "fingerprint", "competition")
    return competition, get_object_or_404(rows, pk=pk)


def _findings(entry):
    joined = ("other__competition", "other__snapshot", "settled_by", "prompt__current", "case__current")
    return entry.similarities.select_related(*joined).defer("other__draft").order_by("-share", "id")
