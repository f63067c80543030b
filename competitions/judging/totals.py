"""The rounds added up."""

from collections.abc import Mapping
from fractions import Fraction

from competitions.judging.numbers import half_up
from competitions.judging.records import Contest, Round, RoundOutcome


def totals_of(
    contest: Contest, *, outcomes: Mapping[str, Mapping[str, RoundOutcome]]
) -> dict[str, Fraction | None]:
    """Return the total of each entry, rounded if the rule says so.

    outcomes: by round, then by entry. Only rounds that carry and judge the entry's track count, and all of them must:
    None when one has no score, or when there is none. Source: docs/judging.md, section 4.
    """
    carrying = [round_ for round_ in contest.rounds if round_.carries]
    parts: dict[str, list[tuple[Round, RoundOutcome]]] = {entry.code: [] for entry in contest.entries}
    for round_ in carrying:
        for code, outcome in outcomes[round_.code].items():
            parts[code].append((round_, outcome))
    add = sum_of_points if contest.scoring.total == "sum_of_points" else Shares(carrying).weighted_percent
    exact = {code: add(each) for code, each in parts.items()}
    places = contest.scoring.places
    if places is None:
        return exact
    return {code: None if each is None else half_up(each, places=places) for code, each in exact.items()}


def sum_of_points(parts: list[tuple[Round, RoundOutcome]]) -> Fraction | None:
    """Return the points of the rounds added up."""
    points = [outcome.points for _, outcome in parts if outcome.points is not None]
    return sum(points[1:], points[0]) if points and len(points) == len(parts) else None


class Shares:
    """Each round's share of the total, by code; all together are 1."""

    def __init__(self, rounds: list[Round]) -> None:
        weight = sum((Fraction(round_.weight) for round_ in rounds), Fraction(0))
        self.of = {round_.code: Fraction(round_.weight) / weight for round_ in rounds}

    def weighted_percent(self, parts: list[tuple[Round, RoundOutcome]]) -> Fraction | None:
        """Return the mean of the round scores by round weight, 0..100 but for T scores."""
        scores = [(self.of[r.code], outcome.score) for r, outcome in parts if outcome.score is not None]
        if not scores or len(scores) < len(parts):
            return None
        shared = [share * score for share, score in scores]
        total = sum(shared[1:], shared[0])
        if len(scores) == len(self.of):
            return total
        return total / sum((share for share, _ in scores), Fraction(0))
