"""A judge's signed sheets beside the published file of the result: each must be in it, with the number signed."""

import json
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from competitions.models import Assignment, Competition, Result
from competitions.results import scored_sha256
from competitions.states import CompetitionState, SheetState


@dataclass(frozen=True)
class Compared:
    """A sheet: the number signed, the one in the file ("" when it is not in it) and the one of its points now."""

    sheet: object
    in_file: str
    now: str

    @property
    def is_in_file(self):
        return self.sheet.signed_sha256 == self.in_file

    @property
    def is_unchanged(self):
        return self.sheet.signed_sha256 == self.now


def in_file(request, slug):
    """The own sheets of one published competition; 404 for who has none there."""
    competition = get_object_or_404(Competition, slug=slug, state=CompetitionState.PUBLISHED)
    sheets = list(
        Assignment.objects.visible_to(request.user)
        .filter(round__competition=competition, state=SheetState.SIGNED)
        .select_related("judge", "entry", "round__competition")
        .prefetch_related("scores__criterion")
        .order_by("round__position", "entry__code")
    )
    result = (
        Result.objects.filter(competition=competition).exclude(file="").only("file", "file_sha256").first()
    )
    if not sheets or result is None:
        raise Http404
    found = {
        (each["round"], each["judge"], each["entry"]): each for each in json.loads(result.file)["sheets"]
    }
    rows = [_compared(sheet, found) for sheet in sheets]
    context = {
        "competition": competition,
        "result": result,
        "rows": rows,
        "wrong": [row for row in rows if not (row.is_in_file and row.is_unchanged)],
    }
    return render(request, "competitions/judging/in_file.html", context)


def _compared(sheet, found):
    key = (sheet.round.code, sheet.judge.code, sheet.entry.code)
    in_file = found[key]["sha256"] if key in found else ""
    return Compared(sheet, in_file, scored_sha256(sheet, sheet.scores.all()))
