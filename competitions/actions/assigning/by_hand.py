"""Giving judges their entries: all at once, or one judge's by hand."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.assigning.assignable import (
    ASSIGNING_STATES,
    create_sheets,
    entries_of_round,
    of_own_team,
    stepped_aside,
)
from competitions.actions.committee.jury import lock_committee
from competitions.actions.conflicts.finding import find_conflicts
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Assignment, Judge
from competitions.states import SheetState


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """made: new sheets; skipped: (judge, entry) pairs kept apart because the entry is the judge's own
    or the judge stepped aside from it."""

    made: int
    skipped: tuple[tuple[Judge, object], ...]


@transaction.atomic
def assign_all(round_, *, by, at):
    """Give every accepted entry to every judge of its track in this round, apart from conflicts."""
    competition = lock_committee(round_.competition, ASSIGNING_STATES)
    find_conflicts(competition, at=at)
    judges = list(competition.judges.active().select_related("user"))
    entries = list(entries_of_round(round_).only("pk", "code", "title", "entrant_id", "track_id"))
    if not judges or not entries:
        raise CompetitionError(
            _("There is nothing to assign: it takes at least one judge and one accepted entry.")
        )
    apart = stepped_aside(competition) | of_own_team(competition)
    pairs = [
        (judge, entry) for judge in judges for entry in entries if judge.track_id in {None, entry.track_id}
    ]
    skipped = tuple(pair for pair in pairs if _kept_apart(*pair, apart=apart))
    kept = set(skipped)
    made = create_sheets(
        [(judge.pk, entry.pk) for judge, entry in pairs if (judge, entry) not in kept], round_
    )
    audit.record(
        "entries.assigned", by=by, target=competition, round=round_.code, made=made, skipped=len(skipped)
    )
    return Assigned(made=made, skipped=skipped)


def _kept_apart(judge, entry, *, apart):
    is_own = judge.user_id is not None and judge.user_id == entry.entrant_id
    return is_own or (judge.pk, entry.pk) in apart


@transaction.atomic
def set_assignments(judge, round_, *, shown, chosen, by, at):
    """Make the judge's sheets in this round, among the entries shown, exactly the chosen ones.

    Returns (made, removed). A sheet already begun is never taken away.
    """
    competition = lock_committee(judge.competition, ASSIGNING_STATES)
    _refuse_who_left(judge)
    find_conflicts(competition, judge=judge, at=at)
    entries = list(entries_of_round(round_).filter(pk__in=shown))
    wanted = [entry for entry in entries if entry.pk in chosen]
    _refuse_conflicts(
        judge,
        wanted,
        apart=(stepped_aside(competition) - _recused_here(judge, round_)) | of_own_team(competition),
    )
    unwanted = [entry.pk for entry in entries if entry.pk not in chosen]
    removed = _unassign(judge, round_, unwanted)
    made = create_sheets([(judge.pk, entry.pk) for entry in wanted], round_)
    audit.record(
        "judge.assigned", by=by, target=competition, about=judge.user,
        judge=judge.code, round=round_.code, made=made, removed=removed,
    )  # fmt: skip
    return made, removed


def _refuse_who_left(judge):
    if not Judge.objects.active().filter(pk=judge.pk).exists():
        raise CompetitionError(
            _("%(judge)s is not appointed, so no entries can be assigned. Choose somebody of the committee.")
            % {"judge": judge.name}
        )


def _recused_here(judge, round_):
    """Pairs whose recused sheet already stands in this round: leaving them ticked asks for nothing."""
    rows = Assignment.objects.filter(judge=judge, round=round_, state=SheetState.RECUSED)
    return set(rows.values_list("judge_id", "entry_id"))


def _refuse_conflicts(judge, entries, *, apart):
    for entry in entries:
        if _kept_apart(judge, entry, apart=apart):
            raise ConflictOfInterest(
                _(
                    "%(judge)s cannot judge “%(entry)s”: it is the judge's own entry, "
                    "or the judge stepped aside from it."
                )
                % {"judge": judge.name, "entry": entry.title}
            )


def _unassign(judge, round_, entry_pks):
    sheets = Assignment.objects.filter(judge=judge, round=round_, entry__in=entry_pks)
    list(sheets.select_for_update().order_by("pk"))  # a judge who begins right now is waited for
    begun = (
        sheets.filter(Q(state=SheetState.STARTED) | Q(state=SheetState.SIGNED))
        .select_related("entry")
        .first()
    )
    if begun:
        raise IllegalMove(
            _("The sheet of %(judge)s for “%(entry)s” is already begun and cannot be taken away.")
            % {"judge": judge.name, "entry": begun.entry.title}
        )
    removed, _rows = sheets.filter(state=SheetState.ASSIGNED).delete()
    return removed
