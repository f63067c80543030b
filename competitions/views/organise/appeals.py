"""Appeals as the organiser sees them: open ones first, each answered with its outcome and reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.afterwards.appeals import answer_appeal
from competitions.forms.appeals import AppealAnswerForm
from competitions.models import Appeal
from competitions.views.organise.parts import managed, page_of

PER_PAGE = 25
OPEN = Q(answered_at=None, withdrawn_at=None)
FILTERS = {
    "open": OPEN,
    "answered": Q(answered_at__isnull=False),
    "withdrawn": Q(withdrawn_at__isnull=False),
}


def appeals(request, slug):
    competition = managed(request, slug)
    rows, at = _rows(competition), now()
    shown = request.GET.get("show", "")
    listed = rows.filter(FILTERS[shown]) if shown in FILTERS else rows
    listed = listed.order_by(F("answered_at").desc(nulls_first=True), "answer_due", "-pk")
    context = {
        "page_obj": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "filters": _filters(rows, shown),
        "now": at,
    }
    page = page_of(competition, "organise_result", at=at, **context)
    return render(request, "competitions/organise/after/appeals.html", page)


def _filters(rows, shown):
    """[{"value", "label", "count", "current"}]; one query."""
    counts = rows.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=rule) for name, rule in FILTERS.items()}
    )
    labels = {"": _("All"), "open": _("To answer"), "answered": _("Answered"), "withdrawn": _("Withdrawn")}
    current = shown if shown in FILTERS else ""
    return [
        {"value": value, "label": label, "count": counts[value or "all"], "current": value == current}
        for value, label in labels.items()
    ]


def appeal(request, slug, pk):
    """One appeal with what is at hand to answer it."""
    competition = managed(request, slug)
    row = get_object_or_404(_rows(competition).select_related("by", "answered_by"), pk=pk)
    form = AppealAnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            answer_appeal(row, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The appeal is answered, and the people of the entry are told."))
            return redirect("competitions:organise_appeal", slug, pk)
    context = {
        "appeal": row,
        "form": form,
        "is_open": row.answered_at is None and row.withdrawn_at is None,
        "award": getattr(row.entry, "award", None),
        "sheets": _sheets(row.entry),
        "notes": list(row.entry.deliberation_notes.select_related("by")),
        "now": now(),
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/after/appeal.html", page, status=status)


def _rows(competition):
    rows = Appeal.objects.filter(entry__competition=competition)
    return rows.select_related("entry__competition", "entry__entrant", "entry__award__tier").defer(
        "entry__draft"
    )


def _sheets(entry):
    """Signed sheets of the entry, with what judges wrote for the committee."""
    return (
        entry.assignments.signed().select_related("judge", "round").order_by("round__position", "judge__code")
    )
