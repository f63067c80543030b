"""Contests of this site like one that is being prepared: of a draft, or of what is typed into the form."""

from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require
from competitions.actions.calls.similar_contests import BEGINNING, similar_contests
from competitions.states import CompetitionState
from competitions.views.organise.parts import managed, organises_something

LONGEST_TITLE = 200


@require_safe
def of_call(request, slug):
    competition = managed(request, slug)
    return _answer(request, alike_rows(request.user, competition), competition=competition)


@require_POST
def of_text(request):
    """What is typed into the form of a call that is not kept yet; a part for htmx, a page without it."""
    require(organises_something(request.user))
    of = request.POST.get("of")
    leave_out = managed(request, of) if of else None
    title, call = request.POST.get("title", "")[:LONGEST_TITLE], request.POST.get("call", "")[:BEGINNING]
    return _answer(
        request, _rows(similar_contests(title, call, user=request.user, leave_out=leave_out)), is_quiet=True
    )


def _answer(request, rows, **context):
    name = "_alike" if request.htmx else "alike"
    return render(request, f"competitions/organise/{name}.html", {"alike": rows} | context)


def alike_rows(user, competition):
    """Rows for pages: the contests like this one that the person may see, the likest first."""
    return _rows(similar_contests(competition.title, competition.call, user=user, leave_out=competition))


def _rows(found):
    at = now()
    return [
        {
            "competition": each.competition,
            "percent": each.percent,
            "phase": each.competition.phase(at),
            "outcome": _outcome(each),
            "has_results": each.competition.state == CompetitionState.PUBLISHED,
        }
        for each in found
    ]


def _outcome(found):
    """What became of it, in words."""
    count = found.entries
    entries = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count}
    if found.competition.state != CompetitionState.PUBLISHED:
        return entries
    awards = ngettext("%(count)s award", "%(count)s awards", found.awards) % {"count": found.awards}
    return f"{entries}, {awards}"


def noted(rows):
    """A beginning of the organiser's note: what this site holds; where else they looked is theirs to write."""
    if not rows:
        return ""
    names = ", ".join(f"{row['competition'].title} ({row['percent']}%)" for row in rows)
    return _("On this site: %(contests)s.") % {"contests": names}
