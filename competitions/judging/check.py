"""Refusals: a contest that contradicts itself has no result."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from competitions.judging.errors import (
    CriterionOfOtherTrack,
    DuplicateCode,
    DuplicateMark,
    InvalidRule,
    NegativePoints,
    NotANumber,
    PointsAboveMaximum,
    UnknownCriterion,
    UnknownEntry,
    UnknownJudge,
    UnknownRound,
)
from competitions.judging.numbers import exact_text, is_workable
from competitions.judging.records import Contest, Mark, Round


def check_contest(contest: Contest) -> None:
    """Raise a TallyError naming the first fault found in the rule, the codes or the marks."""
    check_rule(contest)
    require_distinct("judges", contest.judges)
    require_distinct("entries", (entry.code for entry in contest.entries))
    check_marks(contest)


def check_rule(contest: Contest) -> None:
    """Raise when codes repeat, or a weight, highest score or award count is not positive."""
    require_distinct("rounds", (round_.code for round_ in contest.rounds))
    require_distinct("awards", (award.code for award in contest.awards))
    for round_ in contest.rounds:
        check_round(round_)
    for award in contest.awards:
        if award.count < 1:
            raise InvalidRule(place=f"award {award.code}", reason=f"count {award.count} must be 1 or more")


def check_round(round_: Round) -> None:
    """Raise when the round or one of its criteria cannot be computed with."""
    place = f"round {round_.code}"
    require_positive(round_.weight, place=place, what="weight")
    require_distinct(f"{place}, criteria", (criterion.code for criterion in round_.criteria))
    for criterion in round_.criteria:
        inside = f"{place}, criterion {criterion.code}"
        require_positive(criterion.weight, place=inside, what="weight")
        require_positive(criterion.max, place=inside, what="max")


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


def check_marks(contest: Contest) -> None:
    """Raise for the first mark that is unknown somewhere, repeated or out of its range."""
    criteria = {
        (round_.code, criterion.code): criterion for round_ in contest.rounds for criterion in round_.criteria
    }
    judges = set(contest.judges)
    tracks = {entry.code: entry.track for entry in contest.entries}
    seen: set[tuple[str, str, str, str]] = set()
    # Few distinct points come up many times: a range is checked once for each.
    passed: set[tuple[str, str, Decimal]] = set()
    for mark in contest.marks:
        criterion = criteria.get((mark.round, mark.criterion))
        if criterion is None or mark.judge not in judges or mark.entry not in tracks:
            raise unknown(mark, contest=contest)
        if criterion.track and criterion.track != tracks[mark.entry]:
            reason = f"the criterion is for track {criterion.track} only"
            raise CriterionOfOtherTrack(place=place_of(mark), reason=reason)
        key = (mark.entry, mark.criterion, mark.judge, mark.round)
        if key in seen:
            raise DuplicateMark(place=place_of(mark), reason="given more than once")
        seen.add(key)
        if mark.points is not None:
            if mark.points.is_nan():
                raise NotANumber(place=place_of(mark), reason=f"{mark.points} is not a number")
            spot = (mark.round, mark.criterion, mark.points)
            if spot not in passed:
                check_points(mark, points=mark.points, maximum=criterion.max)
                passed.add(spot)


def check_points(mark: Mark, *, points: Decimal, maximum: Decimal) -> None:
    """Raise when points lie outside 0..maximum."""
    if not is_workable(points):
        raise NotANumber(place=place_of(mark), reason=f"{points} is not a workable number")
    if points < 0:
        raise NegativePoints(place=place_of(mark), reason=f"{points} is below 0")
    if points > maximum:
        raise PointsAboveMaximum(
            place=place_of(mark), reason=f"{points} is above the maximum {exact_text(maximum)}"
        )


def unknown(mark: Mark, *, contest: Contest) -> Exception:
    """Return the error that says which of the mark's four names is unknown."""
    criteria = {round_.code: {c.code for c in round_.criteria} for round_ in contest.rounds}
    place = place_of(mark)
    if mark.round not in criteria:
        return UnknownRound(place=place, reason=f"known rounds: {listed(criteria)}")
    if mark.criterion not in criteria[mark.round]:
        known = listed(criteria[mark.round])
        return UnknownCriterion(place=place, reason=f"known criteria: {known}")
    if mark.judge not in contest.judges:
        return UnknownJudge(place=place, reason=f"known judges: {listed(contest.judges)}")
    return UnknownEntry(place=place, reason="no entry under judgement has this code")


def listed(codes: Iterable[str]) -> str:
    """Join codes in order, for a message."""
    return ", ".join(sorted(codes))


def place_of(mark: Mark) -> str:
    """Name a mark by its four codes."""
    return f"round {mark.round}, judge {mark.judge}, entry {mark.entry}, criterion {mark.criterion}"
