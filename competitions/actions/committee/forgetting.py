"""Forgetting those who were asked to judge: contact and ties after a competition, the pool after three years."""

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest

from accounts import audit
from competitions.actions.committee.pool import KEPT, with_record
from competitions.models import Judge, JudgeCandidate, JudgeRelation

State = Judge.State


def forget_committee(competition):
    """Delete who never joined, and the ties and addresses of who did. Call in the transaction of the forgetting."""
    taken_back = Q(state=State.DROPPED, invited_at__isnull=False, answered_at=None)
    competition.judges.filter(Q(state__in=[State.DECLINED, State.INVITED]) | taken_back).delete()
    JudgeRelation.objects.filter(judge__competition=competition).delete()
    competition.judges.update(email="", invitation_sha256="", left_reason="")


def forgotten_candidates(*, at):
    """Candidates who were neither added nor asked within three years."""
    last = Coalesce(Greatest("asked_at", "added_at"), "added_at")
    return with_record().annotate(last=last).filter(last__lt=at - KEPT)


@transaction.atomic
def forget_candidates(*, at):
    """Delete them; what they judged keeps its own record. Returns how many."""
    keys = list(forgotten_candidates(at=at).values_list("pk", flat=True))
    JudgeCandidate.objects.filter(pk__in=keys).delete()
    if keys:
        audit.record("pool.forgotten", by=None, count=len(keys))
    return len(keys)
