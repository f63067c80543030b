"""Telling followers that a vote has opened: by the clock, once for each vote."""

from django.db import transaction
from django.db.models.functions import Now
from django.urls import reverse

from accounts import audit
from accounts.models import AuditRecord
from competitions.actions.calls.changes import locked
from competitions.actions.letters import tell_followers
from competitions.models import Round
from competitions.states import CompetitionState

VERB = "vote.opened"


def tell_of_opened_votes(*, at):
    """Tell of every vote that is open by the database's clock and was not told of."""
    rounds = Round.objects.filter(
        kind=Round.Kind.PUBLIC_VOTE,
        votes_from__lte=Now(),
        votes_until__gt=Now(),
        competition__state=CompetitionState.JUDGING,
    )
    for round_ in rounds.select_related("competition"):
        if not _was_told(round_):
            _tell(round_, at=at)


@transaction.atomic
def _tell(round_, *, at):
    competition = locked(round_.competition)
    if _was_told(round_):  # by another clock, meanwhile
        return
    audit.record(VERB, by=None, target=competition, round=round_.code)
    tell_followers(
        competition,
        VERB,
        at=at,
        key=f"{VERB}:{round_.pk}",
        link=reverse("competitions:vote", args=[competition.slug]),
        due=round_.votes_until,
    )


def _was_told(round_):
    return AuditRecord.objects.filter(
        target_kind="competition", target_id=str(round_.competition_id), verb=VERB, detail__round=round_.code
    ).exists()
