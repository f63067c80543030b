"""The pool of people who may be asked to judge: the list, one person, and what becomes of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.committee.pool import (
    FIELDS,
    add_candidate,
    bring_back_candidate,
    change_candidate,
    retire_candidate,
    see_candidate,
)
from competitions.forms.pool import CandidateForm, PoolExportForm
from competitions.forms.screening import TableFileForm
from competitions.models import JudgeCandidate
from competitions.views.committee.pool_list import PoolAsked, filters_of, found_candidates
from competitions.views.organise.parts import attempt, organises_something

PER_PAGE = 50


@require_safe
def pool(request):
    require(organises_something(request.user))
    return pool_page(request)


def pool_page(request, *, file_form=None, status=200, **context):
    asked = PoolAsked.of(request.GET)
    rows = Paginator(found_candidates(asked), PER_PAGE).get_page(request.GET.get("page"))
    context |= filters_of(asked) | {
        "page_obj": rows,
        "file_form": file_form or TableFileForm(),
        "export_form": PoolExportForm(),
    }
    return render(request, "competitions/organise/pool.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    require(organises_something(request.user))
    form = CandidateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = add_candidate(by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("%(name)s is in the pool.") % {"name": made.name})
            return redirect("competitions:judge_pool")
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/candidate.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def candidate(request, pk):
    """The address stands here; that somebody looked is recorded."""
    row = _candidate(request, pk)
    if request.method != "POST":
        see_candidate(row, by=request.user)
        form = CandidateForm(initial={name: getattr(row, name) for name in FIELDS})
        return _candidate_page(request, row, form)
    form = CandidateForm(request.POST)
    if form.is_valid():
        try:
            change_candidate(row, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, _("Kept: %(name)s.") % form.cleaned_data)
            return redirect("competitions:judge_pool")
    return _candidate_page(request, row, form, status=422)


def _candidate(request, pk):
    require(organises_something(request.user))
    return get_object_or_404(JudgeCandidate, pk=pk)


def _candidate_page(request, row, form, *, status=200):
    judged = row.judgeships.select_related("competition").order_by("-pk")
    context = {"candidate": row, "form": form, "judgeships": judged}
    return render(request, "competitions/organise/candidate.html", context, status=status)


@require_POST
def retire(request, pk):
    row = _candidate(request, pk)
    done = _("%(name)s is not asked any more.") % {"name": row.name}
    attempt(request, lambda: retire_candidate(row, by=request.user, at=now()), done=done)
    return redirect("competitions:judge_pool")


@require_POST
def bring_back(request, pk):
    row = _candidate(request, pk)
    done = _("%(name)s may be asked again.") % {"name": row.name}
    attempt(request, lambda: bring_back_candidate(row, by=request.user, at=now()), done=done)
    return redirect("competitions:judge_pool")
