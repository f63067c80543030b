from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.models import SearchDocument, WorkField
from casebook.search.query import for_listing

WORK_FIELDS_SHOWN = 6
SHOWN = 3
TOTALS_SECONDS = 60


@public
@require_safe
def home(request):
    newest = for_listing(SearchDocument.objects.order_by("-published_at", "-id"))
    best = newest.filter(kind="case", hours_saved__isnull=False).order_by("-hours_saved", "-id")
    context = {
        "work_fields": WorkField.objects.filter(parent=None)[:WORK_FIELDS_SHOWN],
        "prompts": newest.filter(kind="prompt")[:SHOWN],
        "cases": best[:SHOWN],
        "totals": casebook_totals(),
    }
    return render(request, "casebook/home.html", context)


def casebook_totals():
    """One line of numbers, at most a minute old."""
    return cache.get_or_set("casebook-totals", _count, TOTALS_SECONDS)


def _count():
    """Hours count only the cases that state them."""
    return SearchDocument.objects.aggregate(
        prompts=Count("id", filter=Q(kind="prompt")),
        cases=Count("id", filter=Q(kind="case")),
        hours=Sum("hours_saved"),
        counted=Count("id", filter=Q(hours_saved__isnull=False)),
        measured=Count("id", filter=Q(hours_saved__isnull=False, effect__method="measured")),
    )
