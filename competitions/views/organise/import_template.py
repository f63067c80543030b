"""A table of entries to fill in, from the questions and tracks of a call."""

import csv
import io

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from competitions.actions.calls.records import question_record
from competitions.contest_files.entries_table_template import template_rows
from competitions.views.organise.parts import managed


@require_safe
def import_template(request, slug, format):
    competition = managed(request, slug)
    if format not in {"csv", "xlsx"}:
        raise Http404
    track = competition.tracks.first()
    rows = template_rows(
        korean=(get_language() or "").startswith("ko"),
        questions=[question_record(row) for row in competition.form_fields.all()],
        track=track.name if track else "",
    )
    response = HttpResponse(TEMPLATES[format](rows), content_type=TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="entries.{format}"'
    return response


def _csv_of(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx_of(rows):
    book = Workbook()
    for line, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = book.active.cell(line, place, text or None)
            if text:
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


TEMPLATES = {"csv": _csv_of, "xlsx": _xlsx_of}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
