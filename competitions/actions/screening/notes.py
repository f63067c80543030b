"""Notes on an entry, each for one audience."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.letters import tell_entrant
from competitions.errors import CompetitionError
from competitions.models import EntryNote

TEXT_MAX_LENGTH = 5000


@transaction.atomic
def add_note(entry, *, audience, text, by, at, idempotency_key):
    """Write a note; one for the entrant is sent to everybody of the entry. The same key again is the same note."""
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise CompetitionError(_("Write the note first."))
    if len(text) > TEXT_MAX_LENGTH:
        raise CompetitionError(
            _("The note is longer than %(most)s characters. Shorten it.") % {"most": TEXT_MAX_LENGTH}
        )
    if audience not in EntryNote.Audience.values:
        raise CompetitionError(_("Choose who may read the note."))
    note, is_new = EntryNote.objects.get_or_create(
        idempotency_key=idempotency_key,
        defaults={"entry": entry, "audience": audience, "text": text, "by": by, "at": at},
    )
    if note.entry_id != entry.pk:
        raise CompetitionError(_("This page was already used for another note. Open it anew."))
    if is_new:
        is_told = audience == EntryNote.Audience.ENTRANT
        about = entry.entrant if is_told else None
        audit.record("entry.noted", by=by, target=entry, about=about, audience=audience, note=note.pk)
        if is_told:
            tell_entrant(entry, "entry.note", at=at, by=by, key=f"entry:{entry.pk}:note:{note.pk}", text=text)
    return note
