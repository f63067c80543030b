"""Writing and withdrawing an entry; handing it in is in submissions.py."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.entries.moves import lock_entry, mirrored, move_entry, refusal
from competitions.actions.entries.window import lock_competition, require_changeable, require_open
from competitions.entry_content import draft_of
from competitions.errors import CompetitionError
from competitions.models import Entry
from competitions.states import EntryState


class StaleEntry(CompetitionError):
    """The entry was saved from elsewhere since this text was opened; `entry` is what is saved."""

    def __init__(self, message, entry):
        self.entry = entry
        super().__init__(message)


@transaction.atomic
def save_draft(
    competition,
    content,
    *,
    by,
    at,
    track=None,
    title="",
    team="",
    idempotency_key=None,
    entry=None,
    revision=None,
):
    """Save what is written so far; what counts stays the last snapshot. Returns the entry.

    content: unfinished {"case": ..., "prompts": [...]}. revision: the save the text was opened from.
    The same key and text again is the same entry. Raises TooEarly, TooLate, StaleEntry, IllegalMove,
    ContentRefused (a text too long).
    """
    competition = lock_competition(competition.pk)
    if entry is None:
        require_open(competition, at=competition.arrived_at)
    if track and track.competition_id != competition.pk:
        raise CompetitionError(_("This track does not belong to the competition. Choose one of its tracks."))
    draft = draft_of(content) | {"entry": {"track": track.code if track else None, "team": team}}
    draft["case"]["title"] = title or draft["case"].get("title", "")
    if entry is None:
        entry = _create(competition, draft, by=by, at=at, track=track, idempotency_key=idempotency_key)
        if entry.draft == draft:
            return entry
        revision = 0
    return _save(entry, draft, competition=competition, by=by, at=at, track=track, revision=revision)


def _create(competition, draft, *, by, at, track, idempotency_key):
    """Insert the entry, or return the one a rival request or an earlier click has made."""
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                competition=competition,
                entrant=by,
                draft=draft,
                idempotency_key=idempotency_key,
                created_at=at,
                saved_at=at,
                **mirrored(draft, track=track),
            )
    except IntegrityError:
        return _existing(competition, by=by, idempotency_key=idempotency_key)
    audit.record("entry.created", by=by, target=entry, about=by, competition=competition.pk)
    return entry


def _existing(competition, *, by, idempotency_key):
    mine = Entry.objects.select_for_update().filter(competition=competition, entrant=by)
    entry = (
        mine.exclude(state=EntryState.WITHDRAWN).first()
        or mine.filter(idempotency_key=idempotency_key).first()
    )
    if entry is None:
        raise CompetitionError(_("This page was already used for another entry. Open the entry form anew."))
    if entry.state == EntryState.WITHDRAWN:
        raise IllegalMove(refusal(entry))
    return entry


def _save(entry, draft, *, competition, by, at, track, revision):
    entry = lock_entry(entry.pk, move="submit")
    require_changeable(entry, competition, at=competition.arrived_at, track=track)
    if entry.draft == draft:
        return entry
    if revision is not None and revision != entry.revision:
        raise StaleEntry(_stale_sentence(entry), entry)
    changes = {"draft": draft, "saved_at": at, "revision": entry.revision + 1}
    if entry.state == EntryState.DRAFT:
        changes |= mirrored(draft, track=track)
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(changes))
    audit.record(
        "entry.saved",
        by=by,
        target=entry,
        about=by if entry.entrant_id == by.pk else entry.entrant,
        revision=entry.revision,
    )
    return entry


@transaction.atomic
def withdraw_entry(entry, *, by, at):
    """Take the entry back until the deadline; its snapshots stay, and the person may enter anew."""
    competition = lock_competition(entry.competition_id)
    entry = lock_entry(entry.pk, move="withdraw")
    require_changeable(entry, competition, at=competition.arrived_at, track=entry.track)
    move_entry(entry, "withdraw", withdrawn_at=at)
    audit.record("entry.withdrawn", by=by, target=entry, about=entry.entrant)


def _stale_sentence(entry):
    return _(
        "This entry was saved from another window at %(time)s, after you had opened this page. Your text is "
        "kept below but not saved yet: compare it with what is saved, then save again to replace that."
    ) % {"time": f"{timezone.localtime(entry.saved_at):%H:%M}"}
