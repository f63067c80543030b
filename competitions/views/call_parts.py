"""Pieces of the call's page."""

from decimal import Decimal

from django.utils.translation import gettext as _

from competitions.states import CompetitionState

JUDGED = {CompetitionState.JUDGING, CompetitionState.DECIDED, CompetitionState.PUBLISHED}


def timeline(competition, *, at):
    """The stages in order, each with its date if it has one; one is current unless it was cancelled."""
    judging = _("Judging")
    stages = [
        {"label": _("Announced"), "at": competition.announced_at},
        {"label": _("Entries open"), "at": competition.opens_at},
        {"label": _("Entries close"), "at": competition.closes_at},
        {"label": judging, "at": None},
        {"label": _("Results"), "at": competition.published_at},
    ]
    reached = _reached(competition, at=at)
    for index, stage in enumerate(stages):
        stage["is_done"] = index < reached
        stage["is_current"] = index == reached and competition.state != CompetitionState.CANCELLED
    return stages


def _reached(competition, *, at):
    """Index of the latest stage that has begun; -1 when none has."""
    if competition.state == CompetitionState.DRAFT:
        return -1
    if competition.state == CompetitionState.PUBLISHED:
        return 4
    if competition.state in JUDGED:
        return 3
    return 2 if at >= competition.closes_at else 1 if at >= competition.opens_at else 0


def criteria_tables(rounds):
    """One table a round: criteria with points, weights and the share each has in the round."""
    total = sum(round_.weight for round_ in rounds)
    return [_table(round_, total=total) for round_ in rounds]


def _table(round_, *, total):
    criteria = list(round_.criteria.all())
    whole = sum(criterion.weight * criterion.max_points for criterion in criteria)
    return {
        "round": round_,
        "share": _percent(round_.weight, total),
        "points": plain(sum(criterion.max_points for criterion in criteria)),
        "has_weights": len({criterion.weight for criterion in criteria}) > 1,
        "rows": [
            {
                "criterion": criterion,
                "points": plain(criterion.max_points),
                "weight": plain(criterion.weight),
                "share": _percent(criterion.weight * criterion.max_points, whole),
            }
            for criterion in criteria
        ],
    }


def plain(number):
    return f"{Decimal(number).normalize():f}"


def _percent(part, whole):
    return plain((100 * part / whole).quantize(Decimal("0.1"))) if whole else ""
