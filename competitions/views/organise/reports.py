"""Reports of candidates: what people say, and the organiser's answers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.results.reports import answer_report
from competitions.forms.reports import AnswerForm
from competitions.models import CandidateReport
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
    context = {"report": row, "form": form, "can_judge_again": _can_judge_again(competition)}
    page = page_of(competition, "organise_result", at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/result/report.html", page, status=status)


def _rows(competition):
    rows = CandidateReport.objects.filter(entry__competition=competition)
    return rows.select_related("entry__competition", "by", "answered_by").defer("entry__draft")


def _can_judge_again(competition):
    return competition.state == CompetitionState.VERIFICATION
