"""The running order for everybody: the seed, how to draw again, and whose turn is when."""

from django.shortcuts import render

from accounts.decorators import public
from competitions import drawing
from competitions.models import Round
from competitions.permissions import can_run_stage
from competitions.states import CompetitionState
from competitions.views.rounds.parts import is_blind, is_published, keeps_apart, public_round
from competitions.views.rounds.seed_words import seed_words


@public
def running_order(request, slug, code):
    """Codes alone until the results; where names are hidden from judges, nothing but the seed until then."""
    round_ = public_round(slug, code, Round.Kind.PRESENTATION)
    competition = round_.competition
    shows_names = is_published(competition)
    hides_order = not shows_names and is_blind(competition)
    slots = [] if hides_order else _slots(round_, apart=keeps_apart(request.user, competition))
    context = {
        "competition": competition,
        "round": round_,
        "slots": slots,
        "hides_order": hides_order,
        "shows_names": shows_names,
        **_ways(request.user, competition),
        **seed_words(round_, slots),
    }
    return render(request, "competitions/rounds/public_order.html", context)


def _ways(user, competition):
    """Ways to the room, for those who work there."""
    if not user.is_authenticated or competition.state != CompetitionState.JUDGING:
        return {}
    return {
        "runs_stage": can_run_stage(user, competition),
        "judges": competition.judges.active().filter(user=user).exists(),
    }


def _slots(round_, *, apart):
    slots = round_.slots.select_related("entry__track").defer("entry__draft").exclude(entry__in=apart)
    slots = list(slots)
    for slot in slots:
        slot.key = drawing.key_of(round_.seed, slot.entry.code)
    return slots
