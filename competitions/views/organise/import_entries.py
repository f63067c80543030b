"""Entries from a table, and the files they name: looked at first, brought in when confirmed."""

import base64
import csv
import io
from contextlib import ExitStack
from pathlib import PurePath

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.bringing_in.entries import bring_in_entries, try_entries
from competitions.actions.bringing_in.files import entries_from_bytes
from competitions.actions.bringing_in.packed_files import NoFiles, PackedFiles
from competitions.actions.bringing_in.waiting_files import keep, kept
from competitions.actions.entries.consents import terms_of
from competitions.contest_files.entries_table_template import FORMULA_SIGNS
from competitions.forms.import_entries import ImportEntriesForm
from competitions.views.organise.parts import managed, page_of

SHOWN_ROWS = 10
SHOWN_FILES = 20
MOST_LISTED = 2_000
PAGE = "competitions/organise/import.html"


def import_entries(request, slug):
    competition = managed(request, slug)
    if request.method != "POST":
        return _page(request, competition, form=ImportEntriesForm())
    if "waiting" in request.POST:
        return _confirmed(request, competition)
    form = ImportEntriesForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, competition, form=form, status=422)
    return _looked_at(request, competition, form)


def _looked_at(request, competition, form):
    """Show what would come in and keep the files for a day; of a file that is not taken nothing is kept."""
    table, archive, state = (form.cleaned_data[name] for name in ("file", "archive", "state"))
    try:
        preview = _preview(
            competition,
            table.read(),
            ending=PurePath(table.name).suffix.lower(),
            archive=archive,
            state=state,
            by=request.user,
        )
    except Refusal as refusal:
        return _page(
            request,
            competition,
            form=form,
            problems=str(refusal).split("\n"),
            problem_list=_problem_list(refusal),
            status=422,
        )
    waiting = keep(competition, by=request.user, table=table, archive=archive, state=state)
    context = {"preview": preview, "waiting": waiting, "file_name": table.name, "state": state}
    return _page(request, competition, **context)


def _preview(competition, raw, *, ending, archive, state, by):
    table, problems = entries_from_bytes(competition, raw, ending=ending)
    with ExitStack() as stack:
        files = _files(stack, archive, competition)
        brought, coming = try_entries(
            competition,
            table.entries,
            by=by,
            at=now(),
            files=files,
            state=state,
            headers=table.headers,
            problems=problems,
        )
        left = files.not_asked_for()
    return {
        "new": brought.new,
        "unchanged": brought.unchanged,
        "is_whole": any(each.whole for each in table.entries),
        "rows": [_row(each) for each in coming[:SHOWN_ROWS]],
        "notices": [notice.text(_) for notice in table.notices],
        "left": left[:SHOWN_FILES],
        "more_left": max(len(left) - SHOWN_FILES, 0),
    }


def _files(stack, archive, competition):
    if not archive:
        return NoFiles()
    return stack.enter_context(PackedFiles(archive, limits=competition.files_record))


def _row(coming):
    entry = coming.entry
    return {
        "line": coming.record.line,
        "code": entry.code,
        "title": entry.title,
        "team": entry.team,
        "track": entry.track,
        "prompts": len(entry.draft.get("prompts") or []),
        "files": len(coming.files),
    }


def _confirmed(request, competition):
    """Bring the waiting files in. They are gone afterwards, however it ends."""
    try:
        waiting = kept(request.POST["waiting"], competition, by=request.user)
    except Refusal as refusal:
        return _page(request, competition, form=ImportEntriesForm(), problems=[str(refusal)], status=422)
    try:
        brought = _brought_in(competition, waiting, by=request.user)
    except Refusal as refusal:
        return _page(
            request,
            competition,
            form=ImportEntriesForm(),
            problems=str(refusal).split("\n"),
            problem_list=_problem_list(refusal),
            status=422,
        )
    finally:
        waiting.remove()
    messages.success(
        request,
        _("New: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s.")
        % {"new": brought.new, "changed": brought.changed, "unchanged": brought.unchanged},
    )
    return redirect("competitions:organise_entries", competition.slug)


def _brought_in(competition, waiting, *, by):
    table, problems = entries_from_bytes(competition, waiting.table(), ending=waiting.ending)
    with ExitStack() as stack:
        files = _files(stack, waiting.archive, competition)
        return bring_in_entries(
            competition,
            table.entries,
            by=by,
            at=now(),
            files=files,
            state=waiting.state,
            headers=table.headers,
            problems=problems,
        )


def _problem_list(refusal):
    """Every problem as a CSV file inside the page, so that nothing of the upload has to be kept."""
    problems = getattr(refusal, "problems", ())
    if not problems:
        return ""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_("Line"), _("Column"), _("Problem")])
    for each in problems[:MOST_LISTED]:
        cells = (each.line or "", each.column or "", each.sentence(_))
        writer.writerow([_plain(str(cell)) for cell in cells])
    coded = base64.b64encode(out.getvalue().encode("utf-8-sig")).decode()
    return f"data:text/csv;charset=utf-8;base64,{coded}"


def _plain(cell):
    """A cell no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell


def _page(request, competition, *, status=200, **context):
    if "preview" not in context:
        context["terms"] = terms_of(competition)
    page = page_of(competition, "organise_entries", at=now(), **context)
    return render(request, PAGE, page, status=status)
