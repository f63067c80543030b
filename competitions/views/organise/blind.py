"""Copies without names for judges of blind rounds: the list, one beside what was handed in, made again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from competitions.actions.judging.redacting import MADE_IN, blind_entries, copy_of, make_missing
from competitions.actions.judging.redaction_edits import change_copy, make_again
from competitions.actions.screening.opening import is_sealed
from competitions.forms.blind import change_of, seen_revision
from competitions.models import Redaction
from competitions.views.organise.blind_parts import (
    SHOWS,
    copy_rows,
    files_beside,
    held_files,
    masks_of,
    neighbours_of,
    texts_beside,
)
from competitions.views.organise.parts import attempt, managed, page_of

PER_PAGE = 50
TAB = "organise_rounds"


@require_safe
def blind(request, slug):
    competition, at = managed(request, slug), now()
    show = request.GET.get("show", "")
    show = show if show in SHOWS else ""
    rounds = [each.name for each in competition.rounds.all() if each.blind]
    sealed = is_sealed(competition, at=at)
    total, done, made = _counts(competition)
    rows = copy_rows(competition, show) if rounds and not sealed else competition.entries.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    for row in page:
        row.held = held_files(row.copy_files)
    labels = {"": _("All"), "unchecked": _("To be checked"), "checked": _("Copy checked")}
    context = {
        "rounds": rounds,
        "sealed": sealed,
        "page_obj": page,
        "shows": [(name, label, name == show) for name, label in labels.items()],
        "total": total,
        "done": done,
        "missing": total - made,
        "first": _first_unchecked(competition) if rounds and not sealed else None,
    }
    return render(request, "competitions/organise/blind.html", page_of(competition, TAB, at=at, **context))


@require_POST
def make(request, slug):
    """Make the copies that are missing, some at a time; the clock makes the rest."""
    competition, at = managed(request, slug), now()
    if is_sealed(competition, at=at) or not competition.rounds.filter(blind=True).exists():
        raise Http404
    count = make_missing(competition, at=at)
    made = ngettext("%(count)s copy is made.", "%(count)s copies are made.", count) % {"count": count}
    messages.success(request, made)
    return redirect("competitions:organise_blind", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def copy(request, slug, pk):
    competition, entry = _entry(request, slug, pk)
    row, refusal = copy_of(entry, at=now()), ""
    if row.pk is None:
        messages.error(request, _("A file of this entry is still being checked. Come back in a few minutes."))
        return redirect("competitions:organise_blind", slug)
    change = change_of(request.POST) if request.method == "POST" else None
    if change:
        try:
            change_copy(row, change, by=request.user, at=now())
        except Refusal as refused:
            refusal = str(refused)
        else:
            return _stored(request, slug, entry, is_checked=change.is_checked)
    return _page(request, competition, entry, row, change=change, refusal=refusal)


@require_POST
def again(request, slug, pk):
    _competition, entry = _entry(request, slug, pk)
    row, revision = copy_of(entry, at=now()), seen_revision(request.POST)
    attempt(
        request,
        lambda: make_again(row, revision=revision, by=request.user, at=now()),
        done=_("The copy is made again from what was handed in."),
    )
    return redirect("competitions:organise_blind_copy", slug, pk)


def _entry(request, slug, pk):
    competition = managed(request, slug)
    if is_sealed(competition, at=now()):
        raise Http404
    rows = blind_entries(competition).select_related("snapshot__redaction", "competition")
    return competition, get_object_or_404(rows, pk=pk)


def _stored(request, slug, entry, *, is_checked):
    if not is_checked:
        messages.success(request, _("Saved. Mark it as checked once you have read it."))
        return redirect("competitions:organise_blind_copy", slug, entry.pk)
    following = neighbours_of(entry)[2]
    if following is None:
        messages.success(request, _("Checked. It was the last copy."))
        return redirect("competitions:organise_blind", slug)
    messages.success(request, _("Entry %(code)s is checked. Here is the next one.") % {"code": entry.code})
    return redirect("competitions:organise_blind_copy", slug, following.pk)


def _page(request, competition, entry, row, *, change, refusal):
    before, after, todo = neighbours_of(entry)
    total, done, _made = _counts(competition)
    wrong = change.unmasked if change else frozenset()
    context = {
        "entry": entry,
        "copy": row,
        "revision": change.revision if change else row.revision,
        "refusal": refusal,
        "masks": [
            (value, text, what, count, kept if not change else tuple(value.split(":", 1)) in wrong)
            for value, text, what, count, kept in masks_of(row)
        ],
        "texts": texts_beside(entry, row, typed=change.texts if change else {}),
        "files": files_beside(entry, row, change.files if change else {}),
        "word": change.word if change else "",
        "can_change": competition.state in MADE_IN,
        "is_checked": row.state == Redaction.State.CHECKED,
        "before": before,
        "after": after,
        "todo": todo,
        "total": total,
        "done": done,
    }
    page = page_of(competition, TAB, at=now(), **context)
    return render(request, "competitions/organise/blind_copy.html", page, status=422 if refusal else 200)


def _counts(competition):
    """(entries, copies checked, copies made). One query."""
    states = list(blind_entries(competition).order_by().values_list("snapshot__redaction__state", flat=True))
    return len(states), states.count(Redaction.State.CHECKED), sum(state is not None for state in states)


def _first_unchecked(competition):
    return (
        blind_entries(competition)
        .exclude(snapshot__redaction__state=Redaction.State.CHECKED)
        .only("code")
        .first()
    )
