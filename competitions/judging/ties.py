"""Equal totals parted by the steps of the tie chain, one after another."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from itertools import groupby

from competitions.judging.numbers import best_first
from competitions.judging.places import equals, in_order
from competitions.judging.records import Contest, RoundOutcome

Outcomes = Mapping[str, Mapping[str, RoundOutcome]]  # by round, then by entry
# A key that sorts the better entry first; one without a value comes last.
Key = Callable[[str], tuple[object, ...]]


def settled(
    contest: Contest, *, totals: Mapping[str, Fraction | None], outcomes: Outcomes
) -> tuple[list[list[str]], dict[str, str]]:
    """Return the ranked entries in groups that share a place, best first, and the step that parted each.

    totals: of the ranked entries. An entry has a step once it stands alone by it.
    Source: docs/judging.md, section 6.
    """
    steps = [step for step in contest.scoring.tie_break if step != "joint"]
    keys = [(step, key_of(step, contest=contest, outcomes=outcomes)) for step in steps]
    groups: list[list[str]] = []
    broken_by: dict[str, str] = {}
    for group in equals(in_order(totals), key=totals):
        for part, step in parted(group, keys=keys):
            groups.append(part)
            if step is not None and len(part) == 1:
                broken_by[part[0]] = step
    return groups, broken_by


def parted(group: list[str], *, keys: Sequence[tuple[str, Key]]) -> Iterator[tuple[list[str], str | None]]:
    """Yield the parts of a group of equals, best first, each with the step that made it."""
    for number, (step, key) in enumerate(keys if len(group) > 1 else ()):
        parts = [list(part) for _, part in groupby(sorted(group, key=key), key=key)]
        if len(parts) == 1:
            continue
        for part in parts:
            for smaller, later in parted(part, keys=keys[number + 1 :]):
                yield smaller, later or step
        return
    yield group, None


def key_of(step: str, *, contest: Contest, outcomes: Outcomes) -> Key:
    """Return the key of a step: criterion:CODE, criterion:ROUND/CODE, round:CODE or submitted."""
    kind, _, name = step.partition(":")
    if kind == "submitted":
        submitted = {entry.code: entry.submitted_at for entry in contest.entries}
        return lambda code: earliest_first(submitted[code])
    if kind == "round":
        return partial(by_score, outcomes=outcomes[name])
    round_code, criterion = criterion_of(name, contest=contest)
    return partial(by_criterion, criterion=criterion, outcomes=outcomes[round_code])


def criterion_of(name: str, *, contest: Contest) -> tuple[str, str]:
    """Return round and criterion of CODE, which only one round has, or of ROUND/CODE."""
    if "/" in name:
        round_code, _, criterion = name.partition("/")
        return round_code, criterion
    found = [r.code for r in contest.rounds if any(c.code == name for c in r.criteria)]
    return found[0], name


def by_score(code: str, *, outcomes: Mapping[str, RoundOutcome]) -> tuple[object, ...]:
    """Return the key of an entry by the score of a round."""
    return highest_first(outcomes[code].score if code in outcomes else None)


def by_criterion(code: str, *, criterion: str, outcomes: Mapping[str, RoundOutcome]) -> tuple[object, ...]:
    """Return the key of an entry by its number of a criterion."""
    return highest_first(outcomes[code].criteria.get(criterion) if code in outcomes else None)


def highest_first(number: Fraction | None) -> tuple[object, ...]:
    """Return a key that sorts the highest first and what is missing last."""
    return (1,) if number is None else (0, *best_first(number))


def earliest_first(instant: str) -> tuple[object, ...]:
    """Return a key that sorts the earliest first and what is missing last."""
    return (0, as_instant(instant)) if instant else (1,)


def as_instant(text: str) -> datetime:
    """Return the instant of an ISO 8601 text; without a zone it is UTC."""
    instant = datetime.fromisoformat(text)
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
