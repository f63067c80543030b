"""Totals, joint places, and who is proposed for which award."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby

from competitions.judging.records import Award, Round, RoundOutcome


def shares_of(rounds: Sequence[Round]) -> dict[str, Fraction]:
    """Return each round's share of the total by its code; the shares add up to 1."""
    weight = sum((Fraction(round_.weight) for round_ in rounds), Fraction(0))
    return {round_.code: Fraction(round_.weight) / weight for round_ in rounds}


def total_of(outcomes: Mapping[str, RoundOutcome], *, shares: Mapping[str, Fraction]) -> Fraction | None:
    """Return the mean of the round scores by round weight, 0..100.

    outcomes: of the rounds that judge the entry's track; the others are in no sum.
    None when one of them has no score, or when there is none at all.
    Source: docs/judging.md, section 4.
    """
    parts = [shares[code] * each.score for code, each in outcomes.items() if each.score is not None]
    if not parts or len(parts) < len(outcomes):
        return None
    total = sum(parts[1:], parts[0])
    if len(outcomes) == len(shares):
        return total
    return total / sum((shares[code] for code in outcomes), Fraction(0))


def in_order(totals: Mapping[str, Fraction | None]) -> list[str]:
    """Return entry codes best first, equals by code, unscored last by code."""
    # Whole numbers settle nearly every comparison faster than fractions do.
    scored = [
        (-(total.numerator * 2**64 // total.denominator), -total, code)
        for code, total in totals.items()
        if total is not None
    ]
    unscored = sorted(code for code, total in totals.items() if total is None)
    return [code for _, _, code in sorted(scored)] + unscored


def joint_places(order: Sequence[str], *, totals: Mapping[str, Fraction | None]) -> dict[str, int]:
    """Return the place of each scored entry; equals share one, the next is skipped: 1, 2, 2, 4.

    order: entry codes best first, as in_order gives them.
    """
    places: dict[str, int] = {}
    ranked = [code for code in order if totals[code] is not None]
    for group in equals(ranked, key=totals):
        place = len(places) + 1
        places.update((code, place) for code in group)
    return places


def equals(ranked: Sequence[str], *, key: Mapping[str, object]) -> Iterator[list[str]]:
    """Yield neighbours that have an equal value together."""
    for _, group in groupby(ranked, key=key.__getitem__):
        yield list(group)


def proposed_awards(places: Mapping[str, int], *, awards: Sequence[Award]) -> tuple[dict[str, str], set[str]]:
    """Fill the award tiers in their order by place.

    places: by entry code, in order of place.
    Returns (award code by entry code, entries tied at an award line). Entries sharing a
    place that do not all fit in what is left of a tier get nothing and end the proposal:
    a person decides. Source: docs/judging.md, section 6.
    """
    proposed: dict[str, str] = {}
    seats = [award.code for award in awards for _ in range(award.count)]
    for group in equals(list(places), key=places):
        offered = seats[len(proposed) : len(proposed) + len(group)]
        if not offered:
            break
        if len(offered) < len(group) or len(set(offered)) > 1:
            return proposed, set(group)
        proposed.update(dict.fromkeys(group, offered[0]))
    return proposed, set()
