"""A public vote: votes become percent of the most votes any entry of the track has."""

from fractions import Fraction

from competitions.judging.records import Criterion, RoundOutcome


def voted(
    *, criteria: tuple[Criterion, ...], entries: list[str], counts: dict[str, int]
) -> dict[str, RoundOutcome]:
    """Return the outcome of entries of one track: 100 x votes / most votes.

    counts: votes by entry; none is a zero. Nobody voted: no entry has a score. Source: docs/judging.md, section 3.
    """
    most = max((counts.get(code, 0) for code in entries), default=0)
    if not most:
        return {code: no_votes(criteria) for code in entries}
    return {code: of_votes(counts.get(code, 0), most=most, criteria=criteria) for code in entries}


def no_votes(criteria: tuple[Criterion, ...]) -> RoundOutcome:
    """Return the outcome of an entry that nobody could or did vote on: no score, which is not a zero."""
    nothing: dict[str, Fraction | None] = {each.code: None for each in criteria}
    return RoundOutcome(score=None, judges=0, criteria=nothing, kept={}, dropped={})


def of_votes(count: int, *, most: int, criteria: tuple[Criterion, ...]) -> RoundOutcome:
    """Return the outcome of one entry; its one criterion, if there is one, has its share of the points."""
    share = Fraction(count, most)
    return RoundOutcome(
        score=100 * share,
        judges=0,
        criteria={each.code: share * Fraction(each.max) for each in criteria},
        kept={},
        dropped={},
        votes=count,
    )
