"""Reporting a candidate of the awards while the verification lasts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.results.reports import report_candidate, require_reports_taken
from competitions.forms.reports import ReportForm
from competitions.models import Competition
from competitions.views.results.candidates import candidate_rows


def report(request, slug):
    """Any account may report; the entrant never learns who did."""
    competition = get_object_or_404(Competition.objects.public(), slug=slug)
    closed = _why_closed(competition)
    rows = [] if closed else candidate_rows(competition, user=request.user)
    if request.method == "POST":
        return _keep(request, competition, rows, closed=closed)
    form = ReportForm(candidates=rows, chosen=request.GET.get("entry"))
    return _page(request, competition, form, closed=closed)


def _why_closed(competition):
    try:
        require_reports_taken(competition, at=now())
    except Refusal as refusal:
        return str(refusal)
    return ""


def _keep(request, competition, rows, *, closed):
    form = ReportForm(request.POST, request.FILES, candidates=rows)
    if not closed and form.is_valid():
        given = form.cleaned_data
        entry = competition.entries.get(pk=given.pop("entry"))
        try:
            report_candidate(entry, by=request.user, **given)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your report is with the organiser. You are told what is found."))
            return redirect(competition)
    return _page(request, competition, form, closed=closed, status=422)


def _page(request, competition, form, *, closed, status=200):
    context = {"competition": competition, "form": form, "closed": closed}
    return render(request, "competitions/results/report.html", context, status=status)
