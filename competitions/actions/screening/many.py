"""One decision on many entries at once: those whose state allows it, some hundreds at a time."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.screening.correction import return_locked, take_back_locked
from competitions.actions.screening.decisions import accept_locked, disqualify_locked
from competitions.actions.screening.locks import lock_screened
from competitions.models import Entry
from competitions.states import ENTRY_MOVES, EntryState

MOST_AT_ONCE = 500
ACTS = {
    "accept": accept_locked,
    "return": return_locked,
    "disqualify": disqualify_locked,
    "take_back": take_back_locked,
}
# A disqualified entry is accepted one by one: each needs its own reason.
SOURCES = {act: ENTRY_MOVES[act][0] for act in ACTS} | {"accept": {EntryState.SUBMITTED}}


@dataclass
class Outcome:
    """done: how many were moved. left: {state: how many it kept from being moved}. waiting: left for another time."""

    done: int = 0
    left: Counter = field(default_factory=Counter)
    waiting: int = 0


@transaction.atomic
def decide_many(rows, act, *, competition, by, at, **said):
    """Decide on the entries of the competition among `rows`; all that the act allows, or none when one is refused.

    said: what the act needs, such as a reason. Raises TooEarly, IllegalMove, CompetitionError.
    """
    competition = lock_screened(competition.pk)
    wanted = Entry.objects.filter(competition=competition, pk__in=rows.order_by().values("pk"))
    wanted = wanted.exclude(submitted_at=None)
    states = Counter(wanted.order_by().values_list("state", flat=True))
    outcome = Outcome(left=Counter({state: n for state, n in states.items() if state not in SOURCES[act]}))
    movable = wanted.filter(state__in=SOURCES[act]).order_by("pk")[:MOST_AT_ONCE]
    decided = _locked(list(movable.values_list("pk", flat=True)))
    for entry in decided:
        entry.competition = competition
        if entry.state in SOURCES[act]:
            ACTS[act](entry, by=by, at=at, **said)
            outcome.done += 1
        else:  # decided by somebody else in this moment
            outcome.left[entry.state] += 1
    if act == "accept":
        find_conflicts(competition, entries=[entry.pk for entry in decided], at=at)
    outcome.waiting = max(sum(states.values()) - sum(outcome.left.values()) - outcome.done, 0)
    return outcome


def _locked(pks):
    """In one order for everybody, so that two organisers wait for each other and never both."""
    rows = Entry.objects.filter(pk__in=pks).order_by("pk").select_related("entrant")
    return list(rows.select_for_update(of=["self"]))
