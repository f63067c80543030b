"""Giving an entry back to be corrected until a date, and taking it back when no correction is needed."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.letters import tell_entrant
from competitions.actions.screening.locks import (
    lock_screened,
    lock_to_decide,
    show_decision,
    write_decision,
)
from competitions.errors import CompetitionError

NOTE_MAX_LENGTH = 5000
LONGEST = timedelta(days=366)


@transaction.atomic
def return_entry(entry, *, note, due, by, at, seen=""):
    """Let who entered correct the entry until `due`, after the close too. Raises TooEarly, IllegalMove."""
    competition = lock_screened(entry.competition_id)
    locked = lock_to_decide(entry, "return", competition=competition, seen=seen)
    return_locked(locked, note=note, due=due, by=by, at=at)
    show_decision(entry, locked)


def return_locked(entry, *, note, due, by, at):
    """As return_entry, for an entry that is locked and may be decided on."""
    note = checked_note(note)
    _check_due(due, now=entry.competition.arrived_at)
    words = {"decision_reason": "", "decision_article": ""}
    write_decision(entry, "return", by=by, at=at, correction_note=note, correction_due=due, **words)
    said = {"note": note, "due": timezone.localtime(due).isoformat(timespec="minutes")}
    row = audit.record("entry.returned", by=by, target=entry, about=entry.entrant, **said)
    key = f"entry:{entry.pk}:returned:{row.pk}"
    tell_entrant(entry, "entry.returned", at=at, by=by, key=key, note=note, due=due)


@transaction.atomic
def take_back_entry(entry, *, by, at, seen=""):
    """The correction is not needed, or did not come: the entry waits for a decision again, as it was handed in."""
    competition = lock_screened(entry.competition_id)
    locked = lock_to_decide(entry, "take_back", competition=competition, seen=seen)
    take_back_locked(locked, by=by, at=at)
    show_decision(entry, locked)


def take_back_locked(entry, *, by, at):
    """As take_back_entry, for an entry that is locked and may be decided on."""
    write_decision(entry, "take_back", by=by, at=at, correction_note="", correction_due=None)
    row = audit.record("entry.taken_back", by=by, target=entry, about=entry.entrant)
    tell_entrant(entry, "entry.taken_back", at=at, by=by, key=f"entry:{entry.pk}:taken_back:{row.pk}")


def checked_note(note):
    note = note.replace("\r\n", "\n").strip()
    if not note:
        raise CompetitionError(_("Write what is to be corrected, so that it can be done at once."))
    if len(note) > NOTE_MAX_LENGTH:
        raise CompetitionError(
            _("The note is longer than %(most)s characters. Shorten it.") % {"most": NOTE_MAX_LENGTH}
        )
    return note


def _check_due(due, *, now):
    if due <= now:
        raise CompetitionError(
            _("The time until which the entry may be corrected has passed already. Choose a later one.")
        )
    if due > now + LONGEST:
        raise CompetitionError(_("A correction may take a year at most. Choose an earlier date."))
