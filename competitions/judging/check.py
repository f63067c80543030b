"""Refusals: a contest that contradicts itself has no result."""

from decimal import Decimal

from competitions.judging.check_rule import check_parts, listed, require_distinct
from competitions.judging.errors import (
    CriterionOfOtherTrack,
    DuplicateMark,
    InvalidVotes,
    NegativePoints,
    NotAnInstant,
    NotANumber,
    PointsAboveMaximum,
    UnknownCriterion,
    UnknownEntry,
    UnknownJudge,
    UnknownRound,
)
from competitions.judging.numbers import exact_text, is_workable
from competitions.judging.records import Contest, Mark
from competitions.judging.ties import as_instant


def check_contest(contest: Contest) -> None:
    """Raise a TallyError naming the first fault found in the rule, the codes, the marks or the votes.

    Too few judges to trim is no fault here: a judge may have dropped out, and the rule says what is done.
    """
    check_parts(contest)
    require_distinct("judges", contest.judges)
    require_distinct("entries", (entry.code for entry in contest.entries))
    check_instants(contest)
    check_marks(contest)
    check_votes(contest)


def check_instants(contest: Contest) -> None:
    """Raise for the first time that cannot be read, where a tie may be parted by it."""
    if "submitted" not in contest.scoring.tie_break:
        return
    for entry in contest.entries:
        try:
            if entry.submitted_at:
                as_instant(entry.submitted_at)
        except ValueError as error:
            reason = f"submitted_at {entry.submitted_at} is not an ISO 8601 instant"
            raise NotAnInstant(place=f"entry {entry.code}", reason=reason) from error


def check_votes(contest: Contest) -> None:
    """Raise for the first count of votes that no public vote of the entry's track can have."""
    rounds = {each.code: each for each in contest.rounds if each.kind == "public_vote"}
    tracks = {entry.code: entry.track for entry in contest.entries}
    seen: set[tuple[str, str]] = set()
    for votes in contest.votes:
        place = f"round {votes.round}, entry {votes.entry}"
        if votes.round not in rounds:
            raise InvalidVotes(place=place, reason=f"rounds with a public vote: {listed(rounds)}")
        if votes.entry not in tracks:
            raise InvalidVotes(place=place, reason="no entry under judgement has this code")
        if not rounds[votes.round].is_for(tracks[votes.entry]):
            raise InvalidVotes(place=place, reason="the round is not for the entry's track")
        if votes.count < 0 or (votes.round, votes.entry) in seen:
            raise InvalidVotes(place=place, reason=f"{votes.count} votes, or counted more than once")
        seen.add((votes.round, votes.entry))


def check_marks(contest: Contest) -> None:
    """Raise for the first mark that is unknown somewhere, repeated or out of its range."""
    criteria = {
        (round_.code, criterion.code): criterion for round_ in contest.rounds for criterion in round_.criteria
    }
    judges = set(contest.judges)
    measured = {each.code for each in contest.rounds if each.kind == "measured"}
    tracks = {entry.code: entry.track for entry in contest.entries}
    seen: set[tuple[str, str, str, str]] = set()
    # Few distinct points come up many times: a range is checked once for each.
    passed: set[tuple[str, str, Decimal]] = set()
    for mark in contest.marks:
        criterion = criteria.get((mark.round, mark.criterion))
        is_known = mark.judge in judges or (not mark.judge and mark.round in measured)
        if criterion is None or not is_known or mark.entry not in tracks:
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
    is_measured = any(each.code == mark.round and each.kind == "measured" for each in contest.rounds)
    if mark.judge not in contest.judges and (mark.judge or not is_measured):
        return UnknownJudge(place=place, reason=f"known judges: {listed(contest.judges)}")
    return UnknownEntry(place=place, reason="no entry under judgement has this code")


def place_of(mark: Mark) -> str:
    """Name a mark by its four codes."""
    return f"round {mark.round}, judge {mark.judge}, entry {mark.entry}, criterion {mark.criterion}"
