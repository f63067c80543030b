"""When a judge drops out: sheets not signed go to others, signed ones stay as evidence."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.assigning.assignable import ASSIGNING_STATES, create_sheets
from competitions.actions.assigning.panels import UNSIGNED, RoundPanel
from competitions.actions.committee.jury import lock_committee
from competitions.actions.committee.members import leave_committee
from competitions.actions.conflicts.finding import find_conflicts
from competitions.assigning import Assigned, without
from competitions.models import Judge, Round


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """What becomes of one round's unsigned sheets. missing: (judge id, entry id) of those who take over."""

    round: Round
    freed: int
    assigned: Assigned
    missing: list


def hand_over_plan(judge):
    """Return what becomes of the judge's unsigned sheets, a HandedOver a round; nothing is stored.

    Every entry gets as many judges as it has now; all other sheets stay where they are.
    """
    sheets = judge.assignments.filter(state__in=UNSIGNED).order_by()
    rounds = Round.objects.filter(pk__in=sheets.values("round")).select_related(
        "competition", "calibration_entry"
    )
    return [_of_round(judge, round_) for round_ in rounds]


def _of_round(judge, round_):
    panel = RoundPanel(round_)
    own = judge.assignments.filter(round=round_).exclude(entry__code=None).order_by()
    signed = own.signed().values_list("entry__code", flat=True)
    freed = own.filter(state__in=UNSIGNED).count()
    assigned = without(panel.panel, judge.code, signed=frozenset(signed))
    missing = [pair for pair in panel.ids(assigned.new) if pair[0] != judge.pk]
    return HandedOver(round=round_, freed=freed, assigned=assigned, missing=missing)


@transaction.atomic
def hand_over(judge, *, reason, by, at):
    """Let the judge leave the committee and give what is not signed to others. Returns the HandedOver of each round."""
    competition = lock_committee(judge.competition, ASSIGNING_STATES)
    find_conflicts(competition, at=at)
    list(judge.assignments.order_by("pk").select_for_update().values("pk"))  # a judge who signs is waited for
    if not Judge.objects.active().filter(pk=judge.pk).exists():
        raise IllegalMove(
            _("This person is no longer on the committee. Open the page of the committee again.")
        )
    rounds = hand_over_plan(judge)
    leave_committee(judge, reason=reason, by=by, at=at)
    for each in rounds:
        made = create_sheets(each.missing, each.round)
        audit.record(
            "judge.entries_handed_over", by=by, target=competition, about=judge.user,
            judge=judge.code, round=each.round.code, freed=each.freed, made=made,
        )  # fmt: skip
    return rounds
