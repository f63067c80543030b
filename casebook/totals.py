"""One line of numbers about the published casebook."""

from django.core.cache import caches
from django.db.models import Count, Q, Sum

from casebook.models import SearchDocument

FRESH_SECONDS = 60


def casebook_totals():
    """Return {prompts, cases, hours, counted, measured}, at most a minute old.

    hours: a month, over the cases that state them (counted); None when no case does.
    """
    return caches["process"].get_or_set("casebook-totals", _count, FRESH_SECONDS)


def _count():
    stated = Q(hours_saved__isnull=False)
    return SearchDocument.objects.aggregate(
        prompts=Count("id", filter=Q(kind="prompt")),
        cases=Count("id", filter=Q(kind="case")),
        hours=Sum("hours_saved"),
        counted=Count("id", filter=stated),
        measured=Count("id", filter=stated & Q(effect__method="measured")),
    )
