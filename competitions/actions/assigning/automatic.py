"""Giving entries to judges by computation: planned and shown first, then made."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.assigning.assignable import ASSIGNING_STATES, create_sheets
from competitions.actions.assigning.panels import RoundPanel
from competitions.actions.committee.jury import lock_committee
from competitions.actions.conflicts.finding import find_conflicts
from competitions.assigning import Assigned, assign
from competitions.errors import CompetitionError
from competitions.models import Round
from competitions.states import SheetState

MOST_WANTED = 50
AT_ONCE = 100_000  # entries x judges that are planned while the page waits; more is a job


class StalePlan(CompetitionError):
    """Entries, judges, conflicts or sheets are others than those the plan was made of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What would be given. missing: (judge id, entry id) without a sheet. sha256: of what it rests on."""

    panel: RoundPanel
    assigned: Assigned
    missing: list
    sha256: str


def plan(round_, *, wanted=None):
    """Work out an assignment of the round; nothing is stored. wanted: where the round declares no number."""
    if round_.kind in {Round.Kind.PUBLIC_VOTE, Round.Kind.MEASURED}:
        raise CompetitionError(
            _("In this round nobody fills in score sheets, so there is nothing to assign.")
        )
    panel = RoundPanel(round_, wanted=_number(round_, wanted))
    if not panel.entries or not panel.judges:
        raise CompetitionError(
            _("There is nothing to assign: it takes at least one judge and one accepted entry.")
        )
    assigned = assign(panel.panel)
    return Plan(panel=panel, assigned=assigned, missing=panel.missing_sheets(assigned), sha256=panel.sha256)


def size_of(round_):
    """How many pairs of entry and judge a plan looks at."""
    return round_.competition.judges.active().count() * round_.competition.entries.judged().count()


def assign_automatically(round_, *, wanted=None, sha256, by, at):
    """Make the sheets of the plan that was shown. Returns it.

    sha256: of the plan shown. Raises StalePlan when it would be another one by now. The plan is worked out before
    the competition is locked, so judges who sign wait only while the sheets are written.
    """
    _refuse_out_of_time(round_)
    find_conflicts(round_.competition, at=at)
    found = plan(round_, wanted=wanted)
    if found.sha256 != sha256:
        raise _stale()
    _write(found, round_, wanted=wanted, by=by)
    return found


@transaction.atomic
def _refuse_out_of_time(round_):
    """Refuse before anything is worked out, where nothing may be assigned."""
    lock_committee(round_.competition, ASSIGNING_STATES)


@transaction.atomic
def _write(found, round_, *, wanted, by):
    competition = lock_committee(round_.competition, ASSIGNING_STATES)
    list(round_.assignments.exclude(state=SheetState.SIGNED).order_by("pk").select_for_update().values("pk"))
    if RoundPanel(round_, wanted=_number(round_, wanted)).sha256 != found.sha256:
        raise _stale()
    made = create_sheets(found.missing, round_)
    after = found.assigned.report_after
    audit.record(
        "entries.assigned_automatically", by=by, target=competition, round=round_.code,
        wanted=_number(round_, wanted), made=made, short=after.short, groups=after.groups,
        loads=[after.load_min, after.load_max],
    )  # fmt: skip


def _number(round_, wanted):
    number = round_.judges_per_entry or wanted
    if not number or not 1 <= number <= MOST_WANTED:
        raise CompetitionError(
            _("Say how many judges each entry gets: a number from 1 to %(most)s.") % {"most": MOST_WANTED}
        )
    return number


def _stale():
    return StalePlan(
        _(
            "Since this plan was shown, entries, judges or sheets have changed. Nothing is assigned; "
            "look at the new plan and confirm it."
        )
    )
