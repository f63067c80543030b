"""The pool: people who may be asked to judge, kept across competitions."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.models import User
from competitions.errors import CompetitionError
from competitions.models import Judge, JudgeCandidate

FIELDS = ("name", "email", "side", "organisation", "field", "note")
KEPT = timedelta(days=3 * 365)  # after they were last asked, or added


def with_record(candidates=None):
    """Candidates with `times` they judged and `asked_at`, when they were last asked. One query."""
    rows = JudgeCandidate.objects.all() if candidates is None else candidates
    judged = Q(
        judgeships__state__in=[Judge.State.ACCEPTED, Judge.State.DROPPED],
        judgeships__answered_at__isnull=False,
    )
    return rows.annotate(
        times=Count("judgeships", filter=judged),
        asked_at=Greatest(Max("judgeships__invited_at"), Max("judgeships__answered_at")),
    )


@transaction.atomic
def add_candidate(*, by, at, **fields):
    candidate = _stored(JudgeCandidate(added_by=by, added_at=at, **_of(fields)))
    audit.record("candidate.added", by=by, target=candidate, about=_account(candidate))
    return candidate


@transaction.atomic
def change_candidate(candidate, *, by, at, **fields):
    candidate = JudgeCandidate.objects.select_for_update().get(pk=candidate.pk)
    changed = [name for name, value in _of(fields).items() if getattr(candidate, name) != value]
    for name in changed:
        setattr(candidate, name, fields[name])
    if changed:
        _stored(candidate)
        audit.record("candidate.changed", by=by, target=candidate, about=_account(candidate), fields=changed)
    return candidate


def _of(fields):
    return {name: fields[name] for name in FIELDS if name in fields}


def _stored(candidate):
    try:
        with transaction.atomic():
            candidate.save()
    except IntegrityError as error:
        raise CompetitionError(
            _("Somebody with the e-mail address “%(email)s” is in the pool already.")
            % {"email": candidate.email}
        ) from error
    return candidate


@transaction.atomic
def retire_candidate(candidate, *, by, at):
    """Ask this person no more; what they judged stays."""
    rows = JudgeCandidate.objects.filter(pk=candidate.pk, left_at=None)
    if not rows.update(left_at=at):
        raise IllegalMove(_("This person is not asked any more already. Open the page again."))
    audit.record("candidate.retired", by=by, target=candidate, about=_account(candidate))


@transaction.atomic
def bring_back_candidate(candidate, *, by, at):
    candidate = JudgeCandidate.objects.select_for_update().get(pk=candidate.pk)
    if candidate.left_at is None:
        raise IllegalMove(_("This person may be asked already. Open the page again."))
    candidate.left_at = None
    _stored(candidate)
    audit.record("candidate.brought_back", by=by, target=candidate, about=_account(candidate))


@transaction.atomic
def see_candidate(candidate, *, by):
    """Record that somebody opened the page with the address of this person."""
    audit.record("candidate.seen", by=by, target=candidate, about=_account(candidate))


@transaction.atomic
def begin_pool_export(*, by, count):
    """Record that the pool is taken away with its addresses."""
    audit.record("pool.exported", by=by, count=count)


def _account(candidate):
    """The account of the address, so that its person can read who looked."""
    return User.objects.filter(email__iexact=candidate.email).first()
