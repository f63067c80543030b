"""Asking a question about a call."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.time_words import moment
from casebook.actions.feedback import refuse_identity
from competitions.actions.calls.question_texts import check_length
from competitions.actions.entries.window import lock_competition
from competitions.actions.letters import tell_organisers
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.models import CallQuestion
from competitions.states import CompetitionState

MOST_WAITING = 5  # questions of one person about one call


@transaction.atomic
def ask_question(competition, text, *, is_public, by, idempotency_key):
    """Keep a question and tell the organisers; sent twice, it is one. The database's clock decides."""
    # One person's questions come one after the other, so that a double click is one and the limit holds.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    known = CallQuestion.objects.filter(idempotency_key=idempotency_key).first()
    if known:
        return _same(known, competition, text, by=by)
    contest = lock_competition(competition.pk)
    require_asking(contest, at=contest.arrived_at)
    _check_question(competition, text, by=by)
    question = CallQuestion.objects.create(
        competition=competition,
        asked_by=by,
        asked_at=contest.arrived_at,
        text=text.strip(),
        is_public=is_public,
        idempotency_key=idempotency_key,
    )
    _tell_organisers(question, by=by)
    return question


def _tell_organisers(question, *, by):
    competition = question.competition
    tell_organisers(
        competition,
        "question.asked",
        at=question.asked_at,
        by=by,
        key=f"question:{question.pk}:asked",
        link=reverse("competitions:organise_question", args=[competition.slug, question.pk]),
        question=question.text,
    )


def require_asking(competition, *, at):
    """Raise unless the organiser takes questions then: from the announcement until entries close."""
    if competition.state == CompetitionState.DRAFT:
        raise TooEarly(_("The call is not announced yet. Ask when it is."))
    if competition.state == CompetitionState.CANCELLED:
        raise TooLate(_("The competition was cancelled, so no question is taken."))
    if competition.state != CompetitionState.ANNOUNCED or competition.has_closed(at):
        raise TooLate(
            _("Questions were taken until entries closed at %(time)s. Use the contact named in the call.")
            % {"time": moment(competition.closes_at)}
        )


def waiting_questions():
    return CallQuestion.objects.filter(answered_at=None, removed_at=None)


def takes_questions(competition, *, at):
    return competition.state == CompetitionState.ANNOUNCED and not competition.has_closed(at)


def _same(known, competition, text, *, by):
    """What was kept when the same form comes again; another text is not thrown away silently."""
    mine = known.asked_by_id == by.pk and known.competition_id == competition.pk
    if not mine or known.text != text.strip():
        raise CompetitionError(
            _("This form was sent before with another question. What you typed is still here: send it again.")
        )
    return known


def _check_question(competition, text, *, by):
    check_length(text, field="text", empty=_("Write your question."))
    refuse_identity(text)
    if waiting_questions().filter(competition=competition, asked_by=by).count() >= MOST_WAITING:
        raise CompetitionError(
            _("%(count)s questions of yours wait for an answer. Ask again when one of them is answered.")
            % {"count": MOST_WAITING}
        )
