"""Writing and withdrawing an entry; handing it in is in submissions.py."""

from enum import Enum

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.entries.moves import lock_changeable, lock_entry, mirrored, move_entry, refusal
from competitions.actions.entries.slots import free_ordinal
from competitions.actions.entries.window import lock_competition, require_changeable, require_open
from competitions.entry_content import draft_of
from competitions.errors import CompetitionError, TooLate
from competitions.models import Entry
from competitions.states import EntryState


class Written(Enum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


class StaleEntry(CompetitionError):
    """The entry was saved from elsewhere since this text was opened; `entry` is what is saved."""

    def __init__(self, message, entry):
        self.entry = entry
        super().__init__(message)


@transaction.atomic
def save_draft(competition, content, *, by, at, is_automatic=False, **draft):
    """Save what is written so far; what counts stays the last snapshot. Returns the entry.

    content: unfinished {"case": ..., "prompts": [...]}. draft: the words of `write_draft`. is_automatic: the page
    saved by itself, which the audit trail leaves out. The same key and text again is the same entry. Raises
    TooEarly, TooLate, StaleEntry, IllegalMove, ContentRefused (a text too long).
    """
    entry, outcome = write_draft(lock_competition(competition.pk), content, by=by, at=at, **draft)
    if outcome == Written.NEW:
        audit.record("entry.created", by=by, target=entry, about=by, competition=competition.pk)
    elif outcome == Written.CHANGED and not is_automatic:
        about = by if entry.entrant_id == by.pk else entry.entrant
        audit.record("entry.saved", by=by, target=entry, about=about, revision=entry.revision)
    return entry


def write_draft(
    competition,
    content,
    *,
    by,
    at,
    track=None,
    title="",
    team="",
    declared=None,
    idempotency_key=None,
    entry=None,
    revision=None,
):
    """Write the text under the lock of its competition. Returns (entry, Written).

    declared: {"district", "birth_year"} of the entrant; None leaves what is kept. revision: the save the text was
    opened from.
    """
    if entry is None:
        entry = _sent_before(competition, idempotency_key, by=by)
        revision = 0 if entry else revision
    if track and track.competition_id != competition.pk:
        raise CompetitionError(_("This track does not belong to the competition. Choose one of its tracks."))
    draft = draft_of(content) | {"entry": {"track": track.code if track else None, "team": team}}
    draft["case"]["title"] = title or draft["case"].get("title", "")
    if entry is None:
        new = {"draft": draft, "declared": declared or {}, "idempotency_key": idempotency_key}
        entry, is_new = _create(competition, new, by=by, at=at, track=track)
        if is_new:
            return entry, Written.NEW
        revision = 0
    changes = {"draft": draft} | ({} if declared is None else {"declared": declared})
    return _save(entry, changes, competition=competition, at=at, track=track, revision=revision)


def _sent_before(competition, idempotency_key, *, by):
    """Too late for a new entry; but the same form sent twice, the second time too late, is the entry made by then."""
    try:
        require_open(competition, at=competition.arrived_at)
    except TooLate:
        mine = Entry.objects.filter(competition=competition, entrant=by)
        entry = mine.filter(idempotency_key=idempotency_key).first() if idempotency_key else None
        if entry is None:
            raise
        return entry
    return None


def _create(competition, new, *, by, at, track, tries=5):
    """Insert the entry, or return the one a rival request or an earlier click has made. (entry, is it new)."""
    try:
        with transaction.atomic():
            entry = Entry.objects.create(
                competition=competition,
                entrant=by,
                ordinal=_ordinal(competition, by),
                created_at=at,
                saved_at=at,
                **new,
                **mirrored(new["draft"], track=track),
            )
    except IntegrityError:
        existing = _existing(competition, by=by, idempotency_key=new["idempotency_key"])
        if existing:
            return existing, False
        if not tries:
            raise
        return _create(competition, new, by=by, at=at, track=track, tries=tries - 1)
    entry.has_files = entry.has_team = False
    return entry, True


def _ordinal(competition, by):
    """Where a person has one entry the database refuses the second, which saves the question."""
    most = competition.eligibility_record.entries_per_person
    ordinal = 1 if most == 1 else free_ordinal(competition, by)
    if ordinal is None:
        raise CompetitionError(
            _("One person may hand in %(most)s entries to this competition. Withdraw another one first.")
            % {"most": most}
        )
    return ordinal


def _existing(competition, *, by, idempotency_key):
    """The entry made with this key, or the only one a person may have; None when a rival took the number."""
    mine = Entry.objects.select_for_update().filter(competition=competition, entrant=by)
    entry = mine.filter(idempotency_key=idempotency_key).first()
    if entry is None and competition.eligibility_record.entries_per_person > 1:
        _refuse_used_key(idempotency_key)
        return None
    entry = entry or mine.exclude(state=EntryState.WITHDRAWN).first()
    if entry is None:
        _refuse_used_key(idempotency_key)
    elif entry.state == EntryState.WITHDRAWN:
        raise IllegalMove(refusal(entry))
    return entry


def _refuse_used_key(key):
    if Entry.objects.filter(idempotency_key=key).exists():
        raise CompetitionError(_("This page was already used for another entry. Open the entry form anew."))


def _save(entry, changes, *, competition, at, track, revision):
    entry = lock_entry(entry.pk, move="submit")
    if all(getattr(entry, name) == value for name, value in changes.items()):
        return entry, Written.UNCHANGED
    require_changeable(entry, competition, at=competition.arrived_at, track=track)
    if revision is not None and revision != entry.revision:
        raise StaleEntry(_stale_sentence(entry), entry)
    changes |= {"saved_at": at, "revision": entry.revision + 1}
    if entry.state == EntryState.DRAFT:
        changes |= mirrored(changes["draft"], track=track)
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(changes))
    return entry, Written.CHANGED


@transaction.atomic
def withdraw_entry(entry, *, by, at):
    """Take the entry back until the deadline; its snapshots stay, and the person may enter anew."""
    _competition, entry = lock_changeable(entry, move="withdraw")
    move_entry(entry, "withdraw", withdrawn_at=at)
    audit.record("entry.withdrawn", by=by, target=entry, about=entry.entrant)


def _stale_sentence(entry):
    return _(
        "This entry was saved from another window at %(time)s, after you had opened this page. Your text is "
        "kept below but not saved yet: compare it with what is saved, then save again to replace that."
    ) % {"time": f"{timezone.localtime(entry.saved_at):%H:%M}"}
