"""The first page: look for something, what is open now, what is new, what it saved."""

from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.models import SearchDocument, WorkField
from casebook.search.query import for_listing
from casebook.totals import casebook_totals
from competitions.models import Competition
from competitions.views.calls.follows import follow_state

WORK_FIELDS_SHOWN = 6
SHOWN = 3


@public
@require_safe
def home(request):
    newest = for_listing(SearchDocument.objects.order_by("-published_at", "-id"))
    best = newest.filter(kind="case", hours_saved__isnull=False).order_by("-hours_saved", "-id")
    context = {
        "work_fields": WorkField.objects.filter(parent=None)[:WORK_FIELDS_SHOWN],
        "open_competitions": Competition.objects.open_at(now()).order_by("closes_at")[:SHOWN],
        "follow": follow_state(request.user),
        "prompts": newest.filter(kind="prompt")[:SHOWN],
        "cases": best[:SHOWN],
        "totals": casebook_totals(),
    }
    return render(request, "competitions/home.html", context)
