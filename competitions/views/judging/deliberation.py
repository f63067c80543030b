"""The deliberation: entries around the award line, what speaks for each, and notes."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from competitions.actions.deciding.notes import add_note
from competitions.forms.meetings import NoteForm
from competitions.views.judging.deliberation_parts import (
    around_line,
    member_of,
    rows_of,
    standing_of,
    with_line,
)
from competitions.views.judging.meeting_parts import member_meetings


def seat(request, slug):
    """(the person's seat, None) or (None, where to go first); 404 for who is not on the committee."""
    judge = get_object_or_404(member_of(request.user, slug))
    if judge.pledged_at:
        return judge, None
    messages.warning(request, _("Before you see an entry, read the judges' pledge and agree to it."))
    return None, redirect("competitions:judge_ties", slug)


@require_safe
def deliberation(request, slug):
    judge, elsewhere = seat(request, slug)
    if elsewhere:
        return elsewhere
    competition = judge.competition
    context = list_context(request, competition, competition.entries.judged().shown_to_judge(judge))
    context |= addresses(competition, "judging_deliberation", "judging_deliberated")
    context["meetings"] = member_meetings(request.user, competition)
    return render(request, "competitions/judging/deliberation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def deliberated(request, slug, pk):
    judge, elsewhere = seat(request, slug)
    if elsewhere:
        return elsewhere
    competition = judge.competition
    entry = get_object_or_404(competition.entries.judged().shown_to_judge(judge), pk=pk)
    standing = standing_of(competition)
    if not standing.result or not standing.marks_open:
        return redirect("competitions:judging_deliberation", slug)
    form, answer = noted(request, entry, competition)
    if answer:
        return answer
    entries = competition.entries.shown_to_judge(judge)
    context = entry_context(competition, standing, entries, entry, form=form, shows_marks=True)
    context |= addresses(competition, "judging_deliberation", "judging_deliberated")
    status = 422 if form.is_bound else 200
    return render(request, "competitions/judging/deliberated.html", context, status=status)


def addresses(competition, list_name, entry_name):
    return {
        "list_address": reverse(f"competitions:{list_name}", args=[competition.slug]),
        "entry_url": entry_name,
    }


def list_context(request, competition, entries, *, is_organiser=False):
    """What the list shows. entries: those the person may see. A judge sees nothing before the marks are open."""
    standing = standing_of(competition)
    asked = request.GET.get("code", "").strip()[:50]
    context = {"competition": competition, "standing": standing, "asked": asked, "rows": []}
    if not standing.result or not (standing.marks_open or is_organiser):
        return context
    seats = sum(competition.award_tiers.values_list("count", flat=True))
    codes = [asked] if asked else around_line(standing.result.outcome, seats=seats)
    rows = rows_of(standing, entries, codes, competition=competition, shows_marks=standing.marks_open)
    return context | {"rows": with_line(rows, seats=seats), "seats": seats}


def noted(request, entry, competition):
    """(form, answer): the answer once the note is kept."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return form, None
    entry.competition = competition
    try:
        add_note(
            entry,
            form.cleaned_data["text"],
            by=request.user,
            at=now(),
            idempotency_key=form.cleaned_data["idempotency_key"],
        )
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return form, None
    messages.success(request, _("Your note is kept."))
    return form, redirect(request.path)


def entry_context(competition, standing, entries, entry, *, form, shows_marks):
    rows = rows_of(standing, entries, [entry.code], competition=competition, shows_marks=shows_marks)
    return {
        "competition": competition,
        "standing": standing,
        "row": rows[0] if rows else None,
        "entry": entry,
        "form": form,
        "notes": list(entry.deliberation_notes.select_related("by")),
    }
