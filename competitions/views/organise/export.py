"""Taking entries away as CSV or XLSX; rows are written as they are read."""

import csv
from tempfile import TemporaryFile

import xlsxwriter
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.screening.export import begin_export
from competitions.actions.screening.export_rows import table_rows
from competitions.actions.screening.opening import is_sealed
from competitions.forms.screening import ExportForm
from competitions.views.organise.entry_list import Asked, found, handed_in
from competitions.views.organise.parts import managed, page_of

LONGEST_CELL = 32_767  # of XLSX
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LINES_AT_ONCE = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request, slug):
    """The entries the list finds; without a filter all of them."""
    competition, at = managed(request, slug), now()
    sealed = is_sealed(competition, at=at)
    rows = found(handed_in(competition), Asked.of(request.GET, sealed=sealed))
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            columns = begin_export(
                competition,
                kind=form.cleaned_data["kind"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _file(competition, rows, columns, kind=form.cleaned_data["format"])
    context = {
        "form": form,
        "sealed": sealed,
        "count": rows.count(),
        "address_query": request.GET.urlencode(),
    }
    page = page_of(competition, "organise_entries", at=at, **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/export.html", page, status=status)


def _file(competition, rows, columns, *, kind):
    name = f"{competition.slug}-{localdate():%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        return FileResponse(_workbook(rows, columns), as_attachment=True, filename=name, content_type=XLSX)
    response = StreamingHttpResponse(_lines(rows, columns), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response


class Lines(list):
    """What csv writes to: each line is kept until it is sent."""

    write = list.append


def _lines(rows, columns):
    """Pieces of the CSV, with the mark by which spreadsheet programs know UTF-8."""
    lines = Lines(["\ufeff"])
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(columns)
    for row in table_rows(rows, columns):
        writer.writerow(row)
        if len(lines) >= LINES_AT_ONCE:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


def _workbook(rows, columns):
    """Every cell is a text, so none is taken for a formula; a row is on the disk before the next one is read."""
    file = TemporaryFile()  # noqa: SIM115  the answer closes it
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("entries")
        for place, text in enumerate(columns):
            sheet.write_string(0, place, text)
        for number, row in enumerate(table_rows(rows, columns), start=1):
            for place, text in enumerate(row):
                if text:
                    sheet.write_string(number, place, text[:LONGEST_CELL])
    file.seek(0)
    return file
