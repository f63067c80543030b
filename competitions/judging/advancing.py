"""Who is still in after a round: scored, not below its floor, and among those who go on."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import groupby

from competitions.judging.numbers import best_first
from competitions.judging.records import Advance, Entry, Limit, Round, Status

# The points that can be reached, by track.
Possible = Mapping[str, Fraction]


def leaving(
    round_: Round, *, entries: list[Entry], scores: Mapping[str, Fraction | None], possible: Possible
) -> dict[str, Status]:
    """Return why entries leave after a round, by code. entries: those still in that the round judges.

    A score that is missing matters in a round that counts, has a floor or decides who goes on.
    Source: docs/judging.md, section 5.
    """
    if not (round_.carries or round_.floor or round_.advance):
        return {}
    out: dict[str, Status] = {}
    scored: list[tuple[Entry, Fraction]] = []
    for entry in entries:
        score = scores[entry.code]
        if score is None:
            out[entry.code] = "unscored"
        elif round_.floor and score < least_percent(round_.floor, possible=possible[entry.track]):
            out[entry.code] = "below_floor"
        else:
            scored.append((entry, score))
    if round_.advance:
        on = going_on(scored, rule=round_.advance, possible=possible)
        out.update({entry.code: "not_advanced" for entry, _ in scored if entry.code not in on})
    return out


def least_percent(limit: Limit, *, possible: Fraction) -> Fraction:
    """Return a limit as percent of the points that can be reached."""
    if limit.percent is not None:
        return Fraction(limit.percent)
    return 100 * Fraction(limit.points or 0) / possible


def going_on(scored: list[tuple[Entry, Fraction]], *, rule: Advance, possible: Possible) -> set[str]:
    """Return who goes on: equals at the line all do."""
    reached = [
        (entry, score)
        for entry, score in scored
        if rule.least is None or score >= least_percent(rule.least, possible=possible[entry.track])
    ]
    if not rule.per_track:
        return best(reached, top=rule.top)
    tracks = {entry.track for entry, _ in reached}
    return {
        code
        for track in tracks
        for code in best((each for each in reached if each[0].track == track), top=rule.top)
    }


def best(scored: Iterable[tuple[Entry, Fraction]], *, top: int | None) -> set[str]:
    """Return the codes of those whose joint rank is at most top; None: of all."""
    found: set[str] = set()
    falling = sorted((best_first(score), entry.code) for entry, score in scored)
    for _, equals in groupby(falling, key=lambda each: each[0]):
        if top is not None and len(found) >= top:
            break
        found.update(code for _, code in equals)
    return found
