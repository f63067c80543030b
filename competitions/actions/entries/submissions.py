"""Handing in an entry: what is written is frozen as the snapshot that counts, and the receipt shows its hash."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from casebook.content import content_sha256
from competitions.actions.entries.consents import (
    ENTRY_CONSENTS,
    OWN_TERMS,
    record_consents,
    require_consents,
    terms_of,
)
from competitions.actions.entries.drafts import write_draft
from competitions.actions.entries.eligibility import NotEligible, require_eligible
from competitions.actions.entries.frozen import content_to_freeze, is_changed_since_submission
from competitions.actions.entries.moves import lock_entry, mirrored, move_entry
from competitions.actions.entries.window import lock_competition, require_changeable
from competitions.actions.letters import tell_entrant, tell_organisers
from competitions.eligibility import check_team
from competitions.errors import CompetitionError, TooLate
from competitions.models import Entry, Snapshot
from competitions.receipts import receipt_number
from competitions.states import EntryState


class ChangedMeanwhile(CompetitionError):
    """The entry says something else than the page the person submitted from."""


@transaction.atomic
def submit_entry(entry, *, by, consents=tuple(ENTRY_CONSENTS), revision=None):
    """Freeze the draft as the snapshot that counts, and return it; an unchanged draft keeps its receipt.

    consents: the purposes the entrant has agreed to. revision: the save that was shown, when one was. Raises
    ConsentMissing, NotEligible, TooEarly, TooLate, IllegalMove, ChangedMeanwhile, ContentRefused (with every
    problem).
    """
    competition = lock_competition(entry.competition_id)
    entry = lock_entry(entry.pk, move="submit")
    if revision is not None and revision != entry.revision:
        raise ChangedMeanwhile(
            _("The entry was changed since you opened this page. Look at it again, then submit.")
        )
    return _hand_in(competition, entry, by=by, consents=consents)


@transaction.atomic
def save_and_submit(competition, content, *, by, at, consents=tuple(ENTRY_CONSENTS), **draft):
    """Write the draft and hand it in, both or neither. Returns the snapshot. draft: the words of `write_draft`.

    The trail has one record of it, the submission.
    Raises what `save_draft` and `submit_entry` raise.
    """
    competition = lock_competition(competition.pk)
    entry, _written = write_draft(competition, content, by=by, at=at, **draft)
    return _hand_in(competition, entry, by=by, consents=consents)


def _hand_in(competition, entry, *, by, consents):
    """The submission itself, under both locks."""
    terms = terms_of(competition) if competition.has_terms else OWN_TERMS
    require_consents(terms, consents)
    track = _chosen_track(entry, competition)
    try:
        require_changeable(entry, competition, at=competition.arrived_at, track=track)
    except TooLate:
        if entry.snapshot is None or entry.state == EntryState.RETURNED or is_changed_since_submission(entry):
            raise
        return entry.snapshot  # sent twice, the second time too late: it is in
    content = content_to_freeze(entry, competition, track=track)
    _require_eligible(entry, competition, members=len(content.get("team") or [1]))
    if entry.snapshot and _says_the_same(entry, content, track=track):
        _settle_correction(entry, competition, by=by)
        return entry.snapshot
    _refuse_beyond_limit(entry, track)
    snapshot = _freeze(entry, content, by=by, at=competition.arrived_at)
    code = entry.code or _free_code(entry)
    is_correction = entry.state == EntryState.RETURNED
    move_entry(
        entry,
        "submit",
        snapshot=snapshot,
        submitted_at=snapshot.submitted_at,
        code=code,
        **mirrored(entry.draft | content, track=track, team=entry.team),
    )
    record_consents(by, terms, consents, at=snapshot.submitted_at)
    audit.record(
        "entry.submitted",
        by=by,
        target=entry,
        about=by if entry.entrant_id == by.pk else entry.entrant,
        receipt=snapshot.receipt_number,
        sha256=snapshot.content_sha256,
        track=track.code if track else None,
        consents={term.purpose: term.version for term in terms if term.purpose in consents},
    )
    entry.competition, entry.code = competition, code
    tell_entrant(
        entry,
        "entry.received",
        at=snapshot.submitted_at,
        by=by,
        key=f"entry:{entry.pk}:received:{snapshot.number}",
        receipt_number=snapshot.receipt_number,
        submitted_at=snapshot.submitted_at,
        sha256=snapshot.content_sha256,
    )
    if is_correction:
        _tell_of_correction(entry, competition, by=by)
    return snapshot


def _require_eligible(entry, competition, *, members):
    """members: who takes part, the leader among them. Each member's own limits were held up when they accepted."""
    wrong = check_team(competition.eligibility_record, members)
    if wrong:
        raise NotEligible(wrong)
    if entry.entrant_id is not None:
        require_eligible(competition, entry.entrant, entry.declared)


def _chosen_track(entry, competition):
    tracks = list(competition.tracks.all())
    code = (entry.draft.get("entry") or {}).get("track")
    chosen = [track for track in tracks if track.code == code or (not code and track.pk == entry.track_id)]
    if len(tracks) == 1 and not code:
        chosen = tracks
    if tracks and not chosen:
        raise CompetitionError(_("Choose the track of the competition you enter."))
    track = chosen[0] if chosen else None
    if track and track.is_closed and entry.state != EntryState.RETURNED:
        raise TooLate(
            _("The track “%(track)s” takes no entries any more. Your text is kept: choose another track.")
            % {"track": track}
        )
    return track


def _says_the_same(entry, content, *, track):
    return (
        content_sha256(content) == entry.snapshot.content_sha256
        and (track.pk if track else None) == entry.track_id
        and (entry.draft.get("entry") or {}).get("team", entry.team) == entry.team
    )


def _settle_correction(entry, competition, *, by):
    """Handing in unchanged what was returned is an answer too: the organiser looks at it again."""
    if entry.state == EntryState.RETURNED:
        move_entry(entry, "submit")
        _tell_of_correction(entry, competition, by=by)


def _tell_of_correction(entry, competition, *, by):
    tell_organisers(
        competition,
        "correction.received",
        at=competition.arrived_at,
        by=by,
        key=f"entry:{entry.pk}:corrected:{entry.correction_due.isoformat()}:{entry.revision}",
        link=reverse("competitions:organise_entry", args=[competition.slug, entry.pk]),
        entry=entry.title,
        code=entry.code,
    )


def _refuse_beyond_limit(entry, track):
    """One person may hand in so many entries to a track; the lock on the person makes two at once wait."""
    if not track or not track.most_entries or entry.entrant_id is None:
        return
    User.objects.select_for_update(no_key=True).get(pk=entry.entrant_id)
    others = Entry.objects.filter(track=track, entrant_id=entry.entrant_id).exclude(pk=entry.pk)
    others = others.exclude(submitted_at=None).exclude(state=EntryState.WITHDRAWN)
    if others.count() >= track.most_entries:
        raise CompetitionError(
            _("One person may hand in %(most)s entries to the track “%(track)s”. Withdraw another one first.")
            % {"most": track.most_entries, "track": track}
        )


def _free_code(entry):
    """A code of our own making; an entry brought in from a file may hold the same one."""
    code = f"E{entry.pk:05d}"
    taken = Entry.objects.filter(competition_id=entry.competition_id, code=code).exists()
    return f"{code}-1" if taken else code


def _freeze(entry, content, *, by, at):
    number = entry.snapshot.number + 1 if entry.snapshot else 1
    sha256 = content_sha256(content)
    return Snapshot.objects.create(
        entry=entry,
        number=number,
        content=content,
        content_sha256=sha256,
        receipt_number=receipt_number(entry.pk, entry.competition_id, number, at, sha256),
        submitted_at=at,
        submitted_by=by,
    )
