"""Who judges what, from a table: looked through first, then brought in."""

from pathlib import PurePath

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.bringing_in.assignments import assignments_from_bytes, bring_in_assignments
from competitions.forms.assigning import AssignmentsFileForm
from competitions.views.organise.parts import managed, page_of


@require_http_methods(["GET", "HEAD", "POST"])
def import_assignments(request, slug):
    competition = managed(request, slug)
    if request.method != "POST":
        return _page(request, competition, form=AssignmentsFileForm())
    form = AssignmentsFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, competition, form=form, status=422)
    only_look, file = form.cleaned_data["only_look"], form.cleaned_data["file"]
    try:
        table = assignments_from_bytes(competition, file.read(), ending=PurePath(file.name).suffix.lower())
        brought = bring_in_assignments(
            competition, table.assignments, by=request.user, at=now(), only_look=only_look
        )
    except Refusal as refusal:
        return _page(request, competition, form=form, problems=str(refusal).split("\n"), status=422)
    notices = [notice.text(_) for notice in table.notices]
    if only_look:
        form = AssignmentsFileForm(initial={"only_look": False})
        return _page(request, competition, form=form, looked=brought, notices=notices)
    for notice in notices:
        messages.warning(request, notice)
    messages.success(request, _("New score sheets: %(count)s.") % {"count": brought.new})
    return redirect("competitions:organise_committee", slug)


def _page(request, competition, *, status=200, **context):
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/organise/assigning/import.html", page, status=status)
