"""Invitations to judge: sent by e-mail, answered once. Only the SHA-256 of the secret in the link is kept."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from competitions.actions.committee.invitation_letters import send_invitation
from competitions.actions.committee.jury import COMMITTEE_STATES, free_code, lock_committee, refuse_entrant
from competitions.errors import CompetitionError
from competitions.models import Judge

State = Judge.State
DAYS = 14


class InvitationUnknown(CompetitionError):
    """No invitation has this secret."""


class InvitationOver(CompetitionError):
    """The invitation is answered, taken back or expired, or the committee is closed."""


def expires_at(judge):
    return judge.invited_at + timedelta(days=DAYS)


@transaction.atomic
def invite_judge(competition, *, by, at, email, name, **details):
    """Ask somebody to judge; the letter with the link goes out. Returns (judge, secret), the secret once only.

    details: side, organisation, field, track, candidate, is_chair.
    """
    competition = lock_committee(competition, COMMITTEE_STATES)
    email, name = email.strip(), name.strip()
    if not email or not name:
        raise CompetitionError(_("Write name and e-mail address of the person to be invited."))
    _refuse_member(competition, email)
    account = User.objects.filter(email__iexact=email, is_active=True).first()
    if account:
        refuse_entrant(competition, account)
    secret = secrets.token_urlsafe(32)
    judge = Judge.objects.create(
        competition=competition,
        code=free_code(competition),
        name=name,
        email=email,
        state=State.INVITED,
        invitation_sha256=_digest(secret),
        invited_at=at,
        **details,
    )
    send_invitation(judge, secret, account=account, until=expires_at(judge), by=by, at=at)
    audit.record("judge.invited", by=by, target=competition, about=account, judge=judge.code)
    return judge, secret


def _refuse_member(competition, email):
    same = Q(email__iexact=email) | Q(user__email__iexact=email)
    if competition.judges.on_committee().filter(same).exists():
        raise CompetitionError(
            _("“%(email)s” is on the committee or invited already. Send the invitation again from there.")
            % {"email": email}
        )
    if competition.judges.filter(same, state=State.DROPPED, user__isnull=False).exists():
        raise CompetitionError(
            _("“%(email)s” was on this committee and left it. Ask somebody else.") % {"email": email}
        )


@transaction.atomic
def renew_invitation(judge, *, by, at):
    """Send the letter again with a new secret and a new last day; the old link works no more."""
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    secret = secrets.token_urlsafe(32)
    change_open(judge, invitation_sha256=_digest(secret), invited_at=at)
    judge.competition = competition
    account = User.objects.filter(email__iexact=judge.email, is_active=True).first()
    send_invitation(judge, secret, account=account, until=expires_at(judge), by=by, at=at)
    audit.record("judge.invitation_renewed", by=by, target=competition, about=account, judge=judge.code)
    return judge, secret


@transaction.atomic
def withdraw_invitation(judge, *, by, at):
    """Take an unanswered invitation back; its link says so from now on."""
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    change_open(judge, state=State.DROPPED, left_at=at, is_chair=False)
    audit.record("judge.invitation_withdrawn", by=by, target=competition, judge=judge.code)


def invitation_of(secret):
    """The row a link belongs to, whatever became of it."""
    rows = Judge.objects.select_related("competition", "track", "user")
    judge = rows.filter(invitation_sha256=_digest(secret)).first()
    if judge is None:
        raise InvitationUnknown(
            _("This link is not known. Check that it is whole, or ask the organiser to send it again.")
        )
    return judge


def change_open(judge, **fields):
    """One conditional UPDATE: of two acts at once one is taken."""
    rows = Judge.objects.filter(pk=judge.pk, state=State.INVITED)
    if not rows.update(**fields):
        raise InvitationOver(_("This invitation was answered or taken back meanwhile. Open the page again."))
    for name, value in fields.items():
        setattr(judge, name, value)


def _digest(secret):
    """Plain SHA-256: the secret has 256 random bits, so nothing is gained by a slow hash."""
    return sha256(secret.encode()).hexdigest()
