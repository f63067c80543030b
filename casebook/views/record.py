"""One prompt or one case."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.models import Case, Prompt
from casebook.permissions import can_review
from casebook.presentation import case_page, plain_text, prompt_page
from casebook.states import VersionState


@public
@require_safe
def prompt(request, slug):
    shown = shown_record(request, Prompt, slug)
    uses = Case.objects.published().filter(current__prompt_links__prompt_version__record=shown["record"])
    context = prompt_page(shown["version"]) | shown | {"cases": uses.distinct().order_by("title")[:20]}
    return render(request, "casebook/prompt.html", context)


@public
@require_safe
def prompt_text(request, slug):
    """The prompt as plain text, for saving or for a tool."""
    version = shown_record(request, Prompt, slug)["version"]
    return HttpResponse(plain_text(version.content["messages"]), content_type="text/plain; charset=utf-8")


@public
@require_safe
def case(request, slug):
    shown = shown_record(request, Case, slug)
    return render(request, "casebook/case.html", case_page(shown["version"]) | shown)


def shown_record(request, model, slug):
    """The record, the version asked for and its siblings, as far as the person may see them."""
    record = visible(model, request.user, slug)
    versions = visible_versions(record, request.user)
    return {
        "record": record,
        "version": shown_version(record, versions, request.GET.get("version")),
        "versions": versions.order_by("-number")[:50],
        "can_retire": can_review(request.user) and record.is_published,
    }


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
