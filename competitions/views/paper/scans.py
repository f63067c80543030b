"""Scans of signed sheets: kept, opened, removed."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from competitions.actions.paper.scans import keep_scan, open_scan, remove_scan
from competitions.entry_files import storage
from competitions.forms.paper import RemovalForm, ScanForm
from competitions.models import SheetScan
from competitions.views.organise.parts import managed, page_of
from competitions.views.paper.desk import paper_page


@require_POST
def add_scan(request, slug):
    competition = managed(request, slug)
    form = ScanForm(request.POST, request.FILES, competition=competition)
    if form.is_valid():
        given = form.cleaned_data
        try:
            scan = keep_scan(
                competition,
                given["file"],
                judge=given["judge"],
                round_=given["round"],
                by=request.user,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("“%(name)s” is kept.") % {"name": scan.name})
            return redirect("competitions:organise_paper", slug)
    return paper_page(request, competition, scan_form=form, status=422)


def _scan(request, slug, pk):
    rows = SheetScan.objects.select_related("judge__competition", "judge__user", "round")
    return get_object_or_404(rows, pk=pk, judge__competition=managed(request, slug))


@never_cache
@require_safe
def scan(request, slug, pk):
    """The file; a browser never shows it as a page of this site. That it was opened is recorded."""
    row = _scan(request, slug, pk)
    try:
        open_scan(row, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:organise_paper", slug)
    response = FileResponse(
        storage().open(row.path),
        as_attachment=True,
        filename=row.name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def scan_removal(request, slug, pk):
    row = _scan(request, slug, pk)
    form = RemovalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            remove_scan(row, form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The scan is removed. Its fingerprint stays in the record."))
            return redirect("competitions:organise_paper", slug)
    page = page_of(row.judge.competition, "organise_committee", at=now(), scan=row, form=form)
    return render(
        request,
        "competitions/paper/remove_scan.html",
        page,
        status=422 if request.method == "POST" else 200,
    )
