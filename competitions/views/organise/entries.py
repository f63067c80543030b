"""The list of entries handed in to a competition."""

from functools import cache

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.templatetags.site import state_badge, when
from competitions.actions.screening.locks import SCREENING_STATES
from competitions.actions.screening.many import MOST_AT_ONCE, SOURCES
from competitions.actions.screening.opening import is_sealed
from competitions.states import EntryState
from competitions.views.organise.entry_filters import chips_of, facets_of, flag_words
from competitions.views.organise.entry_list import (
    SEALED_SORTS,
    SIZES,
    Asked,
    groups,
    handed_in,
    page_of_found,
)
from competitions.views.organise.parts import managed, page_of

COLUMNS = (
    "code",
    "title",
    "team",
    "state",
    "submitted_at",
    "correction_due",
    "flags",
    "competition_id",
    "track__name",
)
TICK = (
    '<span class="krds-form-check medium"><input type="checkbox" name="entries" value="{0}" id="tick-{0}">'
    '<label for="tick-{0}"><span class="sr-only">{1}</span></label></span>'
)
SEALED_COLUMNS = ("code", "state", "competition_id", "track__name")


def entries(request, slug):
    competition, at = managed(request, slug), now()
    sealed = is_sealed(competition, at=at)
    asked = Asked.of(request.GET, sealed=sealed)
    rows = handed_in(competition).select_related("track").only(*(SEALED_COLUMNS if sealed else COLUMNS))
    grouped = groups(handed_in(competition), asked)
    page = page_of_found(rows, asked, grouped=grouped, number=request.GET.get("page"))
    facets = facets_of(grouped, asked, tracks=competition.tracks.all())
    can_screen = can_be_screened(competition, at=at)
    shown = _rows(request, competition, page, can_screen=can_screen, sealed=sealed)
    context = {
        "page_obj": page,
        "rows": shown,
        "query": asked.query,
        "kept": asked.kept(),
        "asked": asked,
        "sealed": sealed,
        "sorts": _sorts(asked),
        "sizes": [(size, size == asked.size) for size in SIZES],
        "facets": facets,
        "chips": chips_of(facets, asked),
        "can_screen": can_screen,
        "can_tick_some": any(row["tick"] for row in shown),
        "most_at_once": MOST_AT_ONCE,
        "address_query": request.GET.urlencode(),
    }
    page = page_of(competition, "organise_entries", at=at, **context)
    return render(request, "competitions/organise/entries.html", page)


def _rows(request, competition, page, *, can_screen, sealed):
    """What the table shows of each entry, ready to print; what many rows share is made once, for 200 rows too."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    before, after = reverse("competitions:organise_entry", args=[competition.slug, 0]).rsplit("0", 1)
    tick, movable = _("Tick entry %(code)s"), set().union(*SOURCES.values())
    states, flags = cache(_state), cache(_flags)
    return [
        {
            "id": str(entry.pk),
            "code": entry.code,
            "address": f"{before}{entry.pk}{after}{query}",
            "tick": _tick(entry, tick) if can_screen and entry.state in movable else "",
            "track": entry.track.name if entry.track else "–",
            "state": states(entry.state, entry.waits),
            **({} if sealed else _open_row(entry, flags=flags)),
        }
        for entry in page
    ]


def _tick(entry, words):
    return format_html(TICK, entry.pk, words % {"code": entry.code})


def _open_row(entry, *, flags):
    """What only a row that is not sealed shows."""
    return {
        "title": entry.title or entry.code,
        "team": entry.team,
        "submitted": when(entry.submitted_at, left=False),
        "flags": flags(tuple(entry.flags)),
    }


def _state(state, waits):
    badge = render_to_string("components/badge.html", state_badge(state, EntryState(state).label))
    words = {"overdue": _("Correction overdue"), "corrected": _("Corrected")}.get(waits)
    return format_html("<span>{} {}</span>", badge, _marks([words] if words else []))


def _flags(flags):
    return _marks(flag_words(flags))


def _marks(words):
    return format_html_join("", ' <span class="entry-flag">{}</span>', ((each,) for each in words))


def _sorts(asked):
    """[(name, label, whether it is in force)]."""
    labels = {"code": _("Code"), "newest": _("Newest"), "title": _("Title"), "state": _("State")}
    names = SEALED_SORTS if asked.sealed else labels
    return [(name, labels[name], name == asked.sort) for name in names]


def can_be_screened(competition, *, at):
    return competition.state in SCREENING_STATES and competition.has_closed(at)
