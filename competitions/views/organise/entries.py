"""Screening: the entries handed in to a competition, one by one or many at once."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import audit
from accounts.errors import Refusal
from competitions.actions.screening.decisions import (
    SCREENING_STATES,
    accept_entries,
    accept_entry,
    disqualify_entry,
)
from competitions.forms.screening import DisqualifyForm, TableFileForm
from competitions.models import Entry
from competitions.states import ENTRY_MOVES, EntryState
from competitions.views.organise.content import content_of
from competitions.views.organise.parts import attempt, managed, page_of

PER_PAGE = 25
SORTS = {"code": ("code", "pk"), "newest": ("-submitted_at", "-pk"), "title": ("title", "pk")}


def entries(request, slug):
    competition, at = managed(request, slug), now()
    return list_page(request, competition, at=at, file_form=TableFileForm())


def list_page(request, competition, *, at, status=200, **context):
    handed_in = _handed_in(request, competition)
    chosen = {name: request.GET.getlist(name) for name in ("state", "track")}
    query = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    found = _found(handed_in, chosen=chosen, query=query)
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "code"
    page = Paginator(found.order_by(*SORTS[sort]), PER_PAGE).get_page(request.GET.get("page"))
    facets = _facets(competition, handed_in, chosen=chosen)
    can_screen = _can_screen(competition, at=at)
    for entry in page:
        entry.can_tick = can_screen and entry.state == EntryState.SUBMITTED
    context |= {
        "page_obj": page,
        "query": query,
        "sort": sort,
        "kept": [("sort", sort), *((name, value) for name, values in chosen.items() for value in values)],
        "facets": facets,
        "chips": _chips(facets),
        "can_screen": can_screen,
        "can_tick_some": any(entry.can_tick for entry in page),
    }
    page = page_of(competition, "organise_entries", at=at, **context)
    return render(request, "competitions/organise/entries.html", page, status=status)


def _can_screen(competition, *, at):
    return competition.state in SCREENING_STATES and competition.has_closed(at)


def _handed_in(request, competition):
    return Entry.objects.in_competitions_of(request.user).filter(competition=competition)


def _found(rows, *, chosen, query):
    if chosen["state"]:
        rows = rows.filter(state__in=chosen["state"])
    if chosen["track"]:
        rows = rows.filter(track__code__in=chosen["track"])
    if query:
        rows = rows.filter(Q(title__icontains=query) | Q(code__iexact=query) | Q(team__icontains=query))
    return rows.select_related("track").defer("draft")


def _facets(competition, handed_in, *, chosen):
    by_state = dict(handed_in.order_by().values_list("state").annotate(Count("pk")))
    by_track = dict(handed_in.order_by().values_list("track__code").annotate(Count("pk")))
    states = [
        (state.value, state.label, by_state.get(state, 0)) for state in EntryState if by_state.get(state)
    ]
    tracks = [(track.code, track.name, by_track.get(track.code, 0)) for track in competition.tracks.all()]
    return [
        _facet("state", _("State"), states, chosen=chosen["state"]),
        _facet("track", _("Track"), tracks, chosen=chosen["track"]),
    ]


def _facet(name, title, options, *, chosen):
    return {
        "name": name,
        "title": title,
        "options": [
            {"value": value, "label": label, "count": count, "selected": value in chosen}
            for value, label, count in options
        ],
    }


def _chips(facets):
    return [
        {"name": facet["name"], "value": option["value"], "label": f"{facet['title']}: {option['label']}"}
        for facet in facets
        for option in facet["options"]
        if option["selected"]
    ]


@require_POST
def accept_many(request, slug):
    competition = managed(request, slug)
    pks = [int(pk) for pk in request.POST.getlist("entries") if pk.isdecimal() and len(pk) < 19]
    if not pks:
        messages.error(request, _("Tick at least one entry first."))
        return redirect("competitions:organise_entries", slug)
    count = attempt(request, lambda: accept_entries(competition, pks, by=request.user, at=now()), done="")
    if count is not None:
        sentence = ngettext("%(count)s entry is accepted.", "%(count)s entries are accepted.", count)
        messages.success(request, sentence % {"count": count})
    return redirect("competitions:organise_entries", slug)


def entry(request, slug, pk):
    competition, row = _entry(request, slug, pk)
    return _entry_page(request, competition, row, form=DisqualifyForm())


def _entry(request, slug, pk):
    competition = managed(request, slug)
    rows = _handed_in(request, competition).select_related("track", "snapshot", "decided_by", "entrant")
    return competition, get_object_or_404(rows, pk=pk)


def _entry_page(request, competition, row, *, form, contact=None, status=200):
    at = now()
    can_screen = _can_screen(competition, at=at)
    context = {
        "entry": row,
        "content": None if row.state == EntryState.WITHDRAWN else content_of(row),
        "form": form,
        "contact": contact,
        "has_contact": row.entrant_id is not None,
        "can_accept": can_screen and row.state in ENTRY_MOVES["accept"][0],
        "can_disqualify": can_screen and row.state in ENTRY_MOVES["disqualify"][0],
    }
    page = page_of(competition, "organise_entries", at=at, **context)
    return render(request, "competitions/organise/entry.html", page, status=status)


@require_POST
def accept(request, slug, pk):
    _competition, row = _entry(request, slug, pk)
    done = _("The entry is accepted.")
    attempt(request, lambda: accept_entry(row, by=request.user, at=now()), done=done)
    return redirect("competitions:organise_entry", slug, pk)


@require_POST
def disqualify(request, slug, pk):
    competition, row = _entry(request, slug, pk)
    form = DisqualifyForm(request.POST)
    if form.is_valid():
        try:
            disqualify_entry(row, by=request.user, at=now(), reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The entry is disqualified."))
            return redirect("competitions:organise_entry", slug, pk)
    return _entry_page(request, competition, row, form=form, status=422)


@require_POST
def contact(request, slug, pk):
    """Show who entered. Looking is recorded, because it concerns a person."""
    competition, row = _entry(request, slug, pk)
    if row.entrant:
        audit.record("entry.contact_seen", by=request.user, target=row, about=row.entrant)
    return _entry_page(request, competition, row, form=DisqualifyForm(), contact=row.entrant)
