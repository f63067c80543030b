"""The answer to an invitation to judge: who may give it, yes with pledge and ties, or no."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.roles import Role
from competitions.actions.calls.competitions import grant_role
from competitions.actions.committee.appointments import next_number
from competitions.actions.committee.invitation_letters import tell_answer
from competitions.actions.committee.invitations import InvitationOver, change_open, expires_at, invitation_of
from competitions.actions.committee.jury import COMMITTEE_STATES, lock_committee, refuse_entrant
from competitions.actions.committee.ties import keep_pledge
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Judge
from competitions.states import CompetitionState

State = Judge.State
REASON_MAX_LENGTH = Judge._meta.get_field("left_reason").max_length


class JudgesAlready(CompetitionError):
    """The person has accepted before; `competition` is what they judge."""

    def __init__(self, competition):
        self.competition = competition
        super().__init__(_("You have accepted this invitation already. You are on the committee."))


class OtherAccount(CompetitionError):
    """The invitation went to another e-mail address than that of the account."""


def refuse_answering(judge, *, by, at):
    """Raise when the invitation is over, or is not for this person. `by` may be a visitor."""
    known = by is not None and by.is_authenticated
    if known and judge.state == State.ACCEPTED and judge.user_id == by.pk:
        raise JudgesAlready(judge.competition)
    _refuse_over(judge, at=at)
    if known and by.email.lower() != judge.email.lower():
        raise OtherAccount(
            _(
                "This invitation went to another e-mail address than that of your account, %(email)s. "
                "Log in with the other account, or ask the organiser to invite this address."
            )
            % {"email": by.email}
        )
    if known:
        _refuse_own_entry(judge.competition, by)


def _refuse_over(judge, *, at):
    if judge.competition.state not in COMMITTEE_STATES:
        raise InvitationOver(
            _("The committee of this competition is closed, so nobody can join it any more.")
        )
    if judge.state == State.DROPPED and judge.answered_at is None:
        raise InvitationOver(_("The organiser has taken this invitation back. You need do nothing."))
    if judge.state != State.INVITED:
        raise InvitationOver(
            _("This invitation was answered already. To change the answer, write to the organiser.")
        )
    if at >= expires_at(judge):
        raise InvitationOver(_("This invitation has expired. Ask the organiser to send it again."))


def _refuse_own_entry(competition, person):
    try:
        refuse_entrant(competition, person)
    except ConflictOfInterest as error:
        raise ConflictOfInterest(
            _(
                "You have an entry in this competition, so you cannot judge it. "
                "Decline the invitation, or withdraw the entry first."
            )
        ) from error


@transaction.atomic
def accept(secret, *, by, at, ties=()):
    """Join the committee: pledge, consent and ties are kept, the role is granted, a letter number is given.

    Conflicts are looked for with the ties (`keep_pledge`).

    ties: as declare_ties takes them; none means that nothing is to be declared.
    Raises InvitationUnknown, InvitationOver, JudgesAlready, OtherAccount, ConflictOfInterest.
    """
    competition, judge = _lock_invitation(secret)
    refuse_answering(judge, by=by, at=at)
    _join(judge, by=by, at=at, number=next_number(competition, at=at))
    keep_pledge(judge, ties, by=by, at=at)
    grant_role(by, Role.JUDGE, competition, by=by, at=at)
    tell_answer(judge, "judge.appointed", by=by, at=at)
    audit.record("judge.accepted", by=by, target=competition, about=by, judge=judge.code)
    return judge


def _join(judge, *, by, at, number):
    try:
        with transaction.atomic():
            change_open(judge, state=State.ACCEPTED, user=by, answered_at=at, letter_number=number)
    except IntegrityError as error:
        raise InvitationOver(
            _("You are, or were, on this committee with this account already. Write to the organiser.")
        ) from error


@transaction.atomic
def decline(secret, *, reason, by, at):
    """Say no; nobody needs an account for that. `by` is None for a visitor."""
    competition, judge = _lock_invitation(secret)
    reason = reason.strip()
    if len(reason) > REASON_MAX_LENGTH:
        raise CompetitionError(
            _("Write the reason in at most %(most)s characters.") % {"most": REASON_MAX_LENGTH}
        )
    _refuse_declining(judge, by=by, at=at)
    change_open(judge, state=State.DECLINED, answered_at=at, left_reason=reason, is_chair=False)
    tell_answer(judge, "judge.declined", by=by, at=at)
    audit.record("judge.declined", by=by, target=competition, about=by, judge=judge.code)
    return judge


def _refuse_declining(judge, *, by, at):
    """An entrant may say no; that is what is asked of them."""
    try:
        refuse_answering(judge, by=by, at=at)
    except ConflictOfInterest:
        return


def _lock_invitation(secret):
    """The competition and the invitation as they are once the committee is locked; of two answers one waits."""
    judge = invitation_of(secret)
    competition = lock_committee(judge.competition, set(CompetitionState))
    judge = invitation_of(secret)
    judge.competition = competition
    return competition, judge
