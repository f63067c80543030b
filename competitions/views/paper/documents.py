"""The committee's papers as PDF and XLSX: all for the organiser, the own sheets for a judge; and the own workbook."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.context_processors import own_government
from accounts.errors import Refusal
from competitions.actions.judging.calibration import calibration_first
from competitions.actions.paper.workbooks import own_workbook
from competitions.documents.office_xlsx import result_sheet_xlsx, score_sheets_xlsx
from competitions.documents.typst_pdf import pdf
from competitions.errors import CompetitionError
from competitions.models import Assignment, Judge
from competitions.states import JUDGED_STATES, SheetState
from competitions.views.judging.sheet_parts import why_closed
from competitions.views.organise.parts import managed
from competitions.views.paper.desk import XLSX, sent
from competitions.views.paper.result_sheet import result_sheet_data
from competitions.views.paper.score_sheets import score_sheets_data

PDF = "application/pdf"
MOST_ROWS = 3_000  # of a PDF; more is an XLSX
WORKBOOKS = {"result_sheet": result_sheet_xlsx, "score_sheets": score_sheets_xlsx}


@never_cache
@require_safe
def document(request, slug, kind, format):
    competition = managed(request, slug)
    if kind not in {"result", "sheets"} or format not in {"pdf", "xlsx"}:
        raise Http404
    try:
        if kind == "result":
            data = result_sheet_data(competition, government=own_government())
            return _made("result_sheet", data, format, rows=len(data["final"]["rows"]), name=f"{slug}-result")
        sheets = _signed_of(competition, judge=request.GET.get("judge", ""))
        return _sheets_file(competition, sheets, format, name=f"{slug}-sheets")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:organise_paper", slug)


def _signed_of(competition, *, judge):
    """Signed sheets of entries under judgement, of one judge where a code is given."""
    rows = Assignment.objects.signed().filter(round__competition=competition, entry__state__in=JUDGED_STATES)
    return rows.filter(judge__code=judge) if judge else rows


@never_cache
@require_safe
def own_sheets(request, slug, format):
    """What the judge signed, of the entries the judge may still see."""
    judge = _own_row(request, slug)
    if format not in {"pdf", "xlsx"}:
        raise Http404
    mine = Assignment.objects.visible_to(request.user).filter(judge=judge).signed()
    try:
        return _sheets_file(judge.competition, mine, format, name=f"{slug}-{judge.code}")
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:judging")


@never_cache
@require_safe
def own_book(request, slug):
    """The judge's workbook with the entries whose sheets are open to the judge now."""
    judge = _own_row(request, slug)
    try:
        made = own_workbook(judge, _open_sheets(request.user, judge))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:judging")
    return sent(made, kind=XLSX, name=f"{slug}-{judge.code}.xlsx")


def _own_row(request, slug):
    rows = Judge.objects.active().select_related("competition", "user")
    return get_object_or_404(rows, user=request.user, competition__slug=slug)


def _open_sheets(user, judge):
    rows = (
        Assignment.objects.visible_to(user)
        .filter(judge=judge)
        .exclude(state=SheetState.RECUSED)
        .select_related("judge", "round", "entry__competition", "entry__track", "entry__snapshot__redaction")
        .defer("entry__draft", "entry__competition__call", "entry__competition__plan")
        .annotate(comes_first=calibration_first())
        .order_by("entry__code", "pk")
    )
    return [sheet for sheet in rows if not why_closed(sheet).hides_entry]


def _sheets_file(competition, sheets, format, *, name):
    if format == "pdf":
        _refuse_many(sheets.count())
    data = score_sheets_data(competition, sheets, government=own_government())
    return _made("score_sheets", data, format, rows=0, name=name)


def _made(template, data, format, *, rows, name):
    if format == "xlsx":
        return sent(WORKBOOKS[template](data), kind=XLSX, name=f"{name}.xlsx")
    _refuse_many(rows)
    return sent(pdf(template, data), kind=PDF, name=f"{name}.pdf")


def _refuse_many(rows):
    if rows > MOST_ROWS:
        raise CompetitionError(
            _(
                "A PDF has at most %(most)s rows; this would have %(count)s. Take the XLSX, or one judge's sheets."
            )
            % {"most": MOST_ROWS, "count": rows}
        )
