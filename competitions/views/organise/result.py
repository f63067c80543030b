"""The organiser's result tab: sheets, order, awards, publishing, and what becomes a case."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions.jobs import ask_job
from accounts.models import Job
from competitions.actions.results.publication import publish_as_case
from competitions.actions.results.results import publish_results
from competitions.models import Assignment, Award, CandidateReport, Result
from competitions.states import COMPETITION_MOVES, CompetitionState, SheetState
from competitions.views.organise.parts import attempt, managed, page_of
from competitions.views.organise.progress import progress_of
from competitions.views.results.board import criteria_of, in_award_order, rows_of, split

PER_PAGE = 50
JOB_KIND = "compute_results"


def organise_result(request, slug):
    return _show(request, managed(request, slug))


@require_POST
def compute_result(request, slug):
    competition = managed(request, slug)
    if not _running_job(request.user, competition):
        ask_job(JOB_KIND, by=request.user, competition=competition.pk)
    return redirect("competitions:organise_result", slug)


def result_job(request, slug, pk):
    """How far the computing is, for htmx."""
    competition = managed(request, slug)
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk, params__competition=competition.pk)
    return render(request, "competitions/organise/result/job.html", {"competition": competition, "job": job})


@require_POST
def publish_result(request, slug):
    competition = managed(request, slug)
    attempt(
        request,
        lambda: publish_results(competition, by=request.user, at=now()),
        done=_("The results are published."),
    )
    return redirect("competitions:organise_result", slug)


@require_POST
def publish_case(request, slug, pk):
    entry = get_object_or_404(managed(request, slug).entries, pk=pk)
    attempt(
        request,
        lambda: publish_as_case(entry, by=request.user, at=now()),
        done=_("The entry is a case now. It appears in the casebook once an editor has reviewed it."),
    )
    return redirect("competitions:organise_result", slug)


def _running_job(user, competition):
    mine = Job.objects.filter(asked_by=user, kind=JOB_KIND, params__competition=competition.pk)
    return mine.filter(state__in=[Job.State.QUEUED, Job.State.RUNNING]).first()


def _board(competition, *, page):
    """The stored result in parts, None before there is one."""
    result = Result.objects.filter(competition=competition).first()
    if result is None:
        return None
    competition.result = result
    tiers = list(competition.award_tiers.all())
    candidates, others, unscored = split(result.outcome, seats=sum(tier.count for tier in tiers))
    criteria = criteria_of(competition)
    page_obj = Paginator(others, PER_PAGE).get_page(page)
    rows = rows_of(competition, [*candidates, *page_obj, *unscored[:PER_PAGE]], criteria=criteria)
    return {
        "result": result,
        "tiers": tiers,
        "criteria": criteria,
        "candidates": rows[: len(candidates)],
        "others": rows[len(candidates) : len(candidates) + len(page_obj)],
        "unscored": rows[len(candidates) + len(page_obj) :],
        "unscored_count": len(unscored),
        "page_obj": page_obj,
    }


def _winners(board, competition):
    """Every row with an award; one that moved up may stand far down in the order."""
    rows = [*board.get("candidates", []), *board.get("others", [])]
    shown = in_award_order(rows)
    codes = {row.code for row in shown}
    held = Award.objects.filter(tier__competition=competition).exclude(entry__code__in=codes)
    missing = set(held.values_list("entry__code", flat=True))
    if not missing:
        return shown
    entries = [each for each in board["result"].outcome["entries"] if each["code"] in missing]
    return in_award_order([*rows, *rows_of(competition, entries)])


def _report_counts(competition):
    rows = CandidateReport.objects.filter(entry__competition=competition)
    return rows.aggregate(all=Count("pk"), open=Count("pk", filter=Q(answered_at=None)))


def _show(request, competition):
    board = _board(competition, page=request.GET.get("page")) or {}
    context = (
        page_of(competition, "organise_result", at=now())
        | board
        | progress_of(competition)
        | {
            "recused": Assignment.objects.filter(
                judge__competition=competition, state=SheetState.RECUSED
            ).select_related("judge", "entry"),
            "job": _running_job(request.user, competition),
            "can_compute": competition.state not in {CompetitionState.PUBLISHED, CompetitionState.CANCELLED},
            "can_decide": board and competition.state in COMPETITION_MOVES["decide"][0],
            "can_publish": board and competition.state in COMPETITION_MOVES["publish"][0],
            "winners": _winners(board, competition),
            "report_counts": _report_counts(competition),
        }
    )
    return render(request, "competitions/organise/result/page.html", context)
