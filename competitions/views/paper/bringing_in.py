"""Scores from a table or a judge's workbook: looked at first, brought in when confirmed."""

from collections import Counter
from pathlib import PurePath

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.bringing_in.score_files import scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores, try_scores
from competitions.actions.bringing_in.waiting_files import keep, kept
from competitions.forms.screening import TableFileForm
from competitions.views.organise.parts import managed, page_of

SHOWN_NOTICES = 50
PAGE = "competitions/paper/import.html"


@require_http_methods(["GET", "HEAD", "POST"])
def import_sheets(request, slug):
    competition = managed(request, slug)
    if request.method != "POST":
        return _page(request, competition, form=TableFileForm())
    if "waiting" in request.POST:
        return _confirmed(request, competition)
    form = TableFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, competition, form=form, status=422)
    return _looked_at(request, competition, form)


def _looked_at(request, competition, form):
    """Show what would come in and keep the file for a day; of a file that is not taken nothing is kept."""
    file = form.cleaned_data["file"]
    try:
        table = scores_from_bytes(competition, file.read(), ending=_ending(file.name))
        brought = try_scores(competition, table.scores, remarks=table.remarks, by=request.user, at=now())
    except Refusal as refusal:
        return _page(request, competition, form=form, problems=str(refusal).split("\n"), status=422)
    waiting = keep(competition, by=request.user, table=file, archive=None, state="")
    sheets = Counter({(s.round, s.judge, s.entry): 1 for s in table.scores})
    groups = Counter((round_, judge) for round_, judge, _entry in sheets)
    context = {
        "brought": brought,
        "groups": [(round_, judge, count) for (round_, judge), count in sorted(groups.items())],
        "notices": [notice.text(_) for notice in table.notices[:SHOWN_NOTICES]],
        "waiting": waiting,
        "file_name": file.name,
    }
    return _page(request, competition, **context)


def _confirmed(request, competition):
    """Bring the waiting file in. It is gone afterwards, however it ends."""
    try:
        waiting = kept(request.POST["waiting"], competition, by=request.user)
    except Refusal as refusal:
        return _page(request, competition, form=TableFileForm(), problems=[str(refusal)], status=422)
    try:
        table = scores_from_bytes(competition, waiting.table(), ending=waiting.ending)
        brought = bring_in_scores(competition, table.scores, remarks=table.remarks, by=request.user, at=now())
    except Refusal as refusal:
        problems = str(refusal).split("\n")
        return _page(request, competition, form=TableFileForm(), problems=problems, status=422)
    finally:
        waiting.remove()
    messages.success(
        request,
        _("New: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s.")
        % {"new": brought.new, "changed": brought.changed, "unchanged": brought.unchanged},
    )
    return redirect("competitions:organise_sheets", competition.slug)


def _ending(name):
    return PurePath(name).suffix.lower()


def _page(request, competition, *, status=200, **context):
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, PAGE, page, status=status)
