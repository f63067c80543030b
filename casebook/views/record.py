"""One prompt or one case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.models import Case, Prompt
from casebook.permissions import can_review
from casebook.presentation import case_page, prompt_page
from casebook.states import VersionState


@public
@require_safe
def prompt(request, slug):
    record = visible(Prompt, request.user, slug)
    versions = visible_versions(record, request.user)
    version = shown_version(record, versions, request.GET.get("version"))
    uses = Case.objects.published().filter(current__prompt_links__prompt_version__record=record)
    context = prompt_page(version) | {
        "record": record,
        "version": version,
        "versions": versions.order_by("-number")[:50],
        "cases": uses.distinct().order_by("title")[:20],
        "can_retire": can_review(request.user) and record.is_published,
    }
    return render(request, "casebook/prompt.html", context)


@public
@require_safe
def prompt_text(request, slug):
    """The prompt as plain text, for saving or for a tool."""
    record = visible(Prompt, request.user, slug)
    text = prompt_page(
        shown_version(record, visible_versions(record, request.user), request.GET.get("version"))
    )["plain_text"]
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@public
@require_safe
def case(request, slug):
    record = visible(Case, request.user, slug)
    versions = visible_versions(record, request.user)
    version = shown_version(record, versions, request.GET.get("version"))
    context = case_page(version) | {
        "record": record,
        "version": version,
        "versions": versions.order_by("-number")[:50],
        "can_retire": can_review(request.user) and record.is_published,
    }
    return render(request, "casebook/case.html", context)


def visible(model, user, slug):
    records = model.objects.visible_to(user, reviews=can_review(user)).for_listing()
    return get_object_or_404(records.select_related("government"), slug=slug)


def visible_versions(record, user):
    """Published versions for everyone; drafts only for the author and the editors."""
    versions = record.versions.select_related("created_by")
    if can_review(user) or (user.is_authenticated and record.created_by_id == user.pk):
        return versions
    return versions.filter(state=VersionState.PUBLISHED)


def shown_version(record, versions, number):
    """The version asked for, the published one, or the latest draft of an unpublished record."""
    if number:
        return get_object_or_404(
            versions, number=int(number) if number.isdecimal() and len(number) < 9 else 0
        )
    return record.current or versions.latest("number")
