"""What the committee and the organiser say of an entry while the awards are discussed."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Conflict, DeliberationNote
from competitions.states import COMPETITION_MOVES

LONGEST = DeliberationNote._meta.get_field("text").max_length


@transaction.atomic
def add_note(entry, text, *, by, at, idempotency_key):
    """Write a note. The same key again is the same note."""
    text = text.replace("\r\n", "\n").strip()
    if entry.competition.state not in COMPETITION_MOVES["decide"][0]:
        raise IllegalMove(
            _("Notes are written after judging has begun and before the results are published.")
        )
    if Conflict.objects.effective().filter(judge__user=by, entry=entry).exists():
        raise ConflictOfInterest(_("A conflict of interest keeps you from this entry."))
    if not text:
        raise CompetitionError(_("Write the note first."))
    if len(text) > LONGEST:
        raise CompetitionError(
            _("The note is longer than %(most)s characters. Shorten it.") % {"most": LONGEST}
        )
    note, is_new = DeliberationNote.objects.get_or_create(
        idempotency_key=idempotency_key, defaults={"entry": entry, "text": text, "by": by, "at": at}
    )
    if note.entry_id != entry.pk or note.by_id != by.pk:
        raise CompetitionError(_("This page was already used for another note. Open it anew."))
    if is_new:
        audit.record("deliberation.noted", by=by, target=entry, note=note.pk)
    return note
