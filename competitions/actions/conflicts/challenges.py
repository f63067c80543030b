"""An entrant challenges a judge: the organiser finds who is meant, and puts it to the vote or answers.

The names of judges are not public, so the entrant writes the name they know. Until the organiser has found whom it is
about, the challenge is a note of the entrant for the organisers: nobody who organises has an entry of their own there.
"""

from uuid import uuid5

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import User
from casebook.content.text import one_line
from competitions.actions.committee.jury import lock_committee
from competitions.actions.conflicts.acts import CHANGED_IN, checked_reason
from competitions.actions.conflicts.challenge_votes import members_who_vote
from competitions.actions.conflicts.finding import audit_detail, lock_entries
from competitions.actions.conflicts.sheets import set_sheets_aside
from competitions.actions.letters import tell_entrant, tell_organisers, tell_people
from competitions.actions.screening.notes import add_note
from competitions.actions.wordings import Wording
from competitions.errors import CompetitionError
from competitions.models import Conflict, EntryNote, TeamMember
from competitions.permissions import can_change_entry
from competitions.states import CompetitionState, EntryState

TAKEN_IN = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
CHALLENGING_STATES = {EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED}
MOST_WAITING = 5  # of one entry
LONGEST_NAME = 200
LONGEST_REASON = 1500
Ground, Kind, State = Conflict.Ground, Conflict.Kind, Conflict.State


def can_challenge(entry):
    """Whether a judge can be challenged for it now. Needs entry.competition."""
    return entry.competition.state in TAKEN_IN and entry.state in CHALLENGING_STATES


def refuse_challenging(entry):
    """Raise IllegalMove unless `can_challenge`."""
    if not can_challenge(entry):
        raise IllegalMove(
            _("A judge can be challenged from the time an entry is handed in until awards are decided.")
        )


@transaction.atomic
def challenge_judge(entry, *, name, reason, by, at, idempotency_key):
    """Keep the challenge for the organisers. The same key again is the same challenge. Returns the note."""
    competition = lock_committee(entry.competition, TAKEN_IN)
    lock_entries([entry.pk])
    entry.refresh_from_db(fields=["state", "entrant"])
    refuse_challenging(entry)
    if not can_change_entry(by, entry):
        raise CompetitionError(_("Only who has part in the entry may challenge a judge for it."))
    text = f"{_checked_name(name)}\n\n{_checked_reason(reason)}"
    again = EntryNote.objects.filter(idempotency_key=idempotency_key, entry=entry, by=by).first()
    if again:
        return again
    _refuse_more(entry, text)
    audience = EntryNote.Audience.ORGANISERS
    note = add_note(entry, audience=audience, text=text, by=by, at=at, idempotency_key=idempotency_key)
    audit.record("conflict.challenged", by=by, target=entry, about=by, note=note.pk)
    key, link = f"conflict.challenge_made:{note.pk}", challenge_page(competition, note)
    facts = {"code": entry.code or "", "entry": entry.title}
    tell_organisers(competition, "conflict.challenge_made", at=at, by=by, key=key, link=link, **facts)
    return note


def _checked_name(name):
    name = one_line(name)
    if not name:
        raise CompetitionError(_("Write the name of the person you challenge."))
    if len(name) > LONGEST_NAME:
        raise CompetitionError(
            _("Write only the name, in at most %(most)s characters.") % {"most": LONGEST_NAME}
        )
    return name


def _checked_reason(reason):
    reason = checked_reason(reason, missing=_("Write why this person should not judge your entry."))
    if len(reason) > LONGEST_REASON:
        raise CompetitionError(
            _("The reason is longer than %(most)s characters. Shorten it.") % {"most": LONGEST_REASON}
        )
    return reason


def _refuse_more(entry, text):
    notes = list(challenges_of(entry.competition).filter(entry=entry))
    if any(note.text == text for note in notes):
        raise CompetitionError(_("You have sent this challenge already."))
    if len(waiting_among(notes)) >= MOST_WAITING:
        raise CompetitionError(
            _("%(most)s of your challenges wait for an answer. Wait for it before you send another.")
            % {"most": MOST_WAITING}
        )


def challenges_of(competition):
    """The notes that are challenges: for the organisers, written by somebody of the entry itself."""
    members = TeamMember.objects.filter(entry=OuterRef("entry"), user=OuterRef("by"), user__isnull=False)
    rows = EntryNote.objects.filter(entry__competition=competition, audience=EntryNote.Audience.ORGANISERS)
    return rows.filter(Q(by=F("entry__entrant")) | Exists(members)).select_related("entry__competition", "by")


def waiting_among(notes):
    """Those that are neither put to the vote nor answered. Two queries."""
    answered = answers_to(notes)
    linked = conflicts_from(notes)
    return [note for note in notes if note.pk not in answered and note.pk not in linked]


def answers_to(notes):
    """{pk of a challenge: the note that answers it}. One query."""
    keys = {answer_key(note): note.pk for note in notes}
    rows = EntryNote.objects.filter(idempotency_key__in=keys)
    return {keys[row.idempotency_key]: row for row in rows}


def conflicts_from(notes):
    """{pk of a challenge: the conflict it became}. One query."""
    places = {(note.entry_id, note.text): note.pk for note in notes}
    rows = Conflict.objects.filter(kind=Kind.CHALLENGE, entry__in={note.entry_id for note in notes})
    found = rows.select_related("judge")
    return {places[row.entry_id, row.reason]: row for row in found if (row.entry_id, row.reason) in places}


def answer_key(note):
    return uuid5(note.idempotency_key, "answer")


@transaction.atomic
def put_to_vote(note, judge, *, by, at):
    """Say whom the challenge is about; the other members vote, and until then the two are kept apart."""
    competition = lock_committee(judge.competition, CHANGED_IN)
    lock_entries([note.entry_id])
    _refuse_settled(note)
    if judge.competition_id != note.entry.competition_id or judge.state != judge.State.ACCEPTED:
        raise CompetitionError(_("Only an appointed member of this committee can be challenged."))
    if Conflict.objects.filter(judge=judge, entry=note.entry_id, ground=Ground.CHALLENGED).exists():
        raise IllegalMove(_("This entry has challenged this member before. Answer the entrant instead."))
    row = Conflict(
        judge=judge, entry=note.entry, kind=Kind.CHALLENGE, ground=Ground.CHALLENGED, state=State.OPEN,
        reason=note.text, by=note.by, at=at,
    )  # fmt: skip
    voters = members_who_vote(row)
    if not voters:
        raise IllegalMove(
            _("No other member may vote on it. Add the conflict by hand, or answer the entrant why not.")
        )
    row.save()
    audit.record("conflict.challenge_opened", by=by, target=row, about=note.by, **audit_detail(row))
    set_sheets_aside(competition, [row], at=at, by=by, only=(judge, note.entry))
    _tell(competition, row, voters, by=by, at=at)
    return row


def _tell(competition, conflict, voters, *, by, at):
    key = f"conflict.challenge:{conflict.pk}"
    people = User.objects.filter(judgeships__in=voters, is_active=True)
    link = reverse("competitions:judging_challenges")
    tell_people(
        people, Wording(competition, "conflict.challenge_open"), key=f"{key}:vote", link=link, at=at, by=by
    )
    conflict.entry.competition = competition
    page = reverse("competitions:challenge", args=[conflict.entry_id])
    tell_entrant(conflict.entry, "conflict.challenge_taken", at=at, by=by, key=f"{key}:taken", link=page)


@transaction.atomic
def answer_challenge(note, text, *, by, at):
    """Answer without a vote: the person is not on the committee, or the entrant has no reason the rules know.

    The answer goes to everybody of the entry; it need not, and should not, say who is on the committee.
    """
    lock_committee(note.entry.competition, CHANGED_IN)
    lock_entries([note.entry_id])
    _refuse_settled(note)
    audience = EntryNote.Audience.ENTRANT
    answer = add_note(
        note.entry, audience=audience, text=text, by=by, at=at, idempotency_key=answer_key(note)
    )
    audit.record("conflict.challenge_answered", by=by, target=note.entry, about=note.by, note=note.pk)
    return answer


def _refuse_settled(note):
    if not waiting_among([note]):
        raise IllegalMove(_("This challenge was put to the vote or answered meanwhile. Open the page again."))


def challenge_page(competition, note):
    return reverse("competitions:organise_challenge", args=[competition.slug, note.pk])
