"""What a judge's pages list: the sheets, how far one is, and which comes next."""

from collections import Counter
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, Sum

from competitions.models import Assignment, Criterion
from competitions.results import points_text
from competitions.states import SheetState

ORDER = ["judge__competition_id", "round__position", "entry__code", "id"]
OPEN_STATES = [SheetState.ASSIGNED, SheetState.STARTED]


@dataclass(frozen=True)
class Progress:
    """How many of a competition's sheets are signed; sheets stepped aside from do not count."""

    signed: int
    total: int


def queue_sheets(user):
    """The judge's sheets with the points given so far; NULL while none is given."""
    return (
        Assignment.objects.visible_to(user)
        .select_related("entry", "round", "judge__competition")
        .annotate(points=Sum("scores__points"))
        .order_by(*ORDER)
    )


def grouped(sheets, *, user):
    """Return [(competition, progress, sheets)] of one page, each sheet with `points_text` and `most_text`."""
    sheets = list(sheets)
    most = most_points({sheet.round_id for sheet in sheets})
    progress = progress_of(user)
    for sheet in sheets:
        sheet.points_text = points_text(sheet.points)
        sheet.most_text = points_text(
            sum(most[sheet.round_id, track] for track in {None, sheet.entry.track_id})
        )
    groups = groupby(sheets, key=lambda sheet: sheet.judge.competition)
    return [(competition, progress[competition.pk], list(part)) for competition, part in groups]


def most_points(round_ids):
    """The points of the criteria by (round, track), those of every track under None; nothing for others."""
    rows = Criterion.objects.filter(round__in=round_ids).order_by().values_list("round", "track")
    return Counter({(round_, track): most for round_, track, most in rows.annotate(most=Sum("max_points"))})


def progress_of(user):
    rows = (
        Assignment.objects.visible_to(user)
        .order_by()
        .values_list("judge__competition")
        .annotate(
            signed=Count("pk", filter=Q(state=SheetState.SIGNED)),
            total=Count("pk", filter=~Q(state=SheetState.RECUSED)),
        )
    )
    return {pk: Progress(signed=signed, total=total) for pk, signed, total in rows}


def next_open(user):
    return (
        Assignment.objects.visible_to(user)
        .select_related("entry")
        .filter(state__in=OPEN_STATES, judge__competition__state="judging")
        .order_by(*ORDER)
        .first()
    )


@dataclass(frozen=True)
class Neighbours:
    """Where a sheet stands among the judge's sheets of the competition."""

    position: int
    total: int
    signed: int
    previous: int | None
    next: int | None
    next_open: int | None


def neighbours(assignment):
    """Return the sheet's place; `next_open` is the next one that waits, starting over after the last."""
    rows = list(
        Assignment.objects.visible_to(assignment.judge.user)
        .filter(judge=assignment.judge_id)
        .order_by(*ORDER)
        .values_list("pk", "state")
    )
    keys = [pk for pk, _state in rows]
    here = keys.index(assignment.pk)
    waiting = [pk for pk, state in rows[here + 1 :] + rows[:here] if state in OPEN_STATES]
    return Neighbours(
        position=here + 1,
        total=len(keys),
        signed=sum(state == SheetState.SIGNED for _pk, state in rows),
        previous=keys[here - 1] if here else None,
        next=keys[here + 1] if here + 1 < len(keys) else None,
        next_open=waiting[0] if waiting else None,
    )
