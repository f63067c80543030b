"""Appeals against a published result: the entrant objects in time, the organiser answers with a reason."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from accounts.time_words import moment
from casebook.actions.feedback import refuse_identity
from competitions.actions.entries.window import lock_competition
from competitions.actions.letters import entry_facts, tell_entrant, tell_organisers
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import Appeal
from competitions.permissions import can_change_entry
from competitions.states import CompetitionState, EntryState

ANSWER_WITHIN = timedelta(days=14)
NOT_HANDED_IN = {EntryState.DRAFT, EntryState.WITHDRAWN}


def appeals_until(competition):
    """Until when an appeal is taken; None before the results are published."""
    published = competition.published_at if competition.state == CompetitionState.PUBLISHED else None
    return published and published + timedelta(days=competition.appeal_days)


def require_appeals_taken(competition, *, at):
    """Raise TooEarly or TooLate, with the time, unless appeals are taken at that moment."""
    until = appeals_until(competition)
    if until is None:
        raise TooEarly(_("Appeals are taken once the results are published."))
    if at >= until:
        raise TooLate(
            _("Appeals were taken until %(until)s. Write to the organiser instead.")
            % {"until": moment(until)}
        )


@transaction.atomic
def file_appeal(entry, *, text, by, idempotency_key):
    """Keep an appeal and tell the organisers; sent twice, it is one. The database's clock decides whether in time."""
    known = Appeal.objects.filter(idempotency_key=idempotency_key, by=by, entry=entry).first()
    if known:
        return known
    competition = lock_competition(entry.competition_id)
    _require_own(entry, by)
    require_appeals_taken(competition, at=competition.arrived_at)
    text = _needed(text, _("Write what you object to, and why."), field="text")
    refuse_identity(text)
    if Appeal.objects.filter(entry=entry, answered_at=None, withdrawn_at=None).exists():
        raise CompetitionError(
            _("There is an appeal for this entry already; the organiser is looking at it.")
        )
    at = competition.arrived_at
    given = {"entry": entry, "text": text, "by": by, "at": at, "answer_due": at + ANSWER_WITHIN}
    appeal, made = Appeal.objects.get_or_create(idempotency_key=idempotency_key, defaults=given)
    if appeal.entry_id != entry.pk or appeal.by_id != by.pk:
        raise CompetitionError(_("This page was already used for another appeal. Open it anew."))
    if made:
        audit.record("appeal.filed", by=by, target=entry)
        facts = entry_facts(entry) | {"due": appeal.answer_due}
        link = _organisers_link(competition, appeal)
        tell_organisers(competition, "appeal.filed", key=f"appeal:{appeal.pk}", at=at, link=link, **facts)
    return appeal


@transaction.atomic
def withdraw_appeal(appeal, *, by, at):
    """Take back an appeal that is not answered; another one may follow while there is time."""
    _require_own(appeal.entry, by)
    open_ones = Appeal.objects.filter(pk=appeal.pk, answered_at=None, withdrawn_at=None)
    if not open_ones.update(withdrawn_at=at):
        raise IllegalMove(_("This appeal is answered or withdrawn already. Open the page again."))
    audit.record("appeal.withdrawn", by=by, target=appeal.entry)


@transaction.atomic
def answer_appeal(appeal, *, outcome, answer, by, at):
    """Answer with a reason; the entry's people are told. What follows from it, the organiser does elsewhere."""
    answer = _needed(answer, _("Write the answer and its reasons; who appealed reads it."), field="answer")
    if outcome not in Appeal.Outcome.values:
        raise CompetitionError(_("Choose whether the appeal is upheld."))
    values = {"outcome": outcome, "answer": answer, "answered_by": by, "answered_at": at}
    if not Appeal.objects.filter(pk=appeal.pk, answered_at=None, withdrawn_at=None).update(**values):
        raise IllegalMove(_("This appeal is answered or withdrawn already. Open the page again."))
    entry = appeal.entry
    audit.record("appeal.answered", by=by, target=entry, about=entry.entrant, outcome=outcome)
    link = reverse("competitions:appeal", args=[entry.pk])
    tell_entrant(
        entry, "appeal.answered", at=at, by=by, key=f"appeal:{appeal.pk}:answered", link=link, answer=answer
    )


def _require_own(entry, by):
    if not can_change_entry(by, entry):
        raise CompetitionError(_("Only who entered, and who is in the team, may appeal."))
    if entry.state in NOT_HANDED_IN:
        raise CompetitionError(
            _("This entry was not in the competition to the end, so there is no result to appeal.")
        )


def _needed(text, problem, *, field):
    text = text.replace("\r\n", "\n").strip()
    most = Appeal._meta.get_field(field).max_length
    if not text:
        raise CompetitionError(problem)
    if len(text) > most:
        raise CompetitionError(
            _("The text has %(length)s characters; at most %(most)s are taken. Shorten it.")
            % {"length": f"{len(text):,}", "most": f"{most:,}"}
        )
    return text


def _organisers_link(competition, appeal):
    return reverse("competitions:organise_appeal", args=[competition.slug, appeal.pk])
