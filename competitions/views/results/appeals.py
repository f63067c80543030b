"""An entrant's appeal against the published result, and what became of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.afterwards.appeals import (
    appeals_until,
    file_appeal,
    require_appeals_taken,
    withdraw_appeal,
)
from competitions.forms.appeals import AppealForm
from competitions.models import Appeal, Entry


def appeal(request, pk):
    entry = _own(request, pk)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            file_appeal(entry, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your appeal is with the organiser. You are told the answer."))
            return redirect("competitions:appeal", pk)
    return _page(request, entry, form)


@require_POST
def withdraw(request, pk, appeal):
    entry = _own(request, pk)
    row = get_object_or_404(Appeal.objects.select_related("entry"), pk=appeal, entry=entry)
    try:
        withdraw_appeal(row, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The appeal is withdrawn."))
    return redirect("competitions:appeal", pk)


def _own(request, pk):
    entries = Entry.objects.visible_to(request.user).select_related("competition").defer("draft")
    return get_object_or_404(entries, pk=pk)


def _page(request, entry, form):
    """With the form only while an appeal is possible; what was typed is shown to copy when it is too late."""
    appeals = list(entry.appeals.order_by("-at", "-pk"))
    closed = _why_closed(entry.competition)
    has_open = any(each.answered_at is None and each.withdrawn_at is None for each in appeals)
    context = {
        "entry": entry,
        "competition": entry.competition,
        "appeals": appeals,
        "closed": closed,
        "until": appeals_until(entry.competition),
        "form": None if closed or (has_open and not form.is_bound) else form,
        "typed": form["text"].value() if form.is_bound else "",
        "errors": form.non_field_errors(),
    }
    status = 422 if form.is_bound else 200
    return render(request, "competitions/results/appeal.html", context, status=status)


def _why_closed(competition):
    try:
        require_appeals_taken(competition, at=now())
    except Refusal as refusal:
        return str(refusal)
    return ""
