"""A result as the JSON values everybody can read."""

from fractions import Fraction

from competitions.judging.numbers import printed
from competitions.judging.records import EntryOutcome, Outcome, RoundOutcome


def as_json(outcome: Outcome) -> dict[str, object]:
    """Return the result as JSON values: scores as decimal strings, missing as None."""
    return {
        "competition": outcome.competition,
        "method": outcome.method,
        "inputs_sha256": outcome.inputs_sha256,
        "entries": [entry_json(entry) for entry in outcome.entries],
    }


def entry_json(entry: EntryOutcome) -> dict[str, object]:
    """Return one entry of the result as JSON values; place is a number."""
    return {
        "code": entry.code,
        "track": entry.track,
        "total": number(entry.total),
        "place": entry.place,
        "rounds": {code: round_json(outcome) for code, outcome in entry.rounds.items()},
        "award": entry.award,
        "status": entry.status,
    }


def round_json(outcome: RoundOutcome) -> dict[str, object]:
    """Return one entry's round as JSON values; judges is how many gave a mark."""
    return {
        "score": number(outcome.score),
        "judges": outcome.judges,
        "criteria": {code: number(mean) for code, mean in outcome.criteria.items()},
    }


def number(value: Fraction | None) -> str | None:
    """Write a number as a decimal string, or None when it is missing."""
    return None if value is None else printed(value)
