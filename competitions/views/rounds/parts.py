"""What pages of rounds share: the way to a round, and who of a committee must not see an entry."""

from django.shortcuts import get_object_or_404

from competitions.models import Competition, Conflict, Round
from competitions.states import CompetitionState
from competitions.views.organise.parts import managed


def public_round(slug, code, kind):
    """A round of a competition that everybody knows; 404 else."""
    return _round(get_object_or_404(Competition.objects.public(), slug=slug), code, kind)


def managed_round(request, slug, code, kind):
    """A round, for its organiser; refused as `managed` refuses."""
    return _round(managed(request, slug), code, kind)


def _round(competition, code, kind):
    round_ = get_object_or_404(Round.objects.filter(competition=competition), code=code, kind=kind)
    round_.competition = competition
    return round_


def is_blind(competition):
    """Whether any round hides who entered. One query."""
    return competition.rounds.filter(blind=True).exists()


def keeps_apart(user, competition):
    """Ids of the entries that the person, as a judge, must not see. No query for a visitor, else one."""
    if not user.is_authenticated:
        return set()
    rows = Conflict.objects.effective().filter(judge__user=user, judge__competition=competition)
    return set(rows.values_list("entry", flat=True))


def is_published(competition):
    return competition.state == CompetitionState.PUBLISHED
