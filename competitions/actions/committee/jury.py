"""The committee: naming and removing judges."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import RoleGrant, User
from accounts.permissions import forget_grants, scope_of
from accounts.roles import Role
from competitions.actions.calls.competitions import grant_role
from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.letters import tell_person
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Competition, Entry, Judge
from competitions.states import CompetitionState, EntryState, SheetState

COMMITTEE_STATES = {CompetitionState.DRAFT, CompetitionState.ANNOUNCED, CompetitionState.JUDGING}


@transaction.atomic
def name_judge(competition, *, by, at, email="", name="", **details):
    """Add a judge with the account of that e-mail address, or by name alone for judging on paper.

    details: side, organisation, field, track, candidate, where they are known.
    """
    competition = lock_committee(competition, COMMITTEE_STATES)
    user = _account_of(email) if email.strip() else None
    if user:
        refuse_entrant(competition, user)
    name = name.strip() or (user.name if user else "")
    if not name:
        raise CompetitionError(
            _("Write the e-mail address of an account, or the name of a judge who scores on paper.")
        )
    try:
        with transaction.atomic():
            judge = Judge.objects.create(
                competition=competition,
                code=free_code(competition),
                name=name,
                user=user,
                answered_at=at,
                **details,
            )
    except IntegrityError as error:
        raise CompetitionError(_("This person is already on the committee.")) from error
    if user:
        grant_role(user, Role.JUDGE, competition, by=by, at=at)
        key, link = f"judge.named:{judge.pk}", reverse("competitions:judging")
        tell_person(user, competition, "judge.named", at=at, by=by, key=key, link=link)
    audit.record("judge.named", by=by, target=competition, about=user, judge=judge.code)
    find_conflicts(competition, judge=judge, at=at)
    return judge


def lock_committee(competition, states):
    """Return the competition's row, locked: two organisers at once get different codes."""
    locked = Competition.objects.select_for_update(no_key=True).get(pk=competition.pk)
    if locked.state not in states:
        raise IllegalMove(
            _("The competition is in the state “%(state)s”; its committee can no longer be changed.")
            % {"state": locked.get_state_display()}
        )
    return locked


def _account_of(email):
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is None:
        raise CompetitionError(
            _("No account has the e-mail address “%(email)s”. Ask the person to sign up first.")
            % {"email": email.strip()}
        )
    return user


def refuse_entrant(competition, user):
    own = Entry.objects.visible_to(user).filter(competition=competition)
    if own.exclude(state=EntryState.WITHDRAWN).exists():
        raise ConflictOfInterest(
            _("%(name)s has an entry in this competition and cannot judge it. Name somebody else.")
            % {"name": user}
        )


def free_code(competition):
    taken = set(competition.judges.values_list("code", flat=True))
    return next(code for code in (f"J{n}" for n in range(1, len(taken) + 2)) if code not in taken)


@transaction.atomic
def remove_judge(judge, *, by, at):
    """Take a judge off the committee as if never named; unsigned sheets go with them.

    Who was appointed by a letter or has signed a sheet stays on record and leaves instead (members.py).
    """
    competition = lock_committee(judge.competition, COMMITTEE_STATES)
    judge.refresh_from_db()
    if judge.letter_number:
        raise IllegalMove(
            _("%(name)s was appointed by letter, so the record stays. Use “Leaves the committee” instead.")
            % {"name": judge.name}
        )
    sheets = list(judge.assignments.select_for_update())
    if any(sheet.state == SheetState.SIGNED for sheet in sheets):
        raise IllegalMove(
            _("%(name)s has signed score sheets; they are evidence, so the judge stays.")
            % {"name": judge.name}
        )
    user, code = judge.user, judge.code
    judge.delete()
    if user:
        revoke_role(user, Role.JUDGE, competition, by=by, at=at)
    audit.record(
        "judge.removed", by=by, target=competition, about=user, judge=code, unsigned_sheets=len(sheets)
    )


def revoke_role(user, role, competition, *, by, at):
    grants = RoleGrant.objects.active().filter(user=user, role=role, scope=scope_of(competition))
    grants.update(revoked_by=by, revoked_at=at)
    forget_grants(user)
