"""The published result: winners first, then how it came about and the file to check it."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.content import canonical_json
from competitions.models import Award, Competition
from competitions.states import CompetitionState, SheetState
from competitions.views.results.board import criteria_of, in_award_order, rows_of

PER_PAGE = 50


@public
@require_safe
def results(request, slug):
    competition = _published(slug)
    outcome = competition.result.outcome
    holders = _holders(competition)
    awarded = [entry for entry in outcome["entries"] if _has_award(entry, holders)]
    ranked = [
        entry for entry in outcome["entries"] if entry["place"] is not None and not _has_award(entry, holders)
    ]
    page = Paginator(ranked, PER_PAGE).get_page(request.GET.get("page"))
    rows = rows_of(competition, [*awarded, *page])
    winners = in_award_order(rows)
    criteria = criteria_of(competition)
    context = {
        "competition": competition,
        "crumbs": [
            (_("Competitions"), reverse("competitions:competition_list")),
            (competition.title, competition.get_absolute_url()),
        ],
        "result": competition.result,
        "winners": [row for row in winners if not row.revocation],
        "cancelled": [row for row in winners if row.revocation],
        "others": rows[len(awarded) :],
        "page_obj": page,
        "unscored_count": sum(entry["place"] is None for entry in outcome["entries"]),
        "entry_count": len(outcome["entries"]),
        "criteria": criteria,
        "has_own_criteria": any(criterion.track_id for criterion in criteria),
        "judge_count": _signing_judges(competition),
    }
    return render(request, "competitions/results/page.html", context)


@public
@require_safe
def results_file(request, slug):
    """The published outcome, byte for byte what its SHA-256 was taken over."""
    result = _published(slug).result
    etag = f'"{result.outcome_sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    response = HttpResponse(canonical_json(result.outcome), content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = content_disposition_header(False, f"{slug}-results.json")
    return response


def _published(slug):
    rows = Competition.objects.filter(state=CompetitionState.PUBLISHED, result__published_at__isnull=False)
    return get_object_or_404(rows.select_related("result"), slug=slug)


def _has_award(entry, holders):
    return entry["award"] or entry["code"] in holders


def _holders(competition):
    """Codes of the entries that hold or held an award; a few were given it after the result was published."""
    return set(Award.objects.filter(tier__competition=competition).values_list("entry__code", flat=True))


def _signing_judges(competition):
    return competition.judges.filter(assignments__state=SheetState.SIGNED).distinct().count()
