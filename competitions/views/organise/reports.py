"""Reports of candidates: what people say, and the organiser's answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.errors import Refusal
from competitions.actions.afterwards.evidence import open_evidence
from competitions.actions.results.reports import answer_report
from competitions.entry_files import storage
from competitions.forms.reports import AnswerForm
from competitions.models import CandidateReport, ReportEvidence
from competitions.states import CompetitionState
from competitions.views.organise.parts import managed, page_of

PER_PAGE = 25


def reports(request, slug):
    """Open ones first. Who reported stays between organiser and reporter."""
    competition = managed(request, slug)
    rows = _rows(competition).order_by(F("answered_at").desc(nulls_first=True), "-at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = page_of(competition, "organise_result", at=now(), page_obj=page)
    return render(request, "competitions/organise/result/reports.html", context)


def report(request, slug, pk):
    competition = managed(request, slug)
    row = get_object_or_404(_rows(competition), pk=pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_report(row, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The report is answered, and who sent it is told."))
            return redirect("competitions:organise_reports", slug)
    context = {
        "report": row,
        "files": list(row.evidence.all()),
        "form": form,
        "can_judge_again": _can_judge_again(competition),
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/result/report.html", page, status=status)


@never_cache
@require_safe
def evidence(request, slug, pk, file):
    """A file of a report; a browser never shows it as a page of this site. That it was opened is recorded."""
    competition = managed(request, slug)
    rows = ReportEvidence.objects.select_related("report__entry")
    row = get_object_or_404(rows, pk=file, report=pk, report__entry__competition=competition)
    try:
        open_evidence(row, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:organise_report", slug, pk)
    response = FileResponse(
        storage().open(row.path),
        as_attachment=True,
        filename=row.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _rows(competition):
    rows = CandidateReport.objects.filter(entry__competition=competition)
    return rows.select_related("entry__competition", "by", "answered_by").defer("entry__draft")


def _can_judge_again(competition):
    return competition.state == CompetitionState.VERIFICATION
