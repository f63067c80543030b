"""The rounds one after another: the score of each entry, and who is still in."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from fractions import Fraction

from competitions.judging.advancing import leaving
from competitions.judging.marks import RoundWeights, arranged, marks_by_round, whole_weights
from competitions.judging.over_criteria import over_criteria
from competitions.judging.over_totals import over_totals
from competitions.judging.records import Contest, Criterion, Mark, Round, RoundOutcome, Status
from competitions.judging.votes import no_votes, voted

VOTE_POINTS = Fraction(100)  # of a public vote without a criterion


@dataclass(frozen=True, slots=True)
class Course:
    """How the rounds went. outcomes: by round, then by entry the round judges. out: why an entry is out."""

    outcomes: dict[str, dict[str, RoundOutcome]]
    out: dict[str, Status]


def course_of(contest: Contest) -> Course:
    """Return each round's outcome of each entry it judges, and who left when.

    Missing marks count nowhere. A skipped optional criterion lowers nothing; without any number of a required
    criterion the score is None. The marks of an entry that did not advance count for nothing afterwards.
    Time: linear in marks plus entries x criteria, but for sorting. Source: docs/judging.md, sections 2 to 5.
    """
    marks = marks_by_round(contest)
    outcomes: dict[str, dict[str, RoundOutcome]] = {}
    out: dict[str, Status] = {}
    for round_ in contest.rounds:
        absent = {code for code, why in out.items() if why == "not_advanced"}
        found = outcomes_of(round_, contest=contest, marks=marks[round_.code], absent=absent)
        outcomes[round_.code] = found
        entries = [each for each in contest.entries if each.code in found and each.code not in out]
        scores = {code: each.score for code, each in found.items()}
        out |= leaving(
            gate_of(round_, contest=contest),
            entries=entries,
            scores=scores,
            possible=possible_points(round_, contest=contest),
        )
    return Course(outcomes=outcomes, out=out)


def gate_of(round_: Round, *, contest: Contest) -> Round:
    """Return a round as it decides who stays: after the last there is nothing to go on to."""
    return replace(round_, advance=None) if round_ is contest.rounds[-1] else round_


def outcomes_of(
    round_: Round, *, contest: Contest, marks: list[Mark], absent: Collection[str]
) -> dict[str, RoundOutcome]:
    """Return one round's outcome of each entry that has criteria in it, track by track."""
    given = arranged(marks, absent=absent)
    weights = whole_weights(round_)
    entries: dict[str, list[str]] = {}
    for entry in contest.entries:
        entries.setdefault(entry.track, []).append(entry.code)
    outcomes: dict[str, RoundOutcome] = {}
    for track, codes in entries.items():
        if not round_.is_for(track):
            continue
        criteria = round_.criteria_of(track)
        if round_.kind == "public_vote" and not marks:
            counts = {each.entry: each.count for each in contest.votes if each.round == round_.code}
            there = [code for code in codes if code not in absent]
            found = voted(criteria=criteria, entries=there, counts=counts)
            found |= {code: no_votes(criteria) for code in codes if code in absent}
        else:
            join = over_totals if round_.aggregate.over == "judge_totals" else over_criteria
            found = join(round_, criteria=criteria, entries=codes, given=given, weights=weights)
        outcomes |= with_points(found, criteria=criteria, weights=weights, contest=contest)
    return outcomes


def with_points(
    outcomes: dict[str, RoundOutcome],
    *,
    criteria: tuple[Criterion, ...],
    weights: RoundWeights,
    contest: Contest,
) -> dict[str, RoundOutcome]:
    """Add each score as points, where points are what is added up."""
    if contest.scoring.total != "sum_of_points":
        return outcomes
    possible = points_of(criteria, weights=weights)
    return {
        code: replace(
            each, possible=possible, points=None if each.score is None else each.score * possible / 100
        )
        for code, each in outcomes.items()
    }


def points_of(criteria: tuple[Criterion, ...], *, weights: RoundWeights) -> Fraction:
    """Return the points that can be reached; of a vote without a criterion 100."""
    return weights.possible(criteria) if criteria else VOTE_POINTS


def possible_points(round_: Round, *, contest: Contest) -> dict[str, Fraction]:
    """Return the points that can be reached, by track of the entries there are."""
    weights = whole_weights(round_)
    tracks = {entry.track for entry in contest.entries}
    return {track: points_of(round_.criteria_of(track), weights=weights) for track in tracks}
