"""Two versions of an entry, as they were handed in, side by side."""

from django.http import Http404
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casebook.diff import diff_texts, fold
from competitions.actions.screening.opening import is_sealed
from competitions.models import FormField
from competitions.similarity import text_of_entry
from competitions.states import EntryState
from competitions.views.organise.entry import entry_for
from competitions.views.organise.parts import page_of


@require_safe
def versions(request, slug, pk):
    """?older= and ?newer= are numbers of versions; without them the last two."""
    competition, row = entry_for(request, slug, pk)
    at = now()
    all_of = list(row.snapshots.defer("content").order_by("number"))
    if is_sealed(competition, at=at) or row.state == EntryState.WITHDRAWN or not all_of:
        raise Http404
    older = _chosen(request.GET.get("older"), all_of, default=all_of[-2:][0])
    newer = _chosen(request.GET.get("newer"), all_of, default=all_of[-1])
    choices = [("older", older, _("Older version")), ("newer", newer, _("Newer version"))]
    context = {"entry": row, "versions": all_of, "older": older, "newer": newer, "choices": choices}
    context["folds"] = fold(_rows(row, older, newer)) if older != newer else []
    context["is_changed"] = older.content_sha256 != newer.content_sha256
    page = page_of(competition, "organise_entries", at=at, **context)
    return render(request, "competitions/organise/versions.html", page)


def _chosen(number, rows, *, default):
    return next((row for row in rows if str(row.number) == number), default)


def _rows(entry, older, newer):
    personal = FormField.objects.filter(competition=entry.competition_id, is_personal=True)
    codes = set(personal.values_list("code", flat=True))
    texts = [text_of_entry(version.content, personal=codes) for version in (older, newer)]
    return diff_texts(*texts)
