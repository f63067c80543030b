"""What the page of a call says of votes and presentations. Needs the competition's rounds; no query of its own."""

from competitions.models import Round
from competitions.states import CompetitionState
from competitions.views.rounds.vote import phase_of

SHOWN = {
    CompetitionState.JUDGING,
    CompetitionState.VERIFICATION,
    CompetitionState.DECIDED,
    CompetitionState.PUBLISHED,
}


def rounds_now(competition, *, at):
    """Votes that are open or to come, and presentations whose seed is fixed or published."""
    rounds = list(competition.rounds.all()) if competition.state in SHOWN else []
    votes = [each for each in rounds if each.kind == Round.Kind.PUBLIC_VOTE]
    for each in votes:
        each.competition = competition
        each.vote_phase = phase_of(each, at=at)
    return {"votes": votes, "orders": [each for each in rounds if each.kind == Round.Kind.PRESENTATION]}
