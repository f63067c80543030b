"""The committee: naming and removing judges, and giving them entries."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import RoleGrant, User
from accounts.permissions import forget_grants, scope_of
from accounts.roles import Role
from competitions.actions.calls.competitions import grant_role
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Assignment, Competition, Entry, Judge, TeamMember
from competitions.states import JUDGED_STATES, CompetitionState, EntryState, SheetState

COMMITTEE_STATES = {CompetitionState.DRAFT, CompetitionState.ANNOUNCED, CompetitionState.JUDGING}
ASSIGNING_STATES = {CompetitionState.ANNOUNCED, CompetitionState.JUDGING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """made: new sheets; skipped: (judge, entry) pairs kept apart because the entry is the judge's own
    or the judge stepped aside from it."""

    made: int
    skipped: tuple[tuple[Judge, object], ...]


@transaction.atomic
def name_judge(competition, *, by, at, email="", name=""):
    """Add a judge with the account of that e-mail address, or by name alone for judging on paper."""
    competition = _locked(competition, COMMITTEE_STATES)
    user = _account_of(email) if email.strip() else None
    if user:
        _refuse_entrant(competition, user)
    name = name.strip() or (user.name if user else "")
    if not name:
        raise CompetitionError(
            _("Write the e-mail address of an account, or the name of a judge who scores on paper.")
        )
    try:
        with transaction.atomic():
            judge = Judge.objects.create(
                competition=competition, code=_free_code(competition), name=name, user=user
            )
    except IntegrityError as error:
        raise CompetitionError(_("This person is already on the committee.")) from error
    if user:
        grant_role(user, Role.JUDGE, competition, by=by, at=at)
    audit.record("judge.named", by=by, target=competition, about=user, judge=judge.code)
    return judge


def _locked(competition, states):
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


def _refuse_entrant(competition, user):
    own = Entry.objects.visible_to(user).filter(competition=competition)
    if own.exclude(state=EntryState.WITHDRAWN).exists():
        raise ConflictOfInterest(
            _("%(name)s has an entry in this competition and cannot judge it. Name somebody else.")
            % {"name": user}
        )


def _free_code(competition):
    taken = set(competition.judges.values_list("code", flat=True))
    return next(code for code in (f"J{n}" for n in range(1, len(taken) + 2)) if code not in taken)


@transaction.atomic
def remove_judge(judge, *, by, at):
    """Take a judge off the committee; unsigned sheets go with them, a signed one forbids it."""
    competition = _locked(judge.competition, COMMITTEE_STATES)
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


@transaction.atomic
def assign_all(round_, *, by, at):
    """Give every accepted entry to every judge in this round, apart from conflicts."""
    competition = _locked(round_.competition, ASSIGNING_STATES)
    judges = list(competition.judges.select_related("user"))
    entries = list(
        competition.entries.filter(state__in=JUDGED_STATES).only("pk", "code", "title", "entrant_id")
    )
    if not judges or not entries:
        raise CompetitionError(
            _("There is nothing to assign: it takes at least one judge and one accepted entry.")
        )
    stepped_aside = _stepped_aside(competition) | _of_own_team(competition)
    pairs = [(judge, entry) for judge in judges for entry in entries]
    skipped = tuple(pair for pair in pairs if _kept_apart(*pair, stepped_aside=stepped_aside))
    kept = set(skipped)
    made = _create_sheets([pair for pair in pairs if pair not in kept], round_)
    audit.record(
        "entries.assigned", by=by, target=competition, round=round_.code, made=made, skipped=len(skipped)
    )
    return Assigned(made=made, skipped=skipped)


def _stepped_aside(competition):
    rows = Assignment.objects.filter(judge__competition=competition, state=SheetState.RECUSED)
    return set(rows.values_list("judge_id", "entry_id"))


def _of_own_team(competition):
    """{(judge, entry)} where the judge takes part in the entry's team."""
    rows = TeamMember.objects.filter(
        entry__competition=competition,
        state=TeamMember.State.ACCEPTED,
        user__judgeships__competition=competition,
    )
    return set(rows.values_list("user__judgeships", "entry"))


def _kept_apart(judge, entry, *, stepped_aside):
    is_own = judge.user_id is not None and judge.user_id == entry.entrant_id
    return is_own or (judge.pk, entry.pk) in stepped_aside


def _create_sheets(pairs, round_):
    """Create the missing sheets of these pairs; return how many were missing."""
    rows = Assignment.objects.filter(round=round_)
    before = set(rows.values_list("judge_id", "entry_id"))
    missing = [(judge, entry) for judge, entry in pairs if (judge.pk, entry.pk) not in before]
    Assignment.objects.bulk_create(
        (Assignment(judge=judge, entry=entry, round=round_) for judge, entry in missing), batch_size=1000
    )
    return len(missing)


@transaction.atomic
def set_assignments(judge, round_, *, shown, chosen, by, at):
    """Make the judge's sheets in this round, among the entries shown, exactly the chosen ones.

    Returns (made, removed). A sheet already begun is never taken away.
    """
    competition = _locked(judge.competition, ASSIGNING_STATES)
    entries = list(competition.entries.filter(pk__in=shown, state__in=JUDGED_STATES))
    wanted = [entry for entry in entries if entry.pk in chosen]
    _refuse_conflicts(
        judge,
        wanted,
        stepped_aside=(_stepped_aside(competition) - _recused_here(judge, round_))
        | _of_own_team(competition),
    )
    unwanted = [entry.pk for entry in entries if entry.pk not in chosen]
    removed = _unassign(judge, round_, unwanted)
    made = _create_sheets([(judge, entry) for entry in wanted], round_)
    audit.record(
        "judge.assigned", by=by, target=competition, about=judge.user,
        judge=judge.code, round=round_.code, made=made, removed=removed,
    )  # fmt: skip
    return made, removed


def _recused_here(judge, round_):
    """Pairs whose recused sheet already stands in this round: leaving them ticked asks for nothing."""
    rows = Assignment.objects.filter(judge=judge, round=round_, state=SheetState.RECUSED)
    return set(rows.values_list("judge_id", "entry_id"))


def _refuse_conflicts(judge, entries, *, stepped_aside):
    for entry in entries:
        if _kept_apart(judge, entry, stepped_aside=stepped_aside):
            raise ConflictOfInterest(
                _(
                    "%(judge)s cannot judge “%(entry)s”: it is the judge's own entry, "
                    "or the judge stepped aside from it."
                )
                % {"judge": judge.name, "entry": entry.title}
            )


def _unassign(judge, round_, entry_pks):
    sheets = Assignment.objects.filter(judge=judge, round=round_, entry__in=entry_pks)
    list(sheets.select_for_update().order_by("pk"))  # a judge who begins right now is waited for
    begun = (
        sheets.filter(Q(state=SheetState.STARTED) | Q(state=SheetState.SIGNED))
        .select_related("entry")
        .first()
    )
    if begun:
        raise IllegalMove(
            _("The sheet of %(judge)s for “%(entry)s” is already begun and cannot be taken away.")
            % {"judge": judge.name, "entry": begun.entry.title}
        )
    removed, _rows = sheets.filter(state=SheetState.ASSIGNED).delete()
    return removed
