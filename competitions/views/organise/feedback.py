"""What judges wrote for the entrants: the organiser reads it, withholds single comments, and releases the rest."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from accounts.privacy import KINDS
from competitions.actions.afterwards.feedback import (
    LooksPersonal,
    comments_of,
    let_through,
    release_feedback,
    withheld_key,
    withheld_of,
    withhold,
)
from competitions.actions.afterwards.feedback_findings import JUDGE, found_in, judges_of
from competitions.states import CompetitionState
from competitions.views.organise.parts import attempt, managed, page_of

PER_PAGE = 50


def feedback(request, slug):
    """The comments; a POST releases them."""
    competition = managed(request, slug)
    if request.method != "POST":
        return _page(request, competition)
    try:
        count = release_feedback(
            competition, by=request.user, at=now(), has_looked=request.POST.get("has_looked") == "yes"
        )
    except Refusal as refusal:
        return _page(request, competition, refusal=refusal)
    messages.success(
        request,
        ngettext("%(count)s comment is released.", "%(count)s comments are released.", count)
        % {"count": count},
    )
    return redirect("competitions:organise_feedback", slug)


@require_POST
def keep_back(request, slug, pk):
    """Withhold one comment with a reason."""
    competition = managed(request, slug)
    sheet = _sheet(competition, pk)
    reason = request.POST.get("reason", "")
    try:
        withhold(sheet, reason=reason, by=request.user, at=now())
    except Refusal as refusal:
        return _page(request, competition, refusal=refusal, typed={sheet.pk: reason})
    messages.success(request, _("The comment is withheld."))
    return redirect(_back(request, slug, sheet))


@require_POST
def let_go(request, slug, pk):
    competition = managed(request, slug)
    sheet = _sheet(competition, pk)
    attempt(
        request, lambda: let_through(sheet, by=request.user), done=_("The comment is no longer withheld.")
    )
    return redirect(_back(request, slug, sheet))


def _sheet(competition, pk):
    return get_object_or_404(comments_of(competition).select_related("entry__competition"), pk=pk)


def _back(request, slug, sheet):
    page = request.POST.get("page", "")
    address = redirect("competitions:organise_feedback", slug).url
    return f"{address}?page={page}#sheet-{sheet.pk}" if page.isdecimal() else f"{address}#sheet-{sheet.pk}"


def _page(request, competition, *, refusal=None, typed=None):
    withheld = withheld_of(competition)
    page_obj = Paginator(comments_of(competition), PER_PAGE).get_page(
        request.GET.get("page") or request.POST.get("page")
    )
    judges = judges_of(competition)
    rows = [_row(sheet, withheld=withheld, judges=judges, typed=typed or {}) for sheet in page_obj]
    context = {
        "page_obj": page_obj,
        "rows": rows,
        "withheld_count": _withheld_count(competition, withheld),
        "refusal": refusal,
        "asks_look": isinstance(refusal, LooksPersonal),
        "can_release": competition.state == CompetitionState.PUBLISHED
        and not competition.feedback_released_at,
    }
    page = page_of(competition, "organise_result", at=now(), **context)
    status = 422 if refusal else 200
    return render(request, "competitions/organise/after/feedback.html", page, status=status)


def _withheld_count(competition, withheld):
    if not withheld:
        return 0
    keys = comments_of(competition).order_by().values_list("pk", flat=True)
    return sum(withheld_key(_Key(pk)) in withheld for pk in keys)


class _Key:
    def __init__(self, pk):
        self.pk = pk


def _row(sheet, *, withheld, judges, typed):
    key = withheld_key(sheet)
    kinds = found_in(sheet.comment_entrant, judges=judges)
    words = [_("name of a judge") if kind == JUDGE else _(KINDS[kind]) for kind in sorted(kinds)]
    return {
        "sheet": sheet,
        "is_withheld": key in withheld,
        "reason": withheld.get(key, typed.get(sheet.pk, "")),
        "found": ", ".join(words),
    }
