"""What the official result would be without each judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from casebook.content.markers import N_
from competitions.judging.advice.errors import AdviceRefused, TooFew
from competitions.judging.advice.marks import RoundMarks
from competitions.judging.advice.ranking import Ranked, ranked, submission_keys
from competitions.judging.advice.scores import RoundScores, VoteScores
from competitions.judging.records import Contest, Outcome

ONE_JUDGE = N_("Fewer than two judges gave marks, so none can be left out.")
NOT_REPEATED = N_(
    "The quick way of leaving each judge out did not reach the official places, so nothing is said about it. "
    "Compute the result again without the marks of a judge in question."
)
# Judges x marks up to which the official tally itself is run once for each judge.
EXACT_UP_TO = 40_000

Compute = Callable[[Contest], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """The result without one judge, beside the official one.

    enter, leave: entries that get or lose an award. moved: how many entries have another place, or none.
    """

    judge: str
    winner: tuple[str, ...]
    changes_winner: bool
    changes_awards: bool
    enter: tuple[str, ...]
    leave: tuple[str, ...]
    moved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stability:
    """winner: officially. without: by judge, in order of code. is_exact: by the official tally itself."""

    winner: tuple[str, ...]
    without: tuple[Without, ...]
    is_exact: bool

    @property
    def winner_kept(self) -> int:
        """Return for how many judges the winner stays."""
        return sum(not each.changes_winner for each in self.without)

    @property
    def awards_kept(self) -> int:
        """Return for how many judges the same entries get an award."""
        return sum(not each.changes_awards for each in self.without)


def leave_one_out(
    contest: Contest, *, outcome: Outcome, marks: Mapping[str, RoundMarks], compute: Compute
) -> Stability:
    """Return what the declared rule gives without the marks of each judge who gave any.

    outcome: the official one. compute: the official tally, run once for each judge of a small contest. In a large
    one the same rule is repeated in floating point, and only where that repeats the official result to the place.
    Raises TooFew below two judges and AdviceRefused where a large contest could not be repeated.
    Source: the jackknife; docs/judging.md, "How firm is it".
    """
    judges = sorted({mark.judge for mark in contest.marks if mark.points is not None and mark.judge})
    if len(judges) < 2:
        raise TooFew(ONE_JUDGE)
    codes = tuple(sorted(entry.code for entry in contest.entries))
    official = as_ranked(outcome, codes=codes)
    is_exact = len(judges) * len(contest.marks) <= EXACT_UP_TO
    if is_exact:
        found = [as_ranked(compute(lacking(contest, judge=judge)), codes=codes) for judge in judges]
    else:
        found = quickly(contest, outcome=outcome, marks=marks, judges=judges)
    return Stability(
        winner=winners(official, codes=codes),
        without=tuple(
            beside(official, each, judge=judge, codes=codes)
            for judge, each in zip(judges, found, strict=True)
        ),
        is_exact=is_exact,
    )


def as_ranked(outcome: Outcome, *, codes: tuple[str, ...]) -> Ranked:
    """Return places and awards of an outcome. codes: of all entries, in order."""
    places = {entry.code: entry.place or 0 for entry in outcome.entries}
    return Ranked(
        place=np.array([places[code] for code in codes], dtype=np.int64),
        awards={entry.code: entry.award for entry in outcome.entries if entry.award is not None},
    )


def lacking(contest: Contest, *, judge: str) -> Contest:
    """Return the contest without a judge's marks; the judge stays known, so that no rule is broken."""
    return replace(contest, marks=tuple(mark for mark in contest.marks if mark.judge != judge))


def quickly(
    contest: Contest, *, outcome: Outcome, marks: Mapping[str, RoundMarks], judges: Sequence[str]
) -> list[Ranked]:
    """Return the results in floating point. Raises AdviceRefused unless that repeats the official result."""
    rounds = {code: scores_of(each, contest=contest) for code, each in marks.items()}
    some = next(iter(marks.values()))
    whole = {code: each.given for code, each in rounds.items()}
    submitted = submission_keys(contest)
    again = ranked(contest, marks=marks, sources=whole, submitted=submitted)
    official = as_ranked(outcome, codes=some.entries)
    if again.awards != official.awards or not np.array_equal(again.place, official.place):
        raise AdviceRefused(NOT_REPEATED)
    at = {code: position for position, code in enumerate(some.judges)}
    found = []
    for judge in judges:
        left = {code: partial(each.given, without=at[judge]) for code, each in rounds.items()}
        found.append(ranked(contest, marks=marks, sources=left, submitted=submitted))
    return found


def scores_of(marks: RoundMarks, *, contest: Contest) -> RoundScores | VoteScores:
    """Return the scores of a round by its marks, or by its votes where there is a public vote without marks."""
    if marks.round.kind != "public_vote" or len(marks.points):
        return RoundScores(marks)
    counts = {each.entry: each.count for each in contest.votes if each.round == marks.round.code}
    return VoteScores(marks, votes=np.array([float(counts.get(code, 0)) for code in marks.entries]))


def winners(result: Ranked, *, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the entries in the first place."""
    return tuple(codes[at] for at in np.flatnonzero(result.place == 1))


def beside(official: Ranked, other: Ranked, *, judge: str, codes: tuple[str, ...]) -> Without:
    """Return what differs from the official result."""
    enter = tuple(sorted(set(other.awards) - set(official.awards)))
    leave = tuple(sorted(set(official.awards) - set(other.awards)))
    winner = winners(other, codes=codes)
    return Without(
        judge=judge,
        winner=winner,
        changes_winner=winner != winners(official, codes=codes),
        changes_awards=bool(enter or leave),
        enter=enter,
        leave=leave,
        moved=int((official.place != other.place).sum()),
    )
