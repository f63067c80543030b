"""Invitations to a team: sent by the leader, answered once. Only the SHA-256 of the secret in the link is kept."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.entries.eligibility import require_eligible
from competitions.actions.entries.moves import lock_changeable, refusal
from competitions.actions.entries.window import deadline_of, lock_competition, require_changeable
from competitions.actions.teams.letters import send_letter
from competitions.actions.teams.members import (
    State,
    accepted_members,
    list_leader,
    lock_led_team,
    look_again,
    refuse_second_team,
    refuse_teams,
)
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Entry, TeamMember
from competitions.permissions import can_enter
from competitions.states import ENTRY_MOVES, EntryState

MOST_DAYS = 14
MOST_INVITATIONS = 30  # of one entry, ever: nobody sends mail to strangers with it


class InvitationUnknown(CompetitionError):
    """No invitation has this secret."""


class InvitationOver(CompetitionError):
    """The invitation is answered, taken back or expired."""


class TeamFull(CompetitionError):
    """As many people as the call allows take part, or are invited."""


class TakesPartAlready(CompetitionError):
    """The person has accepted before; `entry` is what they take part in."""

    def __init__(self, entry):
        self.entry = entry
        super().__init__(_("You take part in this team already."))


@transaction.atomic
def invite(entry, *, email="", by, at):
    """Return (member, secret); the secret is known now and never again. With an address a letter goes to it."""
    competition, entry = lock_led_team(entry, by=by)
    arrived = competition.arrived_at
    refuse_teams(competition)
    email = email.strip()
    if email:
        _refuse_same_address(entry, email, by=by, at=arrived)
    list_leader(competition, entry, by=by, at=at)
    _refuse_more(competition, entry, at=arrived)
    secret = secrets.token_urlsafe(32)
    member = TeamMember.objects.create(
        entry=entry,
        email=email,
        token_sha256=_digest(secret),
        invited_by=by,
        invited_at=arrived,
        expires_at=_expiry(competition, entry),
    )
    _tell(member, secret, by=by)
    audit.record("team.invited", by=by, target=entry, about=by, member=member.pk)
    return member, secret


@transaction.atomic
def renew_invitation(member, *, by, at):
    """Return (member, secret) with a new secret and a new last day; the old link works no more."""
    competition, entry = lock_led_team(member.entry, by=by)
    others = _open(entry, at=competition.arrived_at).exclude(pk=member.pk)
    _refuse_beyond(competition, accepted_members(entry).count() + others.count() + 1)
    secret = secrets.token_urlsafe(32)
    rows = TeamMember.objects.filter(pk=member.pk, state=State.INVITED)
    if not rows.update(
        token_sha256=_digest(secret),
        invited_at=competition.arrived_at,
        expires_at=_expiry(competition, entry),
    ):
        raise InvitationOver(_("This invitation was answered or taken back. Open the page again."))
    member.refresh_from_db()
    _tell(member, secret, by=by)
    audit.record("team.invitation_renewed", by=by, target=entry, about=by, member=member.pk)
    return member, secret


def _tell(member, secret, *, by):
    if member.email:
        send_letter(member, secret, by=by)


def invitation_of(secret):
    """The row a link belongs to, whatever became of it."""
    rows = TeamMember.objects.select_related("entry__competition", "entry__track", "invited_by")
    member = rows.filter(token_sha256=_digest(secret)).first()
    if member is None:
        raise InvitationUnknown(
            _("This link is not known. Check that it is whole, or ask the leader of the team for a new one.")
        )
    return member


def refuse_answering(member, *, by, at):
    """Raise when the invitation is over, or is not for this person. `by` may be a visitor."""
    if by.is_authenticated and accepted_members(member.entry).filter(user=by).exists():
        raise TakesPartAlready(member.entry)
    if member.entry.state == EntryState.WITHDRAWN:
        raise InvitationOver(_("The entry of this team was withdrawn, so nobody can join it any more."))
    if member.state != State.INVITED:
        raise InvitationOver(
            _("This invitation was answered or taken back already. Ask the leader of the team for a new one.")
        )
    if at >= member.expires_at:
        raise InvitationOver(_("This invitation has expired. Ask the leader of the team for a new one."))
    if by.is_authenticated and not can_enter(by, member.entry.competition):
        raise ConflictOfInterest(
            _("You organise or judge this competition, so you cannot take part in a team of it.")
        )


def refuse_joining(member, *, by, at):
    """As refuse_answering, and when nobody can join the team now; for a page, `accept` decides under locks."""
    refuse_answering(member, by=by, at=at)
    entry = member.entry
    if entry.state not in ENTRY_MOVES["submit"][0]:
        raise InvitationOver(refusal(entry))
    require_changeable(entry, entry.competition, at=at, track=entry.track)
    _refuse_beyond(entry.competition, accepted_members(entry).count() + 1)


@transaction.atomic
def accept(secret, *, by, at, declared):
    """Take part in the team. declared: {"district", "birth_year"}, where the call asks.

    Raises InvitationUnknown, InvitationOver, TakesPartAlready, TeamFull, NotEligible, ConflictOfInterest, TooLate.
    """
    competition, member = _lock_invitation(secret)
    refuse_answering(member, by=by, at=competition.arrived_at)
    _competition, entry = lock_changeable(member.entry)
    refuse_teams(competition)
    require_eligible(competition, by, declared)
    refuse_second_team(competition, entry, person=by)
    _refuse_beyond(competition, accepted_members(entry).count() + 1)
    _answer(member, State.ACCEPTED, by=by, at=competition.arrived_at, declared=declared)
    audit.record("team.accepted", by=by, target=entry, about=by, member=member.pk)
    look_again(entry, at=at)
    return member


@transaction.atomic
def decline(secret, *, by, at):
    competition, member = _lock_invitation(secret)
    refuse_answering(member, by=by, at=competition.arrived_at)
    _answer(member, State.DECLINED, by=by, at=competition.arrived_at)
    audit.record("team.declined", by=by, target=member.entry, about=by, member=member.pk)
    return member


def _lock_invitation(secret):
    """The competition, with `arrived_at`, and the invitation as they are once the entry is locked."""
    member = invitation_of(secret)
    competition = lock_competition(member.entry.competition_id)
    Entry.objects.select_for_update().get(pk=member.entry_id)
    return competition, invitation_of(secret)


def _answer(member, state, *, by, at, **fields):
    """One conditional UPDATE: of two answers at once one is taken."""
    rows = TeamMember.objects.filter(pk=member.pk, state=State.INVITED)
    if not rows.update(state=state, user=by, answered_at=at, **fields):
        raise InvitationOver(
            _("This invitation was answered or taken back already. Ask the leader of the team for a new one.")
        )
    member.refresh_from_db()


def _open(entry, *, at):
    return entry.members.filter(state=State.INVITED, expires_at__gt=at)


def _refuse_same_address(entry, email, *, by, at):
    known = (_open(entry, at=at) | accepted_members(entry)).filter(email__iexact=email)
    members = accepted_members(entry).filter(user__email__iexact=email)
    if email.lower() == by.email.lower() or known.exists() or members.exists():
        raise CompetitionError(_("Somebody with this address takes part or is invited already."))


def _refuse_more(competition, entry, *, at):
    _refuse_beyond(competition, accepted_members(entry).count() + _open(entry, at=at).count() + 1)
    if entry.members.exclude(token_sha256=None).count() >= MOST_INVITATIONS:
        raise CompetitionError(
            _("A team sends at most %(most)s invitations. Renew one of those that are open.")
            % {"most": MOST_INVITATIONS}
        )


def _refuse_beyond(competition, count):
    most = competition.eligibility_record.team_max
    if count > most:
        raise TeamFull(
            _("The team is full: at most %(most)s people, those invited counted. Take somebody off first.")
            % {"most": most}
        )


def _expiry(competition, entry):
    deadline = entry.correction_due if entry.state == EntryState.RETURNED else None
    deadline = deadline or deadline_of(competition, entry.track)
    return min(deadline, competition.arrived_at + timedelta(days=MOST_DAYS))


def _digest(secret):
    """Plain SHA-256: the secret has 256 random bits, so nothing is gained by a slow hash."""
    return sha256(secret.encode()).hexdigest()
