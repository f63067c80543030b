"""The list of entries handed in to a competition."""

from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.templatetags.site import state_badge
from competitions.actions.screening.locks import SCREENING_STATES
from competitions.actions.screening.many import MOST_AT_ONCE, SOURCES
from competitions.actions.screening.opening import is_sealed
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
    """What the table shows of each entry; what many rows share is made once, for a page of 200 rows too."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    before, after = reverse("competitions:organise_entry", args=[competition.slug, 0]).rsplit("0", 1)
    tick, movable = _("Tick entry %(code)s"), set().union(*SOURCES.values())
    labels = {entry.state: entry.get_state_display() for entry in page}
    badges = {
        state: render_to_string("components/badge.html", state_badge(state, label))
        for state, label in labels.items()
    }
    return [
        {
            "entry": entry,
            "id": str(entry.pk),
            "address": f"{before}{entry.pk}{after}{query}",
            "tick": tick % {"code": entry.code} if can_screen and entry.state in movable else "",
            "track": entry.track.name if entry.track else "–",
            "flags": [] if sealed else flag_words(entry.flags),
            "badge": badges[entry.state],
            "waits": entry.waits,
        }
        for entry in page
    ]


def _sorts(asked):
    """[(name, label, whether it is in force)]."""
    labels = {"code": _("Code"), "newest": _("Newest"), "title": _("Title"), "state": _("State")}
    names = SEALED_SORTS if asked.sealed else labels
    return [(name, labels[name], name == asked.sort) for name in names]


def can_be_screened(competition, *, at):
    return competition.state in SCREENING_STATES and competition.has_closed(at)
