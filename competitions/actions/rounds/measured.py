"""Points of a measured round: typed in a table or brought in by a file, all of them or none."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.bringing_in.competitions import lock_for_bringing_in
from competitions.actions.bringing_in.files import refused, table_of_bytes
from competitions.contest_files.errors import FileRefused
from competitions.contest_files.measured_table import read_measured
from competitions.errors import CompetitionError
from competitions.models import Measurement, Round
from competitions.results import points_text
from competitions.states import CompetitionState

AT_ONCE = 500  # changes in one record of the trail
MEASURED_STATES = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}


@dataclass(frozen=True, slots=True)
class Measured:
    """Points of one cell. points None: none."""

    points: Decimal | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """How many cells are new, changed, emptied and as they were."""

    new: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


class Grid:
    """The cells of a measured round: judged entries by its criteria of their track, and what stands there."""

    def __init__(self, round_):
        self.round = round_
        self.criteria = list(round_.criteria.select_related("track"))
        entries = round_.competition.entries.judged().select_related("track").order_by("code")
        self.entries = [each for each in entries.defer("draft") if self.criteria_of(each)]
        self.rows = {
            (row.entry_id, row.criterion_id): row
            for row in Measurement.objects.filter(criterion__round=round_, entry__in=self.entries)
        }

    def criteria_of(self, entry):
        return [each for each in self.criteria if each.track_id in {None, entry.track_id}]

    def cells(self):
        """{(entry id, criterion id): Measured}, of every cell with points."""
        return {key: Measured(row.points, row.note) for key, row in self.rows.items()}

    def sha256(self):
        """What the page was opened with, to notice what somebody else changed meanwhile."""
        cells = [[*key, points_text(each.points), each.note] for key, each in self.cells().items()]
        return content_sha256({"round": self.round.pk, "cells": sorted(cells)})

    def maxima(self):
        return {
            each.code: {criterion.code: criterion.max_points for criterion in self.criteria_of(each)}
            for each in self.entries
        }


@transaction.atomic
def keep_measured(round_, given, *, by, at, seen=None):
    """Store points. given: {(entry id, criterion id): Measured}; a cell that is not in it stays as it is.

    seen: Grid.sha256() of what the person saw. Raises CompetitionError when it is another by now.
    """
    competition = lock_for_bringing_in(round_.competition)
    _require_measuring(round_, competition)
    grid = Grid(round_)
    if seen is not None and seen != grid.sha256():
        raise CompetitionError(
            _(
                "Somebody else changed points of this round while you were typing. What you typed is still here: "
                "compare it with the page in another window, then save again to keep yours."
            )
        )
    _check(given, grid)
    before = grid.cells()
    changed = {key: each for key, each in given.items() if before.get(key, Measured(None)) != each}
    kept = Kept(
        new=sum(each.points is not None and key not in before for key, each in changed.items()),
        changed=sum(each.points is not None and key in before for key, each in changed.items()),
        removed=sum(each.points is None and key in before for key, each in changed.items()),
        unchanged=len(given) - len(changed),
    )
    _store(changed, grid, by=by, at=at)
    _audit(changed, before, grid, by=by)
    return kept


def measured_from_bytes(round_, raw, *, ending=""):
    """Read a file into (what keep_measured takes, notices). Raises BringInRefused with every fault."""
    headers, rows = table_of_bytes(raw, ending)
    grid = Grid(round_)
    try:
        table = read_measured(headers, rows, maxima=grid.maxima())
    except FileRefused as error:
        raise refused(error.problems) from error
    entries = {each.code: each.pk for each in grid.entries}
    criteria = {each.code: each.pk for each in grid.criteria}
    given = {
        (entries[row.entry], criteria[row.criterion]): Measured(
            row.points, row.note if row.points is not None else ""
        )
        for row in table.rows
    }
    return given, table.notices


def _require_measuring(round_, competition):
    if round_.kind != Round.Kind.MEASURED:
        raise IllegalMove(_("Only a measured round takes points that nobody judged."))
    if competition.state not in MEASURED_STATES:
        raise IllegalMove(
            _("Points are brought in until the awards are to be decided. Go back to judging first.")
        )


def _check(given, grid):
    entries = {each.pk: each for each in grid.entries}
    most = {
        (entry.pk, criterion.pk): criterion.max_points
        for entry in entries.values()
        for criterion in grid.criteria_of(entry)
    }
    for key, each in given.items():
        if key not in most:
            raise CompetitionError(_("A row of the table is no longer in this round. Open the page again."))
        if each.points is not None and not (each.points.is_finite() and 0 <= each.points <= most[key]):
            raise CompetitionError(
                _("Points of entry %(entry)s go from 0 to %(most)s.")
                % {"entry": entries[key[0]].code, "most": points_text(most[key])}
            )


def _store(changed, grid, *, by, at):
    gone = [grid.rows[key].pk for key, each in changed.items() if each.points is None and key in grid.rows]
    Measurement.objects.filter(pk__in=gone).delete()
    Measurement.objects.bulk_create(
        (
            Measurement(
                entry_id=entry, criterion_id=criterion, points=each.points, note=each.note, by=by, at=at
            )
            for (entry, criterion), each in changed.items()
            if each.points is not None
        ),
        update_conflicts=True,
        unique_fields=["entry", "criterion"],
        update_fields=["points", "note", "by", "at"],
        batch_size=1000,
    )


def _audit(changed, before, grid, *, by):
    """Keep what stood there and what stands there now."""
    entries = {each.pk: each.code for each in grid.entries}
    criteria = {each.pk: each.code for each in grid.criteria}
    rows = [
        [entries[key[0]], criteria[key[1]], _said(before.get(key)), _said(each)]
        for key, each in changed.items()
    ]
    for start in range(0, len(rows), AT_ONCE):
        audit.record(
            "points.measured",
            by=by,
            target=grid.round.competition,
            round=grid.round.code,
            changes=rows[start : start + AT_ONCE],
        )


def _said(measured):
    return points_text(measured.points) if measured else None
