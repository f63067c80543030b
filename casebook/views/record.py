"""One prompt or one case: finding the record and the version that a person may see."""

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.models import Case, Favourite
from casebook.permissions import can_review
from casebook.presentation import case_page
from casebook.states import VersionState

MOST_VERSIONS = 50


@public
@require_safe
def case(request, slug):
    kept = Exists(Favourite.objects.filter(case=OuterRef("pk"), by=request.user.pk))
    shown = shown_record(request, Case, slug, also=lambda cases: cases.annotate(is_favourite=kept))
    return render(request, "casebook/case.html", case_page(shown["version"]) | shown)


def shown_record(request, model, slug, *, also=None):
    """The record, the version asked for and its siblings, as far as the person may see them.

    also: function of the records that adds what a page needs in the same query.
    """
    record = visible(model, request.user, slug, also=also)
    versions = visible_versions(record, request.user)
    # Contents may be long; only the shown version's is read.
    siblings = list(versions.defer("content").order_by("-number")[:MOST_VERSIONS])
    return {
        "record": record,
        "version": shown_version(record, versions, siblings, request.GET.get("version")),
        "versions": siblings,
        "can_retire": can_review(request.user) and record.is_published,
    }


def visible(model, user, slug, *, also=None):
    records = model.objects.visible_to(user, reviews=can_review(user)).for_listing()
    records = also(records) if also else records
    return get_object_or_404(records.select_related("government"), slug=slug)


def is_inside(record, user):
    """Whether the person sees the drafts of a record: its author and the editors do."""
    return can_review(user) or (user.is_authenticated and record.created_by_id == user.pk)


def visible_versions(record, user):
    versions = record.versions.select_related("created_by")
    return versions if is_inside(record, user) else versions.filter(state=VersionState.PUBLISHED)


def shown_version(record, versions, siblings, asked):
    """The version asked for, the published one, or the latest draft of an unpublished record."""
    version = record.current
    if asked or version is None:
        number = _number(asked) if asked else max((each.number for each in siblings), default=0)
        if version is None or version.number != number:
            version = get_object_or_404(versions, number=number)
    version.record = record
    return version


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 9 else 0
