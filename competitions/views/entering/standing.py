"""How an entry stands with the organiser, for its own people: notes to them, candidates, a notice about the award."""

from django.db.models import Exists, OuterRef

from competitions.actions.afterwards.appeals import appeals_until
from competitions.actions.conflicts.challenges import can_challenge
from competitions.actions.results.candidates import candidates_among
from competitions.models import EntryNote, Revocation
from competitions.states import EntryState


def with_standing(entries):
    """Entries that know whether there is anything to ask for; it costs no query of its own."""
    notes = EntryNote.objects.filter(entry=OuterRef("pk"), audience=EntryNote.Audience.ENTRANT)
    return entries.annotate(has_notes=Exists(notes), has_revocation=_has_revocation())


def with_revocation(entries):
    return entries.annotate(has_revocation=_has_revocation())


def _has_revocation():
    return Exists(Revocation.objects.filter(award__entry=OuterRef("pk")))


def standing_of(entry):
    """Notes for the entrant, newest first; the note of a correction that was answered; whether a candidate.

    Two queries at most, one fewer for an entry of `with_standing`. What is to be corrected now is shown above these.
    """
    notes = entry.notes.filter(audience=EntryNote.Audience.ENTRANT).order_by("-at", "-id")
    was_corrected = entry.correction_due and entry.state != EntryState.RETURNED
    notes = list(notes) if getattr(entry, "has_notes", True) else []
    released = entry.competition.feedback_released_at
    return {
        "notes": [note for note in notes if note.at != released],
        "comments": sorted((note for note in notes if note.at == released), key=_shuffled),
        "corrected": entry.correction_note if was_corrected else "",
        "has_revocation": getattr(entry, "has_revocation", False),  # none while it can still be written
        "is_candidate": bool(candidates_among([entry])),
        "can_challenge": can_challenge(entry),
        "can_appeal": _is_judged(entry) and appeals_until(entry.competition) is not None,
    }


def _shuffled(note):
    """An order that does not tell which judge wrote it."""
    return note.idempotency_key


def _is_judged(entry):
    return entry.state not in {EntryState.DRAFT, EntryState.WITHDRAWN}
