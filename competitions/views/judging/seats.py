"""Where a judge goes from the queue besides the sheets: each committee, its presentations, challenges to vote on."""

from collections import defaultdict
from dataclasses import dataclass

from competitions.actions.conflicts.challenge_votes import open_to
from competitions.models import Judge, Round
from competitions.states import CompetitionState


@dataclass(frozen=True)
class Seat:
    """One membership. presentations: the rounds with a running order, while the competition is judged."""

    judge: Judge
    competition: object
    presentations: tuple


def seats_of(places):
    """The committees a person sits on, the newest competition first. places: all rows of the person. One query."""
    judges = [each for each in places if each.state == Judge.State.ACCEPTED and not _is_cancelled(each)]
    judges.sort(key=lambda each: -each.competition_id)
    presentations = _presentations(judges)
    return [Seat(each, each.competition, tuple(presentations[each.competition_id])) for each in judges]


def _is_cancelled(judge):
    return judge.competition.state == CompetitionState.CANCELLED


def _presentations(judges):
    """{competition: drawn presentation rounds} of those in judging."""
    judged = [each.competition_id for each in judges if each.competition.state == CompetitionState.JUDGING]
    found = defaultdict(list)
    if not judged:
        return found
    drawn = Round.objects.filter(competition__in=judged, kind=Round.Kind.PRESENTATION, drawn_at__isnull=False)
    for row in drawn.order_by("position", "pk"):
        found[row.competition_id].append(row)
    return found


def challenges_to_vote_on(user):
    """How many challenges of colleagues still wait for this person's vote."""
    return open_to(user).exclude(votes__judge__user=user).count()
