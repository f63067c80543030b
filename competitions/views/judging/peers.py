"""What a judge may see of others: nothing but what the round allows, and only after signing the own sheet."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef

from competitions.actions.judging.calibration import calibration_sheets, is_calibration
from competitions.models import Assignment, Conflict, Round, Score
from competitions.results import points_text
from competitions.states import SheetState
from competitions.views.judging.totals import rounded


@dataclass(frozen=True)
class Peer:
    """Another judge's signed sheet of the same entry, by the judge's code alone."""

    code: str
    reached: str
    reachable: str
    comment: str


def peers_of(sheet):
    """Others' signed sheets of the entry in the round; None where the round does not show them, or not yet."""
    is_open = sheet.round.shows_peers == Round.Peers.AFTER_SIGNING and sheet.state == SheetState.SIGNED
    if not is_open:
        return None
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    rows = (
        Assignment.objects.signed()
        .filter(round=sheet.round_id, entry=sheet.entry_id)
        .exclude(pk=sheet.pk)
        .exclude(judge__in=conflicts.values("judge"))
        .order_by("judge__code")
        .values_list("judge__code", "reached", "reachable", "comment_committee")
    )
    return [
        Peer(code, points_text(reached), points_text(reachable), comment)
        for code, reached, reachable, comment in rows
    ]


@dataclass(frozen=True)
class Spread:
    """What the judges of a round gave the calibration entry for one criterion."""

    name: str
    most: str
    own: str | None
    least: str
    middle: str
    highest: str
    distance: str  # own minus mean, with its sign; "" where the own points are missing
    counts: list  # [(points, how many judges gave them, whether the judge is one of them)]


def calibration_of(sheet):
    """[Spread] once every judge signed the calibration entry; [] while some have not; None for other entries."""
    if not is_calibration(sheet) or sheet.state != SheetState.SIGNED:
        return None
    sheets = list(calibration_sheets(sheet.round).values_list("pk", "state"))
    if any(state != SheetState.SIGNED for _pk, state in sheets):
        return []
    rows = (
        Score.objects.filter(assignment__in=[pk for pk, _state in sheets], points__isnull=False)
        .select_related("criterion")
        .order_by("criterion__position", "criterion_id", "points")
    )
    by_criterion = {}
    for row in rows:
        by_criterion.setdefault(row.criterion, []).append(row)
    return [_spread(criterion, scores, own=sheet.pk) for criterion, scores in by_criterion.items()]


def _spread(criterion, scores, *, own):
    points = [row.points for row in scores]
    mean = sum(points, Decimal(0)) / len(points)
    mine = next((row.points for row in scores if row.assignment_id == own), None)
    return Spread(
        name=criterion.name,
        most=points_text(criterion.max_points),
        own=points_text(mine),
        least=points_text(points[0]),
        middle=rounded(mean),
        highest=points_text(points[-1]),
        distance="" if mine is None else _signed(mine - mean),
        counts=[(points_text(each), points.count(each), each == mine) for each in sorted(set(points))],
    )


def _signed(number):
    text = rounded(number)
    return f"+{text}" if text[0] not in "-0" or text.startswith("0.") else text
