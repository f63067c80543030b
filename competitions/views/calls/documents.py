"""Papers and files to take away: a receipt, a poster, a calendar."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from accounts.context_processors import own_government
from accounts.decorators import public
from competitions.documents.calendar import calendar
from competitions.documents.typst_pdf import pdf
from competitions.models import Competition, Entry
from competitions.views.calls.document_parts import (
    calendar_events,
    call_rows,
    poster_data,
    receipt_data,
    site_name,
)

PDF = "application/pdf"


def receipt_pdf(request, pk):
    entry = get_object_or_404(
        Entry.objects.visible_to(request.user).for_listing().select_related("entrant"), pk=pk
    )
    if entry.snapshot is None:
        raise Http404
    made = pdf("receipt", receipt_data(entry, government=own_government()))
    return _file(made, kind=PDF, name=f"{entry.snapshot.receipt_number}.pdf")


@public
def poster(request, slug):
    competition = get_object_or_404(call_rows(request.user), slug=slug)
    made = pdf("poster", poster_data(competition, government=own_government()))
    return _file(made, kind=PDF, name=f"{competition.slug}.pdf")


@public
def dates(request, slug):
    competition = get_object_or_404(Competition.objects.visible_to(request.user).defer("call"), slug=slug)
    events = calendar_events(competition)
    made_at = competition.announced_at or competition.created_at
    made = calendar(events, name=competition.title, product=site_name(own_government()), made_at=made_at)
    return _file(made, kind="text/calendar; charset=utf-8", name=f"{competition.slug}.ics")


def _file(made, *, kind, name):
    response = HttpResponse(made, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
