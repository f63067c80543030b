"""The organiser's side of the deliberation."""

from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from competitions.views.judging.deliberation import addresses, entry_context, list_context, noted
from competitions.views.judging.deliberation_parts import standing_of
from competitions.views.organise.parts import managed, page_of

NAMES = ("organise_deliberation", "organise_deliberated")


def _entries(request, competition):
    """An organiser who sits on the committee as well is kept from what a conflict keeps a member from."""
    return competition.entries.judged().shown_to(request.user)


@require_safe
def deliberation(request, slug):
    competition = managed(request, slug)
    context = list_context(request, competition, _entries(request, competition), is_organiser=True)
    page = page_of(competition, "organise_result", at=now()) | context | addresses(competition, *NAMES)
    return render(request, "competitions/organise/deliberation.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def deliberated(request, slug, pk):
    competition = managed(request, slug)
    entry = get_object_or_404(_entries(request, competition), pk=pk)
    standing = standing_of(competition)
    form, answer = noted(request, entry, competition)
    if answer:
        return answer
    context = (
        entry_context(
            competition,
            standing,
            _entries(request, competition),
            entry,
            form=form,
            shows_marks=standing.marks_open,
        )
        if standing.result
        else {"entry": entry, "standing": standing, "form": form}
    )
    page = page_of(competition, "organise_result", at=now()) | context | addresses(competition, *NAMES)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/deliberated.html", page, status=status)
