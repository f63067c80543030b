"""The organiser's page of a measured round: points typed in a table, or brought in by a file."""

from pathlib import PurePath

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.rounds.measured import Grid, keep_measured, measured_from_bytes
from competitions.forms.measured import MeasuredForm
from competitions.forms.rounds import MeasuredNoteForm
from competitions.forms.screening import TableFileForm
from competitions.models import Round
from competitions.views.organise.parts import page_of
from competitions.views.rounds.parts import managed_round

PER_PAGE = 200


def measured(request, slug, code):
    round_ = managed_round(request, slug, code, Round.Kind.MEASURED)
    grid = Grid(round_)
    if request.method != "POST":
        return _show(request, grid)
    form = MeasuredForm(grid, _page(request, grid), request.POST)
    note_form = MeasuredNoteForm(request.POST)
    if note_form.is_valid() & form.is_valid():
        given = form.given(note_form.cleaned_data["note"])
        try:
            kept = keep_measured(round_, given, by=request.user, at=now(), seen=request.POST.get("seen", ""))
        except Refusal as refusal:
            note_form.add_error(None, str(refusal))
            return _show(request, grid, form=form, note_form=note_form, status=422)
        messages.success(request, _told(kept))
        return redirect(request.get_full_path())
    seen = request.POST.get("seen", "")  # what was typed is not compared with anything yet
    return _show(request, grid, form=form, note_form=note_form, seen=seen, status=422)


@require_POST
def import_measured(request, slug, code):
    round_ = managed_round(request, slug, code, Round.Kind.MEASURED)
    file_form = TableFileForm(request.POST, request.FILES)
    problems = []
    if file_form.is_valid():
        file = file_form.cleaned_data["file"]
        try:
            given, notices = measured_from_bytes(
                round_, file.read(), ending=PurePath(file.name).suffix.lower()
            )
            kept = keep_measured(round_, given, by=request.user, at=now())
        except Refusal as refusal:
            problems = str(refusal).split("\n")
        else:
            for notice in notices:
                messages.warning(request, notice.text(_))
            messages.success(request, _told(kept))
            return redirect("competitions:organise_measured", slug, code)
    return _show(request, Grid(round_), file_form=file_form, problems=problems, status=422)


def _told(kept):
    return _("New: %(new)s, changed: %(changed)s, emptied: %(removed)s.") % {
        "new": kept.new,
        "changed": kept.changed,
        "removed": kept.removed,
    }


def _page(request, grid):
    return Paginator(grid.entries, PER_PAGE).get_page(request.GET.get("page"))


def _show(request, grid, *, form=None, note_form=None, file_form=None, problems=(), seen=None, status=200):
    page = _page(request, grid)
    context = page_of(
        grid.round.competition,
        "organise_rounds",
        at=now(),
        round=grid.round,
        table=form or MeasuredForm(grid, page),
        form=note_form or MeasuredNoteForm(),
        file_form=file_form or TableFileForm(),
        problems=problems,
        page_obj=page,
        seen=grid.sha256() if seen is None else seen,
    )
    return render(request, "competitions/rounds/measured.html", context, status=status)
