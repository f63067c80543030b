"""What every decision on an entry needs: the database's clock, the row under a lock, and the move."""

from django.utils.translation import gettext as _

from accounts.errors import IllegalMove
from accounts.time_words import moment
from competitions.actions.entries.window import lock_competition
from competitions.errors import CompetitionError, TooEarly
from competitions.models import Entry
from competitions.states import ENTRY_MOVES, CompetitionState

SCREENING_STATES = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
REASON_MAX_LENGTH = 500


def lock_screened(pk):
    """Return the competition, held in its state, with `arrived_at`. Raises TooEarly, IllegalMove."""
    competition = lock_competition(pk)
    if competition.state not in SCREENING_STATES:
        raise IllegalMove(
            _("The competition is in the state “%(state)s”; entries can no longer be screened.")
            % {"state": competition.get_state_display()}
        )
    if not competition.has_closed(competition.arrived_at):
        raise TooEarly(
            _("Entrants may change their entries until %(time)s. Screen them after that.")
            % {"time": moment(competition.takes_entries_until)}
        )
    return competition


def lock_to_decide(entry, move, *, competition, seen=""):
    """Return the entry as it is now, locked, of the locked competition.

    seen: the state the person decided from, when a page showed one.
    Raises IllegalMove when its state forbids the move, or is no longer the one that was seen.
    """
    now = Entry.objects.select_for_update(of=["self"]).select_related("entrant").get(pk=entry.pk)
    now.competition = competition
    if now.state not in ENTRY_MOVES[move][0]:
        raise IllegalMove(
            _("The entry is in the state “%(state)s”, which does not allow this. Open the page again.")
            % {"state": now.get_state_display()}
        )
    if seen and now.state != seen:
        raise IllegalMove(
            _(
                "Meanwhile the entry came into the state “%(state)s”. Look at it as it is now, then decide again."
            )
            % {"state": now.get_state_display()}
        )
    return now


def write_decision(entry, move, *, by, at, **fields):
    """Write the new state of a locked entry, on the row and on the given instance."""
    values = {"state": ENTRY_MOVES[move][1], "decided_by": by, "decided_at": at, **fields}
    Entry.objects.filter(pk=entry.pk).update(**values)
    for name, value in values.items():
        setattr(entry, name, value)


def show_decision(entry, decided):
    """Let the instance a caller holds say what was decided."""
    for field in (
        "state",
        "decided_by",
        "decided_at",
        "decision_reason",
        "decision_article",
        "correction_due",
        "correction_note",
    ):
        setattr(entry, field, getattr(decided, field))


def checked_reason(reason):
    reason = reason.strip()
    if len(reason) > REASON_MAX_LENGTH:
        raise CompetitionError(
            _("The reason is longer than %(most)s characters. Shorten it.") % {"most": REASON_MAX_LENGTH}
        )
    return reason
