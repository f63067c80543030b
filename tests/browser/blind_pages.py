"""The demo's contest in a blind round, as its organiser and a judge see it."""

from django.urls import reverse

from competitions.models import Assignment, Competition
from competitions.states import SheetState

SLUG = "2026-생활불편-프롬프트-공모전"
COPIES = ("B-02", "B-09")  # checked, with a word masked by hand; waiting to be checked


def organiser_blind_pages():
    competition = Competition.objects.get(slug=SLUG)
    entries = competition.entries.filter(code__in=COPIES)
    return [
        *(
            reverse(f"competitions:organise_{name}", args=[SLUG])
            for name in ("blind", "committee", "conflicts", "sheets")
        ),
        *(reverse("competitions:organise_blind_copy", args=[SLUG, entry.pk]) for entry in entries),
    ]


def judge_blind_pages(judge):
    sheets = Assignment.objects.filter(entry__competition__slug=SLUG, judge__user=judge)
    some = [sheets.filter(state=state).first() for state in (SheetState.STARTED, SheetState.SIGNED)]
    return [reverse("competitions:judging_sheet", args=[sheet.pk]) for sheet in some]
