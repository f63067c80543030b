"""Making a competition and moving it from its call to its judging."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import RoleGrant
from accounts.permissions import forget_grants, scope_of
from accounts.roles import Role
from accounts.time_words import moment
from competitions.actions.calls.changes import address_taken
from competitions.actions.calls.gates import refuse_gates
from competitions.actions.calls.notices import publish_notice
from competitions.actions.calls.record_checks import check_record
from competitions.actions.calls.records import new_competition
from competitions.actions.calls.stored_parts import store_form, store_parts
from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.letters import tell_followers
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import CallNotice, Competition, Criterion
from competitions.rules.findings import Stage
from competitions.states import COMPETITION_MOVES, CompetitionState, EntryState

WAITING_STATES = [EntryState.SUBMITTED, EntryState.RETURNED]  # for screening


def create_competition(record, *, by, at, idempotency_key=None, copied_from=None):
    """Store a draft competition and make its creator its organiser; a repeated key returns the first one."""
    made = _made_with(idempotency_key, by=by)
    if made:
        return made
    check_record(record)
    try:
        with transaction.atomic():
            return _create(record, by=by, at=at, idempotency_key=idempotency_key, copied_from=copied_from)
    except IntegrityError as error:
        made = _made_with(idempotency_key, by=by)
        if made:
            return made
        raise address_taken(record.slug) from error


def _made_with(idempotency_key, *, by):
    if idempotency_key is None:
        return None
    return Competition.objects.filter(idempotency_key=idempotency_key, created_by=by).first()


def _create(record, *, by, at, **fields):
    competition = new_competition(record, created_by=by, created_at=at, **fields)
    competition.save(force_insert=True)
    store_parts(competition, record)
    store_form(competition, record)
    grant_role(by, Role.ORGANISER, competition, by=by, at=at)
    audit.record("competition.created", by=by, target=competition, slug=competition.slug)
    return competition


def grant_role(user, role, competition, *, by, at):
    """Give a person a role in one competition; twice is once."""
    RoleGrant.objects.get_or_create(
        user=user,
        role=role,
        scope=scope_of(competition),
        revoked_at=None,
        defaults={"granted_by": by, "granted_at": at},
    )
    forget_grants(user)


@transaction.atomic
def announce_competition(competition, *, by, at):
    """Make the call public. From its opening time on entries are taken without a further act."""
    refuse_announcing(competition, at=at)
    refuse_gates(competition, Stage.ANNOUNCE, at=at)
    _move(competition, "announce", announced_at=at)
    publish_notice(competition, kind=CallNotice.Kind.ANNOUNCEMENT, by=by, at=at)
    tell_followers(competition, "call.announced", at=at, by=by, key=f"call.announced:{competition.pk}")
    audit.record("competition.announced", by=by, target=competition)


def refuse_announcing(competition, *, at):
    if not competition.call.strip():
        raise CompetitionError(_("The call is empty. Write it before announcing."))
    if not competition.tracks.exists():
        raise CompetitionError(_("There is no track. Add at least one."))
    if not Criterion.objects.filter(round__competition=competition).exists():
        raise CompetitionError(_("There is no criterion. Add at least one before announcing."))
    if competition.has_closed(at):
        raise TooLate(_("The closing time has passed. Set a later one before announcing."))


@transaction.atomic
def start_judging(competition, *, by, at):
    """Close screening and open the score sheets; the database's clock says whether entries are closed."""
    # The lock waits for entries that reached the server in time and are still being stored.
    Competition.objects.select_for_update(no_key=True).get(pk=competition.pk)
    waiting = competition.entries.filter(state__in=WAITING_STATES).count()
    if waiting and competition.has_closed(at):
        raise CompetitionError(
            _("%(count)s entries still wait for screening. Accept or disqualify them first.")
            % {"count": waiting}
        )
    _refuse_without_jury(competition)
    if competition.state == CompetitionState.ANNOUNCED:
        refuse_gates(competition, Stage.JUDGE, at=at)
    closed = Competition.objects.filter(pk=competition.pk).closed_now()
    moved = closed.exists() and _moved(competition, "start_judging")
    if not moved:
        _refuse_start(competition)
    find_conflicts(competition, at=at)
    audit.record("competition.judging_started", by=by, target=competition)


def _refuse_without_jury(competition):
    if competition.state != CompetitionState.ANNOUNCED:
        return
    if not competition.entries.filter(state=EntryState.ACCEPTED).exists():
        raise CompetitionError(_("No entry is accepted, so there is nothing to judge."))
    if not competition.judges.active().exists():
        raise CompetitionError(_("The committee is empty. Name at least one judge first."))


def _refuse_start(competition):
    competition.refresh_from_db()
    if competition.state == CompetitionState.ANNOUNCED:
        raise TooEarly(
            _("Entries are taken until %(time)s. Start the judging after that.")
            % {"time": moment(competition.closes_at)}
        )
    raise illegal_move(competition)


@transaction.atomic
def cancel_competition(competition, *, by, at, reason):
    """Call a competition off; what was handed in stays as evidence."""
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write why the competition is cancelled; entrants will ask."))
    _move(competition, "cancel", cancelled_at=at)
    if competition.announced_at:
        publish_notice(competition, kind=CallNotice.Kind.CANCELLATION, text=reason, by=by, at=at)
        key = f"call.cancelled:{competition.pk}"
        tell_followers(competition, "call.cancelled", at=at, by=by, key=key, text=reason)
    audit.record("competition.cancelled", by=by, target=competition, reason=reason)


def _move(competition, move, **fields):
    if not _moved(competition, move, fields=fields):
        raise illegal_move(competition)


def _moved(competition, move, *, fields=None):
    sources, target = COMPETITION_MOVES[move]
    rows = Competition.objects.filter(pk=competition.pk, state__in=sources)
    moved = rows.update(**(fields or {}), state=target)
    if moved:
        competition.refresh_from_db()
    return moved


def illegal_move(competition):
    competition.refresh_from_db()
    return IllegalMove(
        _("The competition is in the state “%(state)s”, which does not allow this. Open the page again.")
        % {"state": competition.get_state_display()}
    )
