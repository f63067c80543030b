"""How firm a computed result is: the stored advice, beside the official order and never part of it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.timezone import now

from competitions.models import Result
from competitions.states import CompetitionState
from competitions.views.organise.firmness_parts import (
    agreement_rows,
    changes_of,
    entry_rows,
    judge_rows,
    outlier_rows,
    refused_rows,
    without_rows,
)
from competitions.views.organise.parts import managed, page_of

PER_PAGE = 50


def firmness(request, slug):
    competition = managed(request, slug)
    result = Result.objects.filter(competition=competition).defer("file").first()
    context = {
        "result": result,
        "can_compute": competition.state not in {CompetitionState.PUBLISHED, CompetitionState.CANCELLED},
    }
    if result and result.advice:
        context |= _shown(competition, result, page=request.GET.get("page"))
    page = page_of(competition, "organise_result", at=now(), **context)
    return render(request, "competitions/organise/result/firmness.html", page)


def _shown(competition, result, *, page):
    advice = result.advice
    ranked = [entry for entry in result.outcome["entries"] if entry["place"] is not None]
    names = dict(competition.judges.values_list("code", "name"))
    rounds = dict(competition.rounds.values_list("code", "name"))
    page_obj = Paginator(ranked, PER_PAGE).get_page(page)
    return {
        "advice": advice,
        "judges": judge_rows(advice, names=names),
        "page_obj": page_obj,
        "entries": entry_rows(advice, list(page_obj), ranked=ranked),
        "changes": changes_of(advice, ranked),
        "grey": advice["grey_zone"],
        "agreement": agreement_rows(advice["agreement"]),
        "agreement_round": rounds.get((advice["agreement"] or {}).get("round"), ""),
        "stability": advice["stability"],
        "without": without_rows(advice["stability"], names=names),
        "outliers": outlier_rows(advice["outliers"], competition=competition, names=names, rounds=rounds),
        "refused": refused_rows(advice["refused"], rounds=rounds),
    }
