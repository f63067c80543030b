"""Forgetting the people of a competition once the declared period after its end is over. The evidence stays.

It goes in batches, each a transaction of its own; after a kill in the middle the next run goes on. What goes and what
stays: docs/privacy.md.
"""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Case, Count, ExpressionWrapper, F, Q, Value, When
from django.db.models import DateTimeField as Moment
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts import audit, time_words
from accounts.errors import IllegalMove
from accounts.models import Consent
from competitions.actions.committee.forgetting import forget_committee
from competitions.actions.erased_entries import erase_batch
from competitions.actions.outbox import outbox_of
from competitions.actions.paper.forgetting import forget_scans, remove_scan_bytes
from competitions.actions.rounds.vote_signals import forget_voters
from competitions.errors import CompetitionError
from competitions.models import Assignment, Attachment, CallQuestion, Competition, Entry, Revocation
from competitions.states import CompetitionState

log = logging.getLogger(__name__)
LONGEST_KEEP_DAYS = 3650
REASON_MAX_LENGTH = 500
OVER = {CompetitionState.PUBLISHED, CompetitionState.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What a competition holds of people, or what of it was erased."""

    entries: int = 0
    files: int = 0
    consents: int = 0
    messages: int = 0


def ended_at(competition):
    """When the period begins; None while the competition runs."""
    if competition.state == CompetitionState.CANCELLED:
        return competition.cancelled_at
    return competition.published_at if competition.state == CompetitionState.PUBLISHED else None


def forgets_at(competition):
    """From when on its people are forgotten; None while the competition runs."""
    end = ended_at(competition)
    return end and end + timedelta(days=competition.keep_days)


def expired():
    """Competitions whose period is over, by the database's clock; not while taking back an award is undecided."""
    end = Case(When(state=CompetitionState.CANCELLED, then=F("cancelled_at")), default=F("published_at"))
    due = ExpressionWrapper(end + F("keep_days") * Value(timedelta(days=1)), output_field=Moment())
    undecided = Revocation.objects.filter(decided_at=None).values("award__entry__competition")
    rows = Competition.objects.filter(state__in=OVER, erased_at=None).exclude(pk__in=undecided)
    return rows.annotate(forgotten_from=due).filter(forgotten_from__lte=Now()).order_by("pk")


def erase_expired(*, at, by=None, only=None):
    """Forget the people of every competition that is due, or of one. Returns [(competition, Forgotten)].

    One that fails is logged and tried again the next night; it does not keep the others waiting.
    """
    if only:
        due = require_expired(only)
        return [(due, erase_people(due, at=at, by=by))]
    done = []
    for competition in expired():
        try:
            done.append((competition, erase_people(competition, at=at, by=by)))
        except Exception:
            log.exception("The people of competition %s could not be forgotten.", competition.pk)
    return done


def require_expired(competition):
    """Return the competition as it is now. Raises CompetitionError, with the day, unless it is due."""
    due = expired().filter(pk=competition.pk).first()
    if due:
        return due
    if competition.erased_at:
        raise CompetitionError(_("The people of this competition are forgotten already."))
    day = forgets_at(competition)
    if day is None:
        raise CompetitionError(
            _("The competition is not over. People are forgotten a declared time after its end.")
        )
    raise CompetitionError(
        _("It is too early: people are forgotten from %(moment)s on, and only once no award is in question.")
        % {"moment": time_words.moment(day)}
    )


def erase_people(competition, *, at, by=None):
    """Erase batch by batch, then what hangs on the competition itself. Returns Forgotten."""
    while erase_batch(competition, at=at):
        pass
    remove_scan_bytes(competition)
    return _finish(competition, at=at, by=by)


@transaction.atomic
def _finish(competition, *, at, by):
    locked = Competition.objects.select_for_update().get(pk=competition.pk)
    if locked.erased_at:
        return Forgotten()
    consents, _each = _consents(locked).delete()
    messages, _each = outbox_of(locked).delete()
    asked = CallQuestion.objects.filter(competition=locked)
    asked.filter(is_public=False).update(text="", answer="")
    asked.update(asked_by=None)
    locked.follows.all().delete()
    forget_committee(locked)
    forget_voters(locked)
    forget_scans(locked, at=at)
    # What judges noted for themselves is no evidence; what they told the committee and entrants is.
    Assignment.objects.filter(entry__competition=locked).exclude(comment_private="").update(
        comment_private=""
    )
    locked.eligibility = locked.eligibility | ({"invited": []} if locked.eligibility.get("invited") else {})
    locked.erased_at = at
    locked.save(update_fields=["eligibility", "erased_at"])
    counts = Forgotten(**_counts(locked, Q(erased_at__isnull=False)), consents=consents, messages=messages)
    audit.record(
        "competition.erased",
        by=by,
        target=locked,
        entries=counts.entries,
        files=counts.files,
        consents=consents,
        messages=messages,
    )
    return counts


def to_forget(competition):
    """What is still kept of people. Four queries."""
    consents, messages = _consents(competition).count(), outbox_of(competition).count()
    return Forgotten(**_counts(competition, Q(erased_at=None)), consents=consents, messages=messages)


def _counts(competition, condition):
    entries = Entry.objects.filter(competition=competition).aggregate(number=Count("pk", filter=condition))
    files = Attachment.objects.filter(entry__competition=competition)
    return {"entries": entries["number"], "files": files.filter(condition).count()}


def _consents(competition):
    """Consents to the terms of this call; one to our own general terms belongs to the account."""
    return Consent.objects.filter(purpose__startswith=f"{competition.pk}:")


@transaction.atomic
def keep_longer(competition, *, days, reason, by, at):
    """Lengthen the period, for a dispute or an audit; never shorten it here. Raises CompetitionError, IllegalMove."""
    reason = reason.strip()
    locked = Competition.objects.select_for_update().get(pk=competition.pk)
    if locked.erased_at or locked.state not in OVER:
        raise IllegalMove(
            _("The period is lengthened here between the end of a competition and its forgetting.")
        )
    if not reason or len(reason) > REASON_MAX_LENGTH:
        raise CompetitionError(
            _("Write the reason in at most %(most)s characters.") % {"most": REASON_MAX_LENGTH}
        )
    if not locked.keep_days < days <= LONGEST_KEEP_DAYS:
        raise CompetitionError(
            _("Write a number of days above %(now)s and of at most %(most)s.")
            % {"now": locked.keep_days, "most": LONGEST_KEEP_DAYS}
        )
    audit.record(
        "competition.kept_longer", by=by, target=locked, before=locked.keep_days, after=days, reason=reason
    )
    locked.keep_days = days
    locked.save(update_fields=["keep_days"])
    return locked
