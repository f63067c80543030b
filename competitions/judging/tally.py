"""From marks to places and proposed awards, exactly."""

from collections.abc import Mapping
from fractions import Fraction

from competitions.judging.check import check_contest
from competitions.judging.places import in_order, joint_places, proposed_awards, shares_of, total_of
from competitions.judging.records import Contest, Entry, EntryOutcome, Outcome, RoundOutcome, Status
from competitions.judging.rounds import round_outcomes
from competitions.judging.rule import RULE_TEXT, inputs_sha256, rule_of


def compute(contest: Contest) -> Outcome:
    """Return the result of a contest: mean over judges of weighted criteria.

    contest: points 0..max of their criterion; None or absent = not scored, never zero.
    Returns scores and totals as exact fractions 0..100, best first, unscored last.
    Raises a TallyError (named by kind) when the inputs contradict each other.
    Source: docs/judging.md.
    """
    check_contest(contest)
    by_round = round_outcomes(contest)
    by_entry = {
        entry.code: {
            code: outcomes[entry.code] for code, outcomes in by_round.items() if entry.code in outcomes
        }
        for entry in contest.entries
    }
    return Outcome(
        competition=contest.competition,
        method={**rule_of(contest), "text": RULE_TEXT},
        inputs_sha256=inputs_sha256(contest),
        entries=ranked_entries(contest, by_entry=by_entry),
    )


def ranked_entries(
    contest: Contest, *, by_entry: Mapping[str, dict[str, RoundOutcome]]
) -> tuple[EntryOutcome, ...]:
    """Return every entry with total, place and proposed award, best first."""
    shares = shares_of(contest.rounds)
    totals = {code: total_of(outcomes, shares=shares) for code, outcomes in by_entry.items()}
    order = in_order(totals)
    places = joint_places(order, totals=totals)
    awards, tied = proposed_awards(places, awards=contest.awards)
    entries = {entry.code: entry for entry in contest.entries}
    return tuple(
        entry_outcome(
            entries[code],
            total=totals[code],
            place=places.get(code),
            rounds=by_entry[code],
            award=awards.get(code),
            tied=code in tied,
        )
        for code in order
    )


def entry_outcome(
    entry: Entry,
    *,
    total: Fraction | None,
    place: int | None,
    rounds: dict[str, RoundOutcome],
    award: str | None,
    tied: bool,
) -> EntryOutcome:
    """Return one entry's line of the result."""
    status: Status = "ranked" if place is not None else "unscored"
    return EntryOutcome(
        code=entry.code,
        track=entry.track,
        total=total,
        place=place,
        rounds=rounds,
        award=award,
        status="tied_at_award_line" if tied else status,
    )
