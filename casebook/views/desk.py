"""The editor's desk: what waits for review, oldest first."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, Value
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.versions import MODELS, publish_version, retire_record, send_back
from casebook.models import CaseVersion, PromptVersion
from casebook.permissions import can_publish_version, can_review
from casebook.presentation import case_page, prompt_page
from casebook.states import VersionState

PAGE_SIZE = 30
VERSIONS = {"prompt": PromptVersion, "case": CaseVersion}


def waiting():
    """Versions in review of both kinds, oldest first, as one list of plain rows."""
    columns = ("kind", "pk", "record__title", "number", "created_at", "created_by__name", "sha")
    prompts, cases = (
        model.objects.filter(state=VersionState.IN_REVIEW)
        .annotate(kind=Value(kind), sha=F("content_sha256"))
        .values(*columns)
        for kind, model in VERSIONS.items()
    )
    return prompts.union(cases, all=True).order_by("created_at", "pk")


@require_safe
def queue(request):
    require(can_review(request.user))
    page = Paginator(waiting(), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "casebook/desk.html", {"page_obj": page})


@require_safe
def review(request, kind, pk):
    require(can_review(request.user))
    return render(request, "casebook/review.html", _review_context(request.user, kind, _version(kind, pk)))


@require_POST
def publish(request, kind, pk):
    version = _version(kind, pk)
    require(can_publish_version(request.user, version))
    try:
        publish_version(version, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("casebook:review", kind, pk)
    messages.success(request, _("“%(title)s” is published.") % {"title": version.record.title})
    return redirect("casebook:desk")


@require_POST
def return_to_author(request, kind, pk):
    require(can_review(request.user))
    version = _version(kind, pk)
    reason = request.POST.get("reason", "")[:500]
    try:
        send_back(version, by=request.user, at=now(), reason=reason)
    except Refusal as refusal:
        context = _review_context(request.user, kind, version) | {
            "reason": reason,
            "reason_error": str(refusal),
        }
        return render(request, "casebook/review.html", context, status=422)
    messages.success(request, _("“%(title)s” went back to its author.") % {"title": version.record.title})
    return redirect("casebook:desk")


@require_POST
def retire(request, kind, slug):
    require(can_review(request.user))
    record = get_object_or_404(_model(kind), slug=slug)
    try:
        retire_record(record, by=request.user, at=now(), reason=request.POST.get("reason", "")[:500])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(record)
    messages.success(request, _("“%(title)s” is retired and no longer found.") % {"title": record.title})
    return redirect("casebook:desk")


def _model(kind):
    if kind not in MODELS:
        raise Http404
    return MODELS[kind][0]


def _version(kind, pk):
    if kind not in VERSIONS:
        raise Http404
    return get_object_or_404(VERSIONS[kind].objects.select_related("record", "created_by"), pk=pk)


def _review_context(user, kind, version):
    page = prompt_page(version) if kind == "prompt" else case_page(version)
    return page | {
        "record": version.record,
        "version": version,
        "kind": kind,
        "is_waiting": version.state == VersionState.IN_REVIEW,
        "can_publish": can_publish_version(user, version),
    }
