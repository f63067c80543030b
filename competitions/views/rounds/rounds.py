"""The organiser's list of rounds, with what each still needs."""

from django.db.models import Count
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now

from competitions.actions.conflicts.sheets import standing_states
from competitions.models import Round
from competitions.states import SheetState
from competitions.views.organise.parts import managed, page_of

PAGES = {
    Round.Kind.PRESENTATION: "organise_order",
    Round.Kind.PUBLIC_VOTE: "organise_vote",
    Round.Kind.MEASURED: "organise_measured",
}


def rounds(request, slug):
    competition = managed(request, slug)
    rows = competition.rounds.annotate(
        sheets=Count("assignments", filter=standing_states(path="assignments__")),
        signed=Count("assignments", filter=standing_states(SheetState.SIGNED, path="assignments__")),
    )
    context = page_of(
        competition,
        "organise_rounds",
        at=now(),
        is_blind=any(each.blind for each in rows),
        rows=[{"round": each, "address": _address(competition, each)} for each in rows],
    )
    return render(request, "competitions/rounds/rounds.html", context)


def _address(competition, round_):
    name = PAGES.get(round_.kind)
    return reverse(f"competitions:{name}", args=[competition.slug, round_.code]) if name else ""
