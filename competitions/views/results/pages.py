"""The published result: winners first, then how it came about and the file to check it."""

from collections import Counter

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public
from casebook.content import canonical_json, content_sha256
from competitions.actions.afterwards.appeals import appeals_until
from competitions.actions.conflicts.sheets import is_kept_apart
from competitions.contest_figures import public_figures
from competitions.declared import declared_rule, rule_sentences
from competitions.models import Assignment, Award, Competition
from competitions.states import CompetitionState, SheetState
from competitions.views.results.board import criteria_of, in_award_order, rows_of
from competitions.views.results.steps import why_out

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
    criteria, rule = criteria_of(competition), declared_rule(competition)
    rows = rows_of(competition, [*awarded, *page], named=criteria)
    winners = in_award_order(rows)
    context = {
        "competition": competition,
        "crumbs": [
            (_("Competitions"), reverse("competitions:competition_list")),
            (competition.title, competition.get_absolute_url()),
        ],
        "result": competition.result,
        "rule_is_as_announced": rule_is_as_announced(competition),
        "winners": [row for row in winners if not row.revocation],
        "cancelled": [row for row in winners if row.revocation],
        "others": rows[len(awarded) :],
        "page_obj": page,
        "without_place": _without_place(outcome["entries"]),
        "in_points": rule.scoring.total == "sum_of_points",
        "entry_count": len(outcome["entries"]),
        "criteria": criteria,
        "rule": rule_sentences(rule, tracks=dict(competition.tracks.values_list("code", "name"))),
        "judge_count": _signing_judges(competition),
        "has_own_sheets": _has_own_sheets(request.user, competition),
        "figures": public_figures(competition),
        "appeals_until": appeals_until(competition),
        "takes_appeals": now() < appeals_until(competition),
    }
    return render(request, "competitions/results/page.html", context)


@public
@require_safe
def results_file(request, slug):
    """The file of a published result as it was frozen; of one from before there were such files, its outcome."""
    result = _published(slug).result
    etag = f'"{result.file_sha256 or result.outcome_sha256}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return unchanged
    body = result.file.encode() if result.file_sha256 else canonical_json(result.outcome)
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response["ETag"] = etag
    response["Content-Disposition"] = content_disposition_header(True, f"{slug}-results.json")
    return response


def _without_place(entries):
    """[(how many, why)] of the entries that take no place."""
    counts = Counter(entry["status"] for entry in entries if entry["place"] is None)
    return [(count, why_out(status)) for status, count in sorted(counts.items())]


def rule_is_as_announced(competition):
    """Whether the result's rule is the one announced; None where what was announced was not kept."""
    if not competition.rule_sha256:
        return None
    method = competition.result.outcome["method"]
    return competition.rule_sha256 == content_sha256({k: v for k, v in method.items() if k != "text"})


def _published(slug):
    rows = Competition.objects.filter(state=CompetitionState.PUBLISHED, result__published_at__isnull=False)
    rows = rows.select_related("result").defer("result__file", "result__advice")
    return get_object_or_404(rows, slug=slug)


def _has_award(entry, holders):
    return entry["award"] or entry["code"] in holders


def _holders(competition):
    """Codes of the entries that hold or held an award; a few were given it after the result was published."""
    return set(Award.objects.filter(tier__competition=competition).values_list("entry__code", flat=True))


def _has_own_sheets(user, competition):
    if not user.is_authenticated or not competition.result.file_sha256:
        return False
    own = Assignment.objects.visible_to(user).filter(round__competition=competition)
    return own.filter(state=SheetState.SIGNED).exists()


def _signing_judges(competition):
    """Members with a sheet that counts."""
    signed = Assignment.objects.signed().filter(~is_kept_apart(), round__competition=competition)
    return signed.order_by().values("judge").distinct().count()
