"""The editor's desk: what waits for review, and what is due for another look."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.errors import Refusal
from accounts.permissions import require
from casebook.actions.review import next_review, review_again
from casebook.actions.versions import retire_record
from casebook.models import Proposal, WorkField
from casebook.permissions import can_review
from casebook.reviewing.queue import WHOSE, due_again, waiting, with_askers
from casebook.views.desk_parts import model_of

PAGE_SIZE = 30


@require_safe
def queue(request):
    require(can_review(request.user))
    chosen = {name: request.GET.get(name, "") for name in ("kind", "field", "whose", "sort")}
    chosen["overdue"] = bool(request.GET.get("overdue"))
    page = Paginator(waiting(request.user, at=now(), **chosen), PAGE_SIZE).get_page(request.GET.get("page"))
    page.object_list = with_askers(list(page.object_list))
    fields = list(WorkField.objects.all())
    context = {
        "page_obj": page,
        "chosen": chosen,
        "fields": fields,
        "chips": _chips(chosen, fields),
        "today": localdate(now()),
        "tabs": tabs(
            "desk", user=request.user, queued=None if any(chosen.values()) else page.paginator.count
        ),
    }
    return render(request, "casebook/desk.html", context)


@require_safe
def again(request):
    """Published records to look at again, the longest due first."""
    require(can_review(request.user))
    page = Paginator(due_again(now()), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "tabs": tabs("desk_again", user=request.user, due=page.paginator.count),
        "next_review": next_review(now()),
    }
    return render(request, "casebook/desk_again.html", context)


@require_POST
def still_good(request, kind, slug):
    require(can_review(request.user))
    record = get_object_or_404(model_of(kind), slug=slug)
    try:
        review_again(record, by=request.user, at=now(), review_by=_day(request.POST.get("review_by", "")))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“%(title)s” stays as it is for now.") % {"title": record.title})
    return redirect("casebook:desk_again")


@require_POST
def retire(request, kind, slug):
    require(can_review(request.user))
    record = get_object_or_404(model_of(kind), slug=slug)
    try:
        retire_record(record, by=request.user, at=now(), reason=request.POST.get("reason", "")[:500])
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(record)
    messages.success(request, _("“%(title)s” is retired and no longer found.") % {"title": record.title})
    return redirect("casebook:desk")


def tabs(here, *, user, queued=None, due=None):
    """The rooms of the desk with what waits in each. A count that the page knows already is handed in."""
    counts = {
        "desk": waiting(user).count() if queued is None else queued,
        "desk_again": due_again(now()).count() if due is None else due,
        "proposals": Proposal.objects.filter(state=Proposal.State.OPEN).count(),
    }
    labels = {
        "desk": _("Waiting for review"),
        "desk_again": _("Due for another look"),
        "proposals": _("Proposed changes"),
    }
    return [
        {
            "label": label,
            "address": reverse(f"casebook:{name}"),
            "current": name == here,
            "count": counts[name],
        }
        for name, label in labels.items()
    ]


def _chips(chosen, fields):
    names = {
        "kind": {"prompt": _("Prompt"), "case": _("Case")},
        "field": {field.code: str(field) for field in fields},
        "whose": dict(zip(WHOSE, (_("Written or edited by me"), _("I may decide on it")), strict=True)),
    }
    chips = [
        {"name": name, "value": chosen[name], "label": words.get(chosen[name], chosen[name])}
        for name, words in names.items()
        if chosen[name]
    ]
    return chips + ([{"name": "overdue", "value": "1", "label": _("Overdue")}] if chosen["overdue"] else [])


def _day(text):
    """None for an empty or impossible day; a year from now is taken then."""
    try:
        return parse_date(text)
    except ValueError:
        return None
