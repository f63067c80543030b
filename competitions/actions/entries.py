"""Writing, submitting and withdrawing an entry."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from casebook.content.text import one_line
from competitions.actions.entry_consents import ENTRY_CONSENTS, record_consents, require_consents
from competitions.actions.entry_window import lock_competition, require_open
from competitions.entry_content import changed_since_submission, clean_entry, draft_of
from competitions.errors import CompetitionError
from competitions.models import Entry, Snapshot
from competitions.states import ENTRY_MOVES, EntryState


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
    return _save(entry, draft, by=by, at=at, track=track, revision=revision)


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
                **_mirrored(draft, track=track),
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
        raise IllegalMove(_refusal(entry))
    return entry


def _save(entry, draft, *, by, at, track, revision):
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state not in ENTRY_MOVES["submit"][0]:
        raise IllegalMove(_refusal(entry))
    if entry.draft == draft:
        return entry
    if revision is not None and revision != entry.revision:
        raise StaleEntry(_stale_sentence(entry), entry)
    changes = {"draft": draft, "saved_at": at, "revision": entry.revision + 1}
    if entry.state == EntryState.DRAFT:
        changes |= _mirrored(draft, track=track)
    for name, value in changes.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(changes))
    audit.record("entry.saved", by=by, target=entry, about=by, revision=entry.revision)
    return entry


@transaction.atomic
def submit_entry(entry, *, by, consents=tuple(ENTRY_CONSENTS)):
    """Freeze the draft as the snapshot that counts, and return it; an unchanged draft keeps its receipt.

    consents: the purposes the entrant has agreed to. Raises ConsentMissing, TooEarly, TooLate, IllegalMove,
    ContentRefused (with every problem).
    """
    require_consents(consents)
    competition = lock_competition(entry.competition_id)
    # No join here: a row that a rival has just written would be missing from it after the wait.
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state not in ENTRY_MOVES["submit"][0]:
        raise IllegalMove(_refusal(entry))
    require_open(competition, at=competition.arrived_at)
    content = clean_entry(entry.draft)
    track = _submitted_track(entry, competition)
    if entry.snapshot and not changed_since_submission(entry):
        return entry.snapshot
    snapshot = _freeze(entry, content, at=competition.arrived_at)
    _move(
        entry,
        "submit",
        snapshot=snapshot,
        submitted_at=snapshot.submitted_at,
        code=entry.code or _free_code(entry),
        **_mirrored(entry.draft | content, track=track, team=entry.team),
    )
    record_consents(by, at=snapshot.submitted_at)
    audit.record(
        "entry.submitted",
        by=by,
        target=entry,
        about=by,
        receipt=snapshot.receipt_number,
        sha256=snapshot.content_sha256,
        track=track.code if track else None,
        consents=ENTRY_CONSENTS,
    )
    return snapshot


@transaction.atomic
def withdraw_entry(entry, *, by, at):
    """Take the entry back until the deadline; its snapshots stay, and the person may enter anew."""
    competition = lock_competition(entry.competition_id)
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.state not in ENTRY_MOVES["withdraw"][0]:
        raise IllegalMove(_refusal(entry))
    require_open(competition, at=competition.arrived_at)
    _move(entry, "withdraw", withdrawn_at=at)
    audit.record("entry.withdrawn", by=by, target=entry, about=entry.entrant)


def _move(entry, move, **fields):
    sources, target = ENTRY_MOVES[move]
    if not Entry.objects.filter(pk=entry.pk, state__in=sources).update(state=target, **fields):
        raise IllegalMove(_refusal(entry))


def _free_code(entry):
    """A code of our own making; an entry brought in from a file may hold the same one."""
    code = f"E{entry.pk:05d}"
    taken = Entry.objects.filter(competition_id=entry.competition_id, code=code).exists()
    return f"{code}-1" if taken else code


def _freeze(entry, content, *, at):
    number = entry.snapshot.number + 1 if entry.snapshot else 1
    year = timezone.localtime(at).year
    return Snapshot.objects.create(
        entry=entry,
        number=number,
        content=content,
        content_sha256=content_sha256(content),
        receipt_number=f"R{year}-{entry.competition_id:03d}-{entry.pk:06d}-{number:02d}",
        submitted_at=at,
    )


def _submitted_track(entry, competition):
    tracks = list(competition.tracks.all())
    code = (entry.draft.get("entry") or {}).get("track")
    chosen = [track for track in tracks if track.code == code or (not code and track.pk == entry.track_id)]
    if len(tracks) == 1 and not code:
        chosen = tracks
    if tracks and not chosen:
        raise CompetitionError(_("Choose the track of the competition you enter."))
    return chosen[0] if chosen else None


def _mirrored(draft, *, track, team=""):
    """What lists show of an entry; `team` is the one it has when the draft names none."""
    case = draft["case"]
    return {
        "track": track,
        "team": (draft.get("entry") or {}).get("team", team),
        "title": one_line(case.get("title") or "")[:200],
        "summary": one_line(case.get("summary") or "")[:300],
    }


def _refusal(entry):
    if entry.state == EntryState.WITHDRAWN:
        return _("This entry was withdrawn. To take part after all, start a new entry from the call.")
    return _(
        "The organiser has already decided on this entry (%(state)s), so it can no longer be changed."
    ) % {"state": entry.get_state_display()}


def _stale_sentence(entry):
    return _(
        "This entry was saved from another window at %(time)s, after you had opened this page. Your text is "
        "kept below but not saved yet: compare it with what is saved, then save again to replace that."
    ) % {"time": f"{timezone.localtime(entry.saved_at):%H:%M}"}
