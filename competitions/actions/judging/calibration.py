"""The calibration entry of a round: every judge signs its sheet before the others open."""

from django.db.models import F, OuterRef, Subquery

from competitions.models import Assignment, Conflict, Judge
from competitions.states import SheetState

UNSIGNED = [SheetState.ASSIGNED, SheetState.STARTED]


def calibration_first():
    """An expression over sheets: the code of the entry whose sheet the same judge has to sign first, or null.

    A judge without a sheet of that entry, one who stepped aside from it and one with a conflict wait for nothing.
    """
    conflicts = Conflict.objects.effective().filter(entry=OuterRef("entry"))
    first = Assignment.objects.filter(
        judge=OuterRef("judge"),
        round=OuterRef("round"),
        entry=OuterRef("round__calibration_entry"),
        state__in=UNSIGNED,
    ).exclude(judge__in=conflicts.values("judge"))
    return Subquery(first.exclude(pk=OuterRef("pk")).order_by().values("entry__code")[:1])


def waits_for(assignment):
    """The code of the entry to be signed first, None when nothing stands in the way."""
    if assignment.round.calibration_entry_id in {None, assignment.entry_id}:
        return None
    return (
        Assignment.objects.filter(pk=assignment.pk)
        .order_by()
        .values_list(calibration_first(), flat=True)
        .first()
    )


def is_calibration(sheet):
    return sheet.round.calibration_entry_id == sheet.entry_id


def calibration_sheets(round_):
    """The sheets of the round's calibration entry, of judges who take part in it."""
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    return (
        Assignment.objects.filter(round=round_, entry=F("round__calibration_entry"))
        .filter(judge__state=Judge.State.ACCEPTED)
        .exclude(state=SheetState.RECUSED)
        .exclude(judge__in=conflicts.values("judge"))
    )
