"""What a judge does with a score sheet: open it, save it, sign it, step aside from it."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.errors import CompetitionError, ConflictOfInterest, TooEarly, TooLate
from competitions.models import Assignment, Competition, Score
from competitions.results import points_text, sheet_sha256
from competitions.states import SHEET_MOVES, CompetitionState, SheetState


class Given(NamedTuple):
    """What a judge gave for one criterion. points None: not scored, never zero."""

    points: object  # Decimal or None
    comment: str = ""


class PointsRefused(CompetitionError):
    """Points lie outside their criterion's range, or a required criterion has none."""


class StaleSheet(CompetitionError):
    """The sheet was saved elsewhere after this page was opened."""


def criteria_of_sheet(assignment):
    """The criteria of the round that are for the track of the sheet's entry, in order."""
    return assignment.round.criteria.filter(Q(track=None) | Q(track=assignment.entry.track_id))


@transaction.atomic
def open_sheet(assignment, *, by, at):
    """Note that the judge looked at the entry."""
    audit.record(
        "entry.seen_by_judge",
        by=by,
        target=assignment.entry,
        about=assignment.entry.entrant,
        sheet=assignment.pk,
    )


@transaction.atomic
def save_sheet(assignment, marks, *, by, at, seen_at):
    """Keep the marks, to be changed until signed.

    marks: Given by criterion id; a criterion that is not in it stays as it is.
    seen_at: `saved_at` as the judge's page showed it. Raises StaleSheet when it is another by now.
    """
    _take(assignment, "save", by=by, unchanged={"saved_at": seen_at}, saved_at=at)
    _store(assignment, marks)
    audit.record("sheet.saved", by=by, target=assignment)


@transaction.atomic
def sign_sheet(assignment, marks, *, by, at, seen_at):
    """Keep the marks and lock the sheet; what is signed is what was sent, not what another tab saved."""
    _take(assignment, "sign", by=by, unchanged={"saved_at": seen_at}, saved_at=at, signed_at=at)
    _store(assignment, marks)
    _require_all_points(assignment)
    assignment.signed_sha256 = sheet_sha256(assignment)
    assignment.save(update_fields=["signed_sha256"])
    audit.record("sheet.signed", by=by, target=assignment, sha256=assignment.signed_sha256)


@transaction.atomic
def recuse(assignment, reason, *, by, at):
    """Step aside from an entry. What was saved stays on the sheet and counts nowhere."""
    if not reason.strip():
        raise CompetitionError(_("Write in a few words why you step aside."))
    _take(assignment, "recuse", by=by, unchanged={}, recused_reason=reason.strip()[:300])
    audit.record("sheet.recused", by=by, target=assignment, reason=assignment.recused_reason)


def require_judging(competition):
    """Refuse unless the competition is being judged."""
    if competition.state == CompetitionState.JUDGING:
        return
    if competition.state in {CompetitionState.DRAFT, CompetitionState.ANNOUNCED}:
        raise TooEarly(_("Judging has not begun yet. The organiser will tell you when it does."))
    raise TooLate(
        _("Judging has ended, so sheets can no longer be changed. Ask the organiser if one is wrong.")
    )


def _take(assignment, move, *, by, unchanged, **fields):
    """Move the sheet in one conditional update, while no decision on awards can slip in between."""
    require_judging(
        Competition.objects.select_for_update(no_key=True).get(pk=assignment.entry.competition_id)
    )
    if assignment.judge.user_id != by.pk or assignment.entry.entrant_id == by.pk:
        raise ConflictOfInterest(_("This sheet is not yours to judge."))
    sources, target = SHEET_MOVES[move]
    moved = Assignment.objects.filter(pk=assignment.pk, state__in=sources, **unchanged).update(
        state=target, **fields
    )
    assignment.refresh_from_db(fields=["state", "saved_at", "signed_at", "recused_reason"])
    if not moved:
        _refuse(assignment)


def _refuse(assignment):
    if assignment.state == SheetState.SIGNED:
        raise IllegalMove(
            _("This sheet is signed and can no longer be changed. Ask the organiser if it is wrong.")
        )
    if assignment.state == SheetState.RECUSED:
        raise IllegalMove(_("You stepped aside from this entry, so its sheet can no longer be changed."))
    raise StaleSheet(
        _(
            "This sheet was saved in another window after you opened it here. "
            "Your input is still below: compare it, then save again to keep yours."
        )
    )


def _store(assignment, marks):
    criteria = {criterion.pk: criterion for criterion in criteria_of_sheet(assignment)}
    for pk, given in marks.items():
        _check_points(given.points, criterion=criteria.get(pk))
    Score.objects.bulk_create(
        [
            Score(assignment=assignment, criterion_id=pk, points=given.points, comment=given.comment)
            for pk, given in marks.items()
        ],
        update_conflicts=True,
        unique_fields=["assignment", "criterion"],
        update_fields=["points", "comment"],
    )


def _check_points(points, *, criterion):
    if criterion is None:
        raise PointsRefused(_("The sheet has a criterion that is not for this entry. Open the sheet again."))
    if points is not None and not (points.is_finite() and 0 <= points <= criterion.max_points):
        raise PointsRefused(
            _("“%(criterion)s” takes points from 0 to %(most)s.")
            % {"criterion": criterion.name, "most": points_text(criterion.max_points)}
        )


def _require_all_points(assignment):
    scored = assignment.scores.filter(points__isnull=False).values("criterion")
    missing = criteria_of_sheet(assignment).filter(required=True).exclude(pk__in=scored)
    names = ", ".join(missing.values_list("name", flat=True))
    if names:
        raise PointsRefused(
            _("Before you sign, give points to every required criterion. Missing: %(names)s.")
            % {"names": names}
        )
