"""Pieces of the pages about questions: what everybody may read of one, and what a person asked."""

from django.utils.translation import gettext as _

from accounts.models import AuditRecord
from competitions.models import CallQuestion

NEWEST = 3  # on the page of the call
MOST_OWN = 20


def readable(question):
    """What everybody may read: never who asked."""
    return {
        "pk": question.pk,
        "text": question.text,
        "asked_at": question.asked_at,
        "answer": question.answer,
        "answered_at": question.answered_at,
    }


def newest_questions(competition):
    """The latest answers in public, and whether there are more. One query."""
    rows = list(competition.call_questions.public().order_by("-answered_at", "-id")[: NEWEST + 1])
    return {"rows": [readable(each) for each in rows[:NEWEST]], "has_more": len(rows) > NEWEST}


def own_questions(competition, user):
    """What the person asked about this call, newest first, with its state; a removed one with the reason."""
    if not user.is_authenticated:
        return []
    rows = list(competition.call_questions.filter(asked_by=user)[:MOST_OWN])
    reasons = _reasons([each for each in rows if each.removed_at])
    return [
        readable(each) | {"is_public": each.is_public, "reason": reasons.get(each.pk, ""), **state_of(each)}
        for each in rows
    ]


def state_of(question):
    """The state of a question as tone and word of a badge."""
    if question.removed_at:
        return {"state": "removed", "tone": "neutral", "label": _("removed")}
    if question.answered_at:
        return {"state": "answered", "tone": "success", "label": _("answered")}
    return {"state": "waiting", "tone": "warning", "label": _("waits for an answer")}


def _reasons(removed):
    """Why questions were taken down, by their keys; the trail alone holds it."""
    if not removed:
        return {}
    kind = CallQuestion._meta.model_name
    found = AuditRecord.objects.filter(
        target_kind=kind, target_id__in=[str(each.pk) for each in removed], verb="question.removed"
    )
    return {int(row.target_id): row.detail["reason"] for row in found}
