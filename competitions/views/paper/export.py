"""All score sheets as CSV, sent while the database writes it."""

from django.http import StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate, now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.paper.export import export_sheets
from competitions.forms.paper import SheetExportForm
from competitions.views.organise.parts import managed, page_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def export(request, slug):
    competition = managed(request, slug)
    form = SheetExportForm(request.POST or None, competition=competition)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            pieces = export_sheets(
                competition,
                which=given["which"],
                reason=given["reason"],
                rounds=list(given["rounds"]),
                judges=[given["judge"]] if given["judge"] else [],
                by=request.user,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            response = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
            name = f"{competition.slug}-sheets-{localdate():%Y-%m-%d}.csv"
            response.headers["Content-Disposition"] = content_disposition_header(True, name)
            return response
    page = page_of(competition, "organise_committee", at=now(), form=form)
    status = 422 if request.method == "POST" else 200
    return render(request, "competitions/paper/export.html", page, status=status)
