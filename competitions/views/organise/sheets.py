"""The organiser's list of score sheets: how far the judges are, reminding them, and opening a signed sheet again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.judging.due_sheets import remind_judges
from competitions.actions.judging.sheets import reopen_sheet
from competitions.forms.sheet import ReopeningForm
from competitions.models import Assignment, Round
from competitions.results import points_text
from competitions.states import CompetitionState, SheetState
from competitions.views.judging.totals import rounded
from competitions.views.organise.parts import attempt, managed, page_of
from competitions.views.organise.sheet_list import (
    SORTS,
    Asked,
    chips_of,
    facets_of,
    found,
    groups,
    lacking,
)

PER_PAGE = 50


def sheets(request, slug):
    competition, asked = managed(request, slug), Asked.of(request.GET)
    rounds = list(competition.rounds.exclude(kind__in=[Round.Kind.PUBLIC_VOTE, Round.Kind.MEASURED]))
    grouped = groups(competition, asked)
    page = Paginator(found(competition, asked), PER_PAGE).get_page(request.GET.get("page"))
    in_judging = competition.state == CompetitionState.JUDGING
    for sheet in page:
        sheet.total_text = _total(sheet)
        sheet.can_reopen = in_judging and sheet.state == SheetState.SIGNED and not sheet.is_apart
    facets = facets_of(grouped, asked, rounds=rounds, judges=competition.judges.all())
    context = {
        "page_obj": page,
        "query": asked.query,
        "kept": asked.kept(),
        "sorts": [(name, label, name == asked.sort) for name, (label, _keys) in SORTS.items()],
        "facets": facets,
        "chips": chips_of(facets, asked),
        "lacking": lacking(competition, rounds),
        "in_judging": in_judging,
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/organise/sheets.html", page)


def _total(sheet):
    """Weighted points of those within reach, and their share."""
    if not sheet.reachable:
        return "–"
    share = rounded(100 * sheet.reached / sheet.reachable)
    return f"{points_text(sheet.reached)} / {points_text(sheet.reachable)} ({share}%)"


@require_POST
def remind(request, slug):
    competition = managed(request, slug)
    count = attempt(request, lambda: remind_judges(competition, by=request.user, at=now()), done="")
    if count:
        sent = ngettext("%(count)s judge is reminded.", "%(count)s judges are reminded.", count)
        messages.success(request, sent % {"count": count})
    elif count == 0:
        messages.info(
            request, _("Nobody is to be reminded: every sheet is signed, or the letter went out today.")
        )
    return redirect("competitions:organise_sheets", slug)


def reopen(request, slug, pk):
    competition = managed(request, slug)
    rows = Assignment.objects.select_related("judge__user", "entry__competition", "round")
    sheet = get_object_or_404(rows, pk=pk, round__competition=competition)
    form = ReopeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_sheet(sheet, form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("The sheet of %(judge)s for %(code)s is open again. The judge was told why.")
            messages.success(request, done % {"judge": sheet.judge.name, "code": sheet.entry.code})
            return redirect("competitions:organise_sheets", slug)
    context = {"sheet": sheet, "form": form, "shows_peers": sheet.round.shows_peers != Round.Peers.NEVER}
    page = page_of(competition, "organise_committee", at=now(), **context)
    status = 422 if request.method == "POST" else 200
    return render(request, "competitions/organise/reopen_sheet.html", page, status=status)
