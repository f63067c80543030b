"""The organiser's page of a contest judged on paper: workbooks, what comes back, scans, and papers to file."""

from tempfile import TemporaryFile
from zipfile import ZIP_STORED, ZipFile

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.errors import Refusal
from competitions.actions.paper.scans import scans_of
from competitions.actions.paper.workbooks import Desk
from competitions.errors import CompetitionError
from competitions.files.names import clean_name
from competitions.forms.paper import ScanForm
from competitions.states import SheetState
from competitions.views.organise.parts import managed, page_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def paper(request, slug):
    return paper_page(request, managed(request, slug))


def paper_page(request, competition, *, scan_form=None, status=200):
    sheets, signed = Q(assignments__isnull=False), Q(assignments__state=SheetState.SIGNED)
    judges = competition.judges.active().annotate(
        sheet_count=Count("assignments", filter=sheets & ~Q(assignments__state=SheetState.RECUSED)),
        signed_count=Count("assignments", filter=signed),
    )
    context = {
        "judges": judges,
        "scans": scans_of(competition),
        "scan_form": scan_form or ScanForm(competition=competition),
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/paper/desk.html", page, status=status)


@never_cache
@require_safe
def workbook(request, slug, pk):
    competition = managed(request, slug)
    judge = get_object_or_404(competition.judges.active(), pk=pk)
    try:
        made = Desk(competition).workbook_of(judge)
    except Refusal as refusal:
        return _back(request, slug, refusal)
    return sent(made, kind=XLSX, name=f"{competition.slug}-{judge.code}.xlsx")


@never_cache
@require_safe
def workbooks(request, slug):
    """Every judge's workbook in one archive. Judges without an entry are left out, and named."""
    competition = managed(request, slug)
    desk, without, file = Desk(competition), [], TemporaryFile()  # noqa: SIM115  the answer closes it
    with ZipFile(file, "w", ZIP_STORED) as archive:
        for judge in competition.judges.active():
            try:
                archive.writestr(clean_name(f"{judge.code} {judge.name}.xlsx"), desk.workbook_of(judge))
            except CompetitionError:
                without.append(judge.code)
        count = len(archive.namelist())
    if not count:
        return _back(request, slug, _("No judge has an entry to score yet. Assign entries first."))
    if without:
        left = ngettext("%(codes)s has no entry to score.", "%(codes)s have no entry to score.", len(without))
        messages.warning(request, left % {"codes": ", ".join(without)})
    file.seek(0)
    name = f"{competition.slug}-{localdate():%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


def _back(request, slug, refusal):
    messages.error(request, str(refusal))
    return redirect("competitions:organise_paper", slug)


def sent(made, *, kind, name):
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
