"""Scores from a file, on the tab where they appear."""

from pathlib import PurePath

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.bringing_in.score_files import scores_from_bytes
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.forms.screening import TableFileForm
from competitions.views.committee.page import committee_page
from competitions.views.organise.parts import managed


@require_POST
def import_scores(request, slug):
    competition, form = managed(request, slug), TableFileForm(request.POST, request.FILES)
    problems = _take(request, competition, form)
    if problems is None:
        return redirect("competitions:organise_committee", slug)
    return committee_page(request, competition, file_form=form, problems=problems, status=422)


def _take(request, competition, form):
    """Bring the file in. Returns None when done, else the sentences that say why not."""
    if not form.is_valid():
        return []
    file = form.cleaned_data["file"]
    try:
        table = scores_from_bytes(competition, file.read(), ending=PurePath(file.name).suffix.lower())
        brought = bring_in_scores(competition, table.scores, remarks=table.remarks, by=request.user, at=now())
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
