"""From marks to places and proposed awards, exactly."""

from collections.abc import Mapping
from fractions import Fraction

from competitions.judging.awards import proposed_awards
from competitions.judging.check import check_contest
from competitions.judging.places import listing, numbered
from competitions.judging.records import Contest, EntryOutcome, Outcome, RoundOutcome, Status
from competitions.judging.rounds import Course, course_of
from competitions.judging.rule import inputs_sha256, rule_of
from competitions.judging.ties import settled
from competitions.judging.totals import totals_of
from competitions.judging.words import rule_text


def compute(contest: Contest) -> Outcome:
    """Return the result of a contest by its declared rule.

    contest: points 0..max of their criterion; None or absent = not scored, never zero.
    Returns scores and totals as exact fractions, best first, those without a place last.
    Raises a TallyError (named by kind) when the inputs contradict each other.
    Source: docs/judging.md.
    """
    check_contest(contest)
    return Outcome(
        competition=contest.competition,
        method={**rule_of(contest), "text": rule_text(contest)},
        inputs_sha256=inputs_sha256(contest),
        entries=entry_outcomes(contest, course=course_of(contest)),
        total=contest.scoring.total,
    )


def entry_outcomes(contest: Contest, *, course: Course) -> tuple[EntryOutcome, ...]:
    """Return every entry with total, place and proposed award, in the order of the list."""
    all_totals = totals_of(contest, outcomes=course.outcomes)
    statuses = {code: status_of(code, course=course, total=total) for code, total in all_totals.items()}
    totals = {code: None if statuses[code] == "unscored" else total for code, total in all_totals.items()}
    ranked = {code: total for code, total in totals.items() if statuses[code] == "ranked"}
    groups, broken_by = settled(contest, totals=ranked, outcomes=course.outcomes)
    places = numbered(groups)
    proposal = proposed_awards(
        places,
        awards=contest.awards,
        tracks={entry.code: entry.track for entry in contest.entries},
        people=people_of(contest),
    )
    statuses |= dict.fromkeys(proposal.tied, "tied_at_award_line")
    tracks = {entry.code: entry.track for entry in contest.entries}
    return tuple(
        EntryOutcome(
            code=code,
            track=tracks[code],
            total=totals[code],
            place=places.get(code),
            rounds=rounds_of(code, outcomes=course.outcomes),
            award=proposal.awards.get(code),
            status=statuses[code],
            tie_broken_by=broken_by.get(code),
            passed_over_for=proposal.passed_over.get(code),
        )
        for code in listing(places, statuses=statuses, totals=totals)
    )


def status_of(code: str, *, course: Course, total: Fraction | None) -> Status:
    """Return why an entry is out; without a total it is unscored."""
    return course.out.get(code, "unscored" if total is None else "ranked")


def rounds_of(code: str, *, outcomes: Mapping[str, dict[str, RoundOutcome]]) -> dict[str, RoundOutcome]:
    """Return one entry's outcome in each round that judges its track."""
    return {name: found[code] for name, found in outcomes.items() if code in found}


def people_of(contest: Contest) -> dict[str, tuple[str, ...]]:
    """Return the people of each entry, where one person gets one prize only."""
    if not contest.scoring.one_prize_per_person:
        return {}
    return {entry.code: entry.people for entry in contest.entries}
