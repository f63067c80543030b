"""The pool as a file: brought in from a table, and taken away as one."""

import csv
import io
from pathlib import PurePath

import xlsxwriter
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.bringing_in.files import pool_from_bytes
from competitions.actions.bringing_in.pool import bring_in_candidates
from competitions.actions.committee.pool import begin_pool_export
from competitions.actions.screening.export_rows import FORMULA_STARTS
from competitions.contest_files.pool_table import HEADINGS, pool_headings, side_word
from competitions.forms.pool import PoolExportForm
from competitions.forms.screening import TableFileForm
from competitions.models import JudgeCandidate
from competitions.views.committee.pool import pool_page
from competitions.views.organise.parts import organises_something

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
def import_pool(request):
    require(organises_something(request.user))
    form = TableFileForm(request.POST, request.FILES)
    problems = _take(request, form)
    if problems is None:
        return redirect("competitions:judge_pool")
    return pool_page(request, file_form=form, problems=problems, status=422)


def _take(request, form):
    """Bring the file in. Returns None when done, else the sentences that say why not."""
    if not form.is_valid():
        return []
    file = form.cleaned_data["file"]
    try:
        table = pool_from_bytes(file.read(), ending=PurePath(file.name).suffix.lower())
        brought = bring_in_candidates(table.candidates, by=request.user, at=now())
    except Refusal as refusal:
        return str(refusal).split("\n")
    for notice in table.notices:
        messages.warning(request, notice.text(_))
    messages.success(
        request,
        _("New: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s.")
        % {"new": brought.new, "changed": brought.changed, "unchanged": brought.unchanged},
    )
    return None


@never_cache
@require_POST
def export_pool(request):
    require(organises_something(request.user))
    form = PoolExportForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose CSV or XLSX."))
        return redirect("competitions:judge_pool")
    korean = (get_language() or "").startswith("ko")
    candidates = list(JudgeCandidate.objects.filter(left_at=None).values_list(*HEADINGS))
    begin_pool_export(by=request.user, count=len(candidates))
    rows = [pool_headings(korean=korean), *(_row(each, korean=korean) for each in candidates)]
    kind = form.cleaned_data["format"]
    response = HttpResponse(WRITERS[kind](rows), content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="judges-{localdate():%Y-%m-%d}.{kind}"'
    return response


def _row(values, *, korean):
    """Texts no spreadsheet program takes for a formula, in the order of HEADINGS."""
    cells = dict(zip(HEADINGS, values, strict=True))
    cells["side"] = side_word(cells["side"], korean=korean)
    return [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells.values()]


def _csv_of(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx_of(rows):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("judges")
        for line, row in enumerate(rows):
            for place, text in enumerate(row):
                sheet.write_string(line, place, text)
    return out.getvalue()


WRITERS = {"csv": _csv_of, "xlsx": _xlsx_of}
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": XLSX}
