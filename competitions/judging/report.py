"""A result as the JSON values everybody can read."""

from fractions import Fraction

from competitions.judging.numbers import printed
from competitions.judging.records import EntryOutcome, Judges, Outcome, RoundOutcome


def as_json(outcome: Outcome) -> dict[str, object]:
    """Return the result as JSON values: scores as decimal strings, missing as None."""
    in_points = outcome.total == "sum_of_points"
    return {
        "competition": outcome.competition,
        "method": outcome.method,
        "inputs_sha256": outcome.inputs_sha256,
        "entries": [entry_json(entry, in_points=in_points) for entry in outcome.entries],
    }


def entry_json(entry: EntryOutcome, *, in_points: bool = False) -> dict[str, object]:
    """Return one entry of the result as JSON values; place is a number."""
    passed = {"passed_over_for": entry.passed_over_for} if entry.passed_over_for else {}
    return {
        "code": entry.code,
        "track": entry.track,
        "total": number(entry.total),
        "place": entry.place,
        "rounds": {code: round_json(outcome, in_points=in_points) for code, outcome in entry.rounds.items()},
        "award": entry.award,
        "status": entry.status,
        "tie_broken_by": entry.tie_broken_by,
        **passed,
    }


def round_json(outcome: RoundOutcome, *, in_points: bool = False) -> dict[str, object]:
    """Return one entry's round as JSON values; judges is how many gave a mark.

    in_points: the total is a sum of points, so the score is in points too, and in percent beside it.
    """
    return {
        "score": number(outcome.points if in_points else outcome.score),
        "judges": outcome.judges,
        "criteria": {code: number(value) for code, value in outcome.criteria.items()},
        "kept": judges_json(outcome.kept),
        "dropped": judges_json(outcome.dropped),
        **what_it_says(outcome, in_points=in_points),
    }


def what_it_says(outcome: RoundOutcome, *, in_points: bool) -> dict[str, object]:
    """Return the values that only some rounds have."""
    said: dict[str, object] = {}
    if in_points:
        said["percent"] = number(outcome.score)
    if outcome.judge_totals:
        scale = outcome.possible / 100 if in_points else 1
        said["judge_totals"] = {judge: number(total * scale) for judge, total in outcome.judge_totals.items()}
    if outcome.incomplete:
        said["incomplete"] = list(outcome.incomplete)
    if outcome.is_fallback:
        said["fallback"] = "mean"
    if outcome.rank_sum is not None:
        said["rank_sum"] = number(outcome.rank_sum)
    if outcome.votes is not None:
        said["votes"] = outcome.votes
    return said


def judges_json(judges: Judges) -> list[str] | dict[str, list[str]]:
    """Return judges, or judges by criterion, as JSON values."""
    if isinstance(judges, tuple):
        return list(judges)
    return {criterion: list(each) for criterion, each in judges.items()}


def number(value: Fraction | None) -> str | None:
    """Write a number as a decimal string, or None when it is missing."""
    return None if value is None else printed(value)
