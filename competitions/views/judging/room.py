"""The judge's queue."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _

from accounts.permissions import require
from competitions.actions.committee.jury import COMMITTEE_STATES
from competitions.models import Judge
from competitions.states import SheetState
from competitions.views.judging.queue import Asked, grouped, next_open, queue_sheets, state_counts
from competitions.views.judging.seats import challenges_to_vote_on, seats_of

PER_PAGE = 50


def judging(request):
    places = list(own_places(request.user))
    require(bool(places))
    asked = Asked.of(request.GET)
    page = Paginator(queue_sheets(request.user, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "groups": grouped(page, user=request.user),
        "next_sheet": next_open(request.user),
        "unpledged": [place for place in places if needs_pledge(place)],
        "asked": asked,
        "states": _states(request.user),
        "can_sign_some": any(sheet.is_ready for sheet in page),
        "seats": seats_of(places),
        "challenge_count": challenges_to_vote_on(request.user),
    }
    return render(request, "competitions/judging/queue.html", context)


def own_places(user):
    rows = Judge.objects.filter(user=user).select_related("competition")
    return rows.defer("competition__call", "competition__plan")


def needs_pledge(judge):
    is_at_work = judge.competition.state in COMMITTEE_STATES and judge.state == Judge.State.ACCEPTED
    return is_at_work and not judge.pledged_at


def _states(user):
    """[(value, label, how many)] for the filter; the first is for all."""
    counts = dict.fromkeys(SheetState, 0)
    for states in state_counts(user).values():
        for state, count in states.items():
            counts[state] += count
    rows = [(state.value, state.label, counts[state]) for state in SheetState if counts[state]]
    return [("", _("All"), sum(counts.values())), *rows]
