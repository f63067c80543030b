"""What happens on the stage: a turn begins and ends, somebody is absent, somebody is called again."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.calls.changes import locked
from competitions.actions.judging.sheets import require_judging
from competitions.models import PresentationSlot

State = PresentationSlot.State
# act: (sources, target, verb)
TURN_MOVES = {
    "begin": ({State.WAITING}, State.PRESENTING, "presentation.begun"),
    "end": ({State.PRESENTING}, State.DONE, "presentation.ended"),
    "absent": ({State.WAITING}, State.ABSENT, "presentation.absent"),
    "recall": ({State.ABSENT, State.DONE}, State.WAITING, "presentation.recalled"),
}


@transaction.atomic
def move_on(slot, act, *, by, at):
    """Do an act of TURN_MOVES to a turn, in one conditional update."""
    competition = locked(slot.round.competition)
    require_judging(competition)
    sources, target, verb = TURN_MOVES[act]
    if act == "begin":
        _refuse_second(slot)
    moved = PresentationSlot.objects.filter(pk=slot.pk, state__in=sources).update(
        state=target, **_times(act, at)
    )
    if not moved:
        raise IllegalMove(_("This turn is in another state by now. Look at the screen again."))
    slot.refresh_from_db()
    audit.record(verb, by=by, target=slot.entry, about=slot.entry.entrant, round=slot.round.code)


def _refuse_second(slot):
    other = (
        slot.round.slots.filter(state=State.PRESENTING).exclude(pk=slot.pk).select_related("entry").first()
    )
    if other:
        raise IllegalMove(_("Somebody else is presenting. End that turn first."))


def _times(act, at):
    return {
        "begin": {"began_at": at, "ended_at": None},
        "end": {"ended_at": at},
        "absent": {},
        "recall": {"began_at": None, "ended_at": None},
    }[act]
