"""Refusals: a rule that contradicts itself decides nothing."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from competitions.judging.check_ties import check_tie_break
from competitions.judging.errors import DuplicateCode, InvalidRule, NotANumber
from competitions.judging.numbers import exact_text, is_workable
from competitions.judging.records import Advance, Aggregate, Contest, Limit, Round

MOST_PLACES = 6


def check_rule(contest: Contest) -> None:
    """Raise a TallyError naming the first fault of the rule, as it must be found when a contest is set up.

    With judges named, a trimmed mean must leave at least one of them.
    """
    check_parts(contest)
    for round_ in contest.rounds:
        drops = round_.aggregate.drop_high + round_.aggregate.drop_low
        if contest.judges and drops >= len(contest.judges):
            reason = f"{drops} marks dropped of {len(contest.judges)} judges leave none"
            raise InvalidRule(place=f"round {round_.code}", reason=reason)


def check_parts(contest: Contest) -> None:
    """Raise for the first fault of the rule, whoever judges."""
    require_distinct("rounds", (round_.code for round_ in contest.rounds))
    require_distinct("awards", (award.code for award in contest.awards))
    for round_ in contest.rounds:
        check_round(round_)
    if contest.rounds and not any(round_.carries for round_ in contest.rounds):
        raise InvalidRule(place="rounds", reason="no round counts towards the total")
    for award in contest.awards:
        if award.count < 1:
            raise InvalidRule(place=f"award {award.code}", reason=f"count {award.count} must be 1 or more")
    places = contest.scoring.places
    if places is not None and not 0 <= places <= MOST_PLACES:
        raise InvalidRule(place="scoring", reason=f"places {places} must be 0 to {MOST_PLACES}")
    check_tie_break(contest)


def check_round(round_: Round) -> None:
    """Raise when the round or one of its criteria cannot be computed with."""
    place = f"round {round_.code}"
    require_positive(round_.weight, place=place, what="weight")
    require_distinct(f"{place}, criteria", (criterion.code for criterion in round_.criteria))
    for criterion in round_.criteria:
        inside = f"{place}, criterion {criterion.code}"
        require_positive(criterion.weight, place=inside, what="weight")
        require_positive(criterion.max, place=inside, what="max")
    if round_.kind == "public_vote" and len(round_.criteria) > 1:
        raise InvalidRule(place=place, reason="a public vote has at most one criterion")
    check_aggregate(round_.aggregate, place=place)
    if round_.floor:
        check_limit(round_.floor, place=f"{place}, floor", most=most_points(round_))
    if round_.advance:
        check_advance(round_.advance, place=f"{place}, advance", most=most_points(round_))


def check_aggregate(rule: Aggregate, *, place: str) -> None:
    """Raise when marks are to be dropped that no trimmed mean drops, or none that one should."""
    drops = (rule.drop_high, rule.drop_low)
    if min(drops) < 0:
        raise InvalidRule(
            place=place, reason=f"drop_high {drops[0]} and drop_low {drops[1]} must be 0 or more"
        )
    if rule.method == "trimmed_mean" and not any(drops):
        raise InvalidRule(place=place, reason="a trimmed mean needs drop_high or drop_low")
    if rule.method != "trimmed_mean" and any(drops):
        raise InvalidRule(
            place=place, reason=f"drop_high and drop_low are of trimmed_mean, not of {rule.method}"
        )


def check_advance(rule: Advance, *, place: str, most: Decimal) -> None:
    """Raise when nobody could go on, or nothing says who does. After the last round it has no effect."""
    if rule.top is not None and rule.top < 1:
        raise InvalidRule(place=place, reason=f"top {rule.top} must be 1 or more")
    if rule.top is None and rule.least is None:
        raise InvalidRule(place=place, reason="top or a least score is needed")
    if rule.least:
        check_limit(rule.least, place=place, most=most)


def check_limit(limit: Limit, *, place: str, most: Decimal) -> None:
    """Raise unless exactly one of percent and points is given, and can be reached. most: points."""
    if (limit.percent is None) == (limit.points is None):
        raise InvalidRule(place=place, reason="exactly one of percent and points is needed")
    for what, value, top in (("percent", limit.percent, Decimal(100)), ("points", limit.points, most)):
        if value is None:
            continue
        if not is_workable(value):
            raise NotANumber(place=place, reason=f"{what} {value} is not a workable number")
        if not 0 <= value <= top:
            raise InvalidRule(
                place=place, reason=f"{what} {exact_text(value)} must be 0 to {exact_text(top)}"
            )


def most_points(round_: Round) -> Decimal:
    """Return the most points that an entry of any track can reach."""
    if not round_.criteria:
        return Decimal(100)
    tracks = {criterion.track for criterion in round_.criteria}
    return max(sum(c.weight * c.max for c in round_.criteria_of(track)) or Decimal(0) for track in tracks)


def require_distinct(place: str, codes: Iterable[str]) -> None:
    """Raise when a code appears more than once."""
    repeated = sorted(code for code, count in Counter(codes).items() if count > 1)
    if repeated:
        raise DuplicateCode(place=place, reason=f"used more than once: {', '.join(repeated)}")


def require_positive(number: Decimal, *, place: str, what: str) -> None:
    """Raise when a number of the rule is not finite or not above zero."""
    if not is_workable(number):
        raise NotANumber(place=place, reason=f"{what} {number} is not a workable number")
    if number <= 0:
        raise InvalidRule(place=place, reason=f"{what} {number} must be above 0")


def listed(codes: Iterable[str]) -> str:
    """Join codes in order, for a message."""
    return ", ".join(sorted(codes))
