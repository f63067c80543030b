"""What organisers do with a question about a call: answer it, and take it down."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.feedback import refuse_identity
from competitions.actions.calls.question_texts import check_length, names
from competitions.actions.letters import tell_person
from competitions.errors import CompetitionError
from competitions.models import CallQuestion


@transaction.atomic
def answer_question(question, text, *, is_public, by, at, seen=None):
    """Answer a question, or change its answer, for everybody or for who asked; they are told either way.

    seen: when the answer that the organiser had before them was given; None when there was none.
    """
    check_length(text, field="answer", empty=_("Write the answer."))
    refuse_identity(text)
    if is_public:
        _refuse_name(question, text)
    values = {"answer": text.strip(), "is_public": is_public, "answered_by": by, "answered_at": at}
    rows = CallQuestion.objects.filter(pk=question.pk, removed_at=None, answered_at=seen)
    if not rows.update(**values):
        raise IllegalMove(
            _(
                "Somebody else answered or removed this question meanwhile. "
                "Compare what stands there now with what you typed, then save again."
            )
        )
    verb = "question.answer_changed" if seen else "question.answered"
    audit.record(verb, by=by, target=question, about=question.asked_by, public=is_public)
    _tell_asker(question, text.strip(), by=by, at=at)


def _tell_asker(question, answer, *, by, at):
    competition = question.competition
    tell_person(
        question.asked_by,
        competition,
        "question.answered",
        at=at,
        by=by,
        key=f"question:{question.pk}:answered:{at.isoformat()}",
        link=reverse("competitions:questions", args=[competition.slug]),
        question=question.text,
        answer=answer,
    )


def _refuse_name(question, answer):
    """Nobody but organisers learns who asked, not from the texts either."""
    asker = question.asked_by
    if asker and any(names(each, asker) for each in (question.text, answer)):
        raise CompetitionError(
            _(
                "The question or the answer names the person who asked. Take the name out of the answer, "
                "answer in private, or put the question into the frequent questions in your own words."
            )
        )


@transaction.atomic
def remove_question(question, *, reason, by, at):
    """Take a question down with its answer; who asked it reads the reason."""
    reason = reason.strip()
    if not reason:
        raise CompetitionError(_("Write why the question is removed; who asked it reads this."))
    if not CallQuestion.objects.filter(pk=question.pk, removed_at=None).update(removed_at=at):
        raise IllegalMove(_("This question is removed already."))
    audit.record("question.removed", by=by, target=question, about=question.asked_by, reason=reason[:500])
    competition = question.competition
    tell_person(
        question.asked_by,
        competition,
        "question.removed",
        at=at,
        by=by,
        key=f"question:{question.pk}:removed",
        link=reverse("competitions:questions", args=[competition.slug]),
        question=question.text,
        reason=reason,
    )
