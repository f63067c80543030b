"""Entries given to judges by computation: the plan with its fairness, then the sheets."""

import json
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.actions.jobs import ask_job
from accounts.errors import Refusal
from accounts.models import Job
from competitions.actions.assigning.assignable import ASSIGNING_STATES
from competitions.actions.assigning.automatic import AT_ONCE, assign_automatically, plan, size_of
from competitions.actions.assigning.plan_values import shown_plan
from competitions.forms.assigning import WantedForm
from competitions.views.assigning.parts import rows_of, sentences_of, words_of
from competitions.views.organise.parts import managed, page_of

PAGE = "competitions/organise/assigning/automatic.html"
JOB_KIND = "assign_entries"


@require_http_methods(["GET", "HEAD", "POST"])
def automatic(request, slug, code):
    competition = managed(request, slug)
    round_ = get_object_or_404(competition.rounds.select_related("competition"), code=code)
    if request.method == "POST":
        return _act(request, round_)
    form = WantedForm(request.GET or None, round_=round_)
    wanted = form.cleaned_data["wanted"] if form.is_bound and form.is_valid() else round_.judges_per_entry
    if not wanted or competition.state not in ASSIGNING_STATES:
        status = 422 if form.is_bound and form.errors else 200
        return _page(request, round_, form=form, status=status)
    return _planned(request, round_, wanted=wanted, form=form)


def _planned(request, round_, *, wanted, form, status=200):
    """Show the plan; a large one when its job is done."""
    if size_of(round_) > AT_ONCE:
        job = _latest_job(request.user, round_, wanted)
        found = _kept_plan(job)
        return _page(
            request, round_, form=form, wanted=wanted, job=job, plan=found, large=True, status=status
        )
    try:
        found = shown_plan(plan(round_, wanted=wanted))
    except Refusal as refusal:
        return _page(request, round_, form=form, wanted=wanted, refusal=str(refusal), status=422)
    return _page(request, round_, form=form, wanted=wanted, plan=found, status=status)


def _act(request, round_):
    """Confirm the plan shown, or ask for a large one to be worked out."""
    form = WantedForm(request.POST, round_=round_)
    if not form.is_valid():
        return _page(request, round_, form=form, status=422)
    wanted, sha256 = form.cleaned_data["wanted"], form.cleaned_data["sha256"]
    if size_of(round_) > AT_ONCE:
        running = _latest_job(request.user, round_, wanted)
        if running is None or running.is_over:
            ask_job(JOB_KIND, by=request.user, **_params(round_, wanted), sha256=sha256)
        return redirect(f"{request.path}?wanted={wanted}")
    try:
        found = assign_automatically(round_, wanted=wanted, sha256=sha256, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _planned(request, round_, wanted=wanted, form=form, status=422)
    messages.success(request, _("New score sheets: %(count)s.") % {"count": len(found.missing)})
    return redirect("competitions:organise_committee", round_.competition.slug)


@require_safe
def automatic_job(request, slug, code, pk):
    """How far the work is, for htmx."""
    competition = managed(request, slug)
    round_ = get_object_or_404(competition.rounds, code=code)
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk, params__round=round_.pk)
    context = {"competition": competition, "round": round_, "job": job, "wanted": job.params["wanted"]}
    return render(request, "competitions/organise/assigning/job.html", context)


def _params(round_, wanted):
    return {"competition": round_.competition_id, "round": round_.pk, "wanted": wanted}


def _latest_job(user, round_, wanted):
    """The last work on this round; one that made the sheets is over and done with."""
    mine = Job.objects.filter(asked_by=user, kind=JOB_KIND, params__contains=_params(round_, wanted))
    last = mine.order_by("-created_at").first()
    made = last and last.state == Job.State.DONE and last.params["sha256"]
    return None if made else last


def _kept_plan(job):
    """The plan that a job left, None while there is none or when its file is no longer kept."""
    if job is None or job.state != Job.State.DONE or not job.result:
        return None
    path = Path(settings.MEDIA_ROOT) / job.result
    return json.loads(path.read_text()) if path.is_file() else None


def _page(request, round_, *, status=200, plan=None, **context):
    competition = round_.competition
    if plan:
        context |= {"plan": plan, "rows": rows_of(plan), "words": words_of(plan)}
        context |= {"problems": sentences_of(plan)}
    context |= {"round": round_, "can_assign": competition.state in ASSIGNING_STATES}
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, PAGE, page, status=status)
