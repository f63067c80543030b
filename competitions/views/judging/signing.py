"""Signing: one sheet, several at once with a look at each line, and the proof a judge keeps."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.judging.marks import Comments
from competitions.actions.judging.sheets import sign_sheet
from competitions.errors import SheetGone
from competitions.forms.sheet import moment, stamp
from competitions.forms.sheet_fields import WHO_READS
from competitions.models import Judge
from competitions.results import points_text
from competitions.states import SheetState
from competitions.views.judging.proof import proof_json, proof_text
from competitions.views.judging.queue import Asked, grouped, neighbours, queue_sheets
from competitions.views.judging.saving import gone
from competitions.views.judging.sheet_parts import reading_of, sheet_of, why_closed
from competitions.views.judging.totals import totals_of

MOST_AT_ONCE = 50
FILES = {"json": (proof_json, "application/json"), "txt": (proof_text, "text/plain; charset=utf-8")}


def judging_sign(request, pk):
    """The page before signing: what is signed, once more, and what signing means."""
    sheet = sheet_of(request, pk)
    if request.method == "POST":
        return _sign(request, sheet)
    if why_closed(sheet).sentence or reading_of(sheet).was_corrected:
        return redirect("competitions:judging_sheet", pk=pk)
    context = {"sheet": sheet, "seen_at": stamp(sheet.saved_at)} | signed_parts(sheet)
    return render(request, "competitions/judging/sign.html", context)


def signed_parts(sheet):
    """The scores with their texts, the comments that are signed, and the total."""
    scores = list(sheet.scores.select_related("criterion").order_by("criterion__position", "criterion_id"))
    for score in scores:
        score.points_text = points_text(score.points)
        score.most_text = points_text(score.criterion.max_points)
    given = [(score.criterion, score.points) for score in scores]
    return {
        "scores": scores,
        "comments": _whole_comments(sheet),
        "totals": totals_of(given, scoring=sheet.entry.competition.scoring),
    }


def _whole_comments(sheet):
    """[(whom it is for, text)] of the comments that are signed, where they say something."""
    texts = [(name, getattr(sheet, f"comment_{name}")) for name in Comments._fields if name != "private"]
    return [(WHO_READS[name][0], text) for name, text in texts if text]


def _sign(request, sheet):
    seen_at = moment(request.POST.get("seen_at", ""))
    try:
        sign_sheet(sheet, {}, by=request.user, at=now(), seen_at=seen_at)
    except SheetGone:
        return gone(request)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:judging_sheet", pk=sheet.pk)
    following = neighbours(sheet).next_open
    if following is None:
        messages.success(request, _("The sheet is signed. It was the last one waiting for you here."))
        return redirect("competitions:judging")
    messages.success(request, _("The sheet is signed. Here is the next entry."))
    return redirect("competitions:judging_sheet", pk=following)


def judging_sign_many(request):
    """The sheets ticked in the queue, each with its points; what is refused stays on the page with its reason."""
    require(Judge.objects.filter(user=request.user).exists())
    given = request.POST if request.method == "POST" else request.GET
    chosen = [int(pk) for pk in given.getlist("sheets") if pk.isdecimal() and len(pk) < 19][:MOST_AT_ONCE]
    refusals = _sign_each(request, chosen) if request.method == "POST" else {}
    if request.method == "POST" and chosen and not refusals:
        done = ngettext("%(count)s sheet is signed.", "%(count)s sheets are signed.", len(chosen))
        messages.success(request, done % {"count": len(chosen)})
        return redirect("competitions:judging")
    rows = queue_sheets(request.user, Asked("", "")).filter(pk__in=refusals or chosen)
    groups = grouped(rows.prefetch_related("scores__criterion"), user=request.user)
    sheets = [sheet for _competition, rounds in groups for _round, _done, some in rounds for sheet in some]
    ready = [sheet for sheet in sheets if sheet.is_ready and sheet.pk not in refusals]
    for sheet in sheets:
        sheet.seen_at, sheet.refusal = stamp(sheet.saved_at), refusals.get(sheet.pk, "")
        sheet.whole = _whole_comments(sheet)
        sheet.rows = sorted(sheet.scores.all(), key=lambda row: (row.criterion.position, row.criterion_id))
        for row in sheet.rows:
            row.points_text = points_text(row.points)
    context = {"sheets": ready, "refused": [sheet for sheet in sheets if sheet.refusal]}
    status = 422 if refusals or request.method == "POST" else 200
    return render(request, "competitions/judging/sign_many.html", context, status=status)


def _sign_each(request, chosen):
    """Sign one after the other. Returns {sheet: why it was refused}."""
    refusals = {}
    for pk in chosen:
        seen_at = moment(request.POST.get(f"seen_at_{pk}", ""))
        try:
            sign_sheet(sheet_of(request, pk), {}, by=request.user, at=now(), seen_at=seen_at)
        except Http404:
            refusals[pk] = str(SheetGone())
            messages.error(request, refusals[pk])
        except Refusal as refusal:
            refusals[pk] = str(refusal)
    return refusals


@require_safe
def judging_proof(request, pk):
    sheet = _signed_sheet(request, pk)
    return render(request, "competitions/judging/proof.html", {"sheet": sheet} | signed_parts(sheet))


@never_cache
@require_safe
def judging_proof_file(request, pk, format):
    sheet = _signed_sheet(request, pk)
    if format not in FILES:
        raise Http404
    write, content_type = FILES[format]
    response = HttpResponse(write(sheet), content_type=content_type)
    name = f"{sheet.round.code}-{sheet.judge.code}-{sheet.entry.code}.{format}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _signed_sheet(request, pk):
    sheet = sheet_of(request, pk)
    if sheet.state != SheetState.SIGNED or why_closed(sheet).hides_entry:
        raise Http404
    return sheet
