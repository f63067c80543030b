"""What a judge does with a score sheet: open, save, sign, step aside; and opening a signed one again."""

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.calls.changes import locked
from competitions.actions.conflicts.acts import declare_conflict
from competitions.actions.judging.calibration import waits_for
from competitions.actions.judging.marks import require_all_points, store_marks
from competitions.actions.judging.read_versions import read_snapshot, require_current
from competitions.actions.judging.redacting import blind_title
from competitions.actions.letters import tell_person
from competitions.errors import CompetitionError, ConflictOfInterest, SheetGone, TooEarly, TooLate
from competitions.models import Assignment, Competition
from competitions.results import sheet_sha256
from competitions.states import SHEET_MOVES, CompetitionState, SheetState

SHEET_FIELDS = (
    "state",
    "saved_at",
    "signed_at",
    "recused_reason",
    "snapshot",
    "reopened_at",
    "reopened_reason",
)


class StaleSheet(CompetitionError):
    """The sheet was saved elsewhere after this page was opened."""


class PledgeMissing(CompetitionError):
    """The judge has not pledged fairness and secrecy yet."""


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
def save_sheet(
    assignment, marks, *, by, at, seen_at, comments=None, read=None, adopt=False, is_automatic=False
):
    """Keep the marks, to be changed until signed.

    marks: Given by criterion id; a criterion that is not in it stays as it is. comments: None leaves them.
    seen_at: `saved_at` as the judge's page showed it. Raises StaleSheet when it is another by now.
    read: id of the snapshot the page showed. The first save pins it; later ones only with `adopt`.
    is_automatic: the page saved by itself, which is no act of the judge and is not audited.
    """
    fields = comments.as_fields() if comments else {}
    snapshot = read_snapshot(assignment, read)
    pinned = Value(snapshot) if adopt else Coalesce(F("snapshot"), Value(snapshot))
    _take(assignment, "save", by=by, unchanged={"saved_at": seen_at}, saved_at=at, snapshot=pinned, **fields)
    store_marks(assignment, marks)
    if not is_automatic:
        audit.record("sheet.saved", by=by, target=assignment)


@transaction.atomic
def sign_sheet(assignment, marks, *, by, at, seen_at):
    """Keep the marks and lock the sheet; what is signed is what was sent, not what another tab saved."""
    pinned = Coalesce(F("snapshot"), Value(assignment.entry.snapshot_id))
    unchanged = {"saved_at": seen_at}
    _take(assignment, "sign", by=by, unchanged=unchanged, saved_at=at, signed_at=at, snapshot=pinned)
    _require_still_visible(assignment, by=by)
    require_current(assignment)
    store_marks(assignment, marks)
    require_all_points(assignment)
    assignment.refresh_from_db(fields=["comment_committee", "comment_entrant"])
    assignment.signed_sha256 = sheet_sha256(assignment)
    assignment.save(update_fields=["signed_sha256"])
    audit.record("sheet.signed", by=by, target=assignment, sha256=assignment.signed_sha256)


@transaction.atomic
def recuse(assignment, reason, *, by, at):
    """Step aside from an entry. What was saved stays on the sheet and counts nowhere."""
    if not reason.strip():
        raise CompetitionError(_("Write in a few words why you step aside."))
    _take(assignment, "recuse", by=by, unchanged={}, recused_reason=reason.strip()[:300])
    declare_conflict(assignment.judge, assignment.entry, reason=reason, by=by, at=at)
    audit.record("sheet.recused", by=by, target=assignment, reason=assignment.recused_reason)


@transaction.atomic
def reopen_sheet(assignment, reason, *, by, at):
    """Give a signed sheet back to its judge, who is told why. The hash that was signed stays in the audit."""
    if not reason.strip():
        raise CompetitionError(_("Write why the sheet is opened again: its judge reads it."))
    competition = locked(assignment.entry.competition)
    require_judging(competition)
    sources, target = SHEET_MOVES["reopen"]
    signed = Assignment.objects.select_for_update().filter(pk=assignment.pk, state__in=sources).first()
    if signed is None:
        raise IllegalMove(_("Only a signed sheet can be opened again. This one is not signed."))
    fields = {"reopened_at": at, "reopened_reason": reason.strip()[:300]}
    Assignment.objects.filter(pk=signed.pk).update(state=target, signed_at=None, signed_sha256="", **fields)
    audit.record(
        "sheet.reopened", by=by, target=assignment, about=assignment.judge.user,
        reason=fields["reopened_reason"], sha256=signed.signed_sha256, signed_at=signed.signed_at.isoformat(),
    )  # fmt: skip
    assignment.refresh_from_db(fields=[*SHEET_FIELDS, "signed_sha256"])
    tell_person(
        assignment.judge.user, competition, "sheet.reopened", at=at, by=by,
        key=f"sheet.reopened:{assignment.pk}:{at.timestamp():.0f}",
        link=reverse("competitions:judging_sheet", args=[assignment.pk]),
        code=assignment.entry.code, entry=_title_for_judge(assignment, at=at), reason=assignment.reopened_reason,
    )  # fmt: skip


def _title_for_judge(assignment, *, at):
    return blind_title(assignment.entry, at=at) if assignment.round.blind else assignment.entry.title


def require_judging(competition):
    """Refuse unless the competition is being judged."""
    if competition.state == CompetitionState.JUDGING:
        return
    if competition.state in {CompetitionState.DRAFT, CompetitionState.ANNOUNCED}:
        raise TooEarly(_("Judging has not begun yet. The organiser will tell you when it does."))
    raise TooLate(
        _("Judging has ended, so sheets can no longer be changed. Ask the organiser if one is wrong.")
    )


def require_turn(assignment, *, first):
    """Refuse before the pledge, and before the calibration entry is signed. first: its code, None when it is."""
    if assignment.judge.user_id and not assignment.judge.pledged_at:
        raise PledgeMissing(_("Read the judges' pledge and agree to it first."))
    if first:
        raise TooEarly(
            _(
                "First comes entry %(code)s, which all judges score to find a common measure. "
                "Sign its sheet; then the others open."
            )
            % {"code": first}
        )


def _take(assignment, move, *, by, unchanged, **fields):
    """Move the sheet in one conditional update, while no decision on awards can slip in between."""
    competitions = Competition.objects.select_for_update(no_key=True).only("state")
    require_judging(competitions.get(pk=assignment.entry.competition_id))
    if assignment.judge.user_id != by.pk or assignment.entry.entrant_id == by.pk:
        raise ConflictOfInterest(_("This sheet is not yours to judge."))
    if move != "recuse":
        require_turn(assignment, first=waits_for(assignment))
    sources, target = SHEET_MOVES[move]
    moved = Assignment.objects.filter(pk=assignment.pk, state__in=sources, **unchanged).update(
        state=target, **fields
    )
    if not moved:
        _refuse(assignment)
    assignment.refresh_from_db(fields=SHEET_FIELDS)


def _require_still_visible(assignment, *, by):
    """A conflict may have been found while the sheet lay open."""
    if not Assignment.objects.visible_to(by).filter(pk=assignment.pk).exists():
        raise ConflictOfInterest(_("You no longer judge this entry. Ask the organiser why."))


def _refuse(assignment):
    if not Assignment.objects.filter(pk=assignment.pk).exists():
        raise SheetGone
    assignment.refresh_from_db(fields=SHEET_FIELDS)
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
