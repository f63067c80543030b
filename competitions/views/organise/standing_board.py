"""The organiser's board of scores: every entry in the official order as the signed sheets stand now."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.standings import standings
from competitions.states import CompetitionState
from competitions.views.organise.parts import managed, page_of
from competitions.views.organise.progress import counts_of
from competitions.views.organise.sheet_list import chips_of
from competitions.views.organise.standing_list import (
    Asked,
    facets_of,
    found,
    last_in_line,
    rows_of,
)

PER_PAGE = 250


def board(request, slug):
    competition = managed(request, slug)
    order = standings(competition)
    asked = Asked.of(request.GET, contest=order.contest)
    facets = facets_of(order, asked, tracks=competition.tracks.values_list("code", "name"))
    page_obj = Paginator(found(order, asked), PER_PAGE).get_page(request.GET.get("page"))
    line = last_in_line(order) if asked.is_whole else None
    rounds = [(f"round:{each.code}", each.name or each.code) for each in order.contest.rounds]
    context = {
        "page_obj": page_obj,
        "rows": rows_of(competition, order, list(page_obj)),
        "line": line,
        "rounds": [name for _code, name in rounds],
        "columns": 4 + len(rounds),
        "query": asked.query,
        "kept": asked.kept(),
        "facets": facets,
        "chips": chips_of(facets, asked),
        "sorts": [
            (name, label, name == asked.sort)
            for name, label in [("order", _("Official order")), ("code", _("Code")), *rounds]
        ],
        "counts": counts_of(competition),
        "published": competition.state == CompetitionState.PUBLISHED,
        "in_points": order.contest.scoring.total == "sum_of_points",
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    return render(request, "competitions/organise/result/board.html", page)
