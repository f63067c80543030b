"""The order of the boards is the order of the tally, on every entry of every contest."""

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings

from competitions.judging.tally import compute
from competitions.results import contest_of
from competitions.standings import standings
from tests.competitions.judging.declared import a_contest, a_round
from tests.competitions.judging.declared import given as table
from tests.competitions.judging.made_up import declared_contests
from tests.competitions.jury import make_scored_competition
from tests.competitions.stored import store

pytestmark = pytest.mark.django_db
numbers = count()


def in_tracks(contest):
    """Every stored entry has a track, and what a made-up contest leaves open is its first."""
    tracks = {entry.code: entry.track or "a" for entry in contest.entries}
    own = {(each.code, one.code): one.track for each in contest.rounds for one in each.criteria}
    return replace(
        contest,
        entries=tuple(replace(each, track=tracks[each.code]) for each in contest.entries),
        marks=tuple(
            mark for mark in contest.marks if own[mark.round, mark.criterion] in {"", tracks[mark.entry]}
        ),
    )


def lines(outcome):
    return [
        (e.code, e.total, e.place, e.status, e.award, e.tie_broken_by, e.passed_over_for)
        for e in outcome.entries
    ]


def lines_of(board):
    return [
        (
            code,
            board.totals[code],
            board.places.get(code),
            board.statuses[code],
            board.proposal.awards.get(code),
            board.broken_by.get(code),
            board.proposal.passed_over.get(code),
        )
        for code in board.order
    ]


def scores(outcome):
    return {(e.code, code): one.score for e in outcome.entries for code, one in e.rounds.items()}


def scores_of(board):
    return {(code, name): one.score for name, found in board.outcomes.items() for code, one in found.items()}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(contest=declared_contests())
def test_standings_are_the_tally_on_every_entry(contest):
    competition = store(in_tracks(contest), slug=f"stored-{next(numbers)}")

    outcome, board = compute(contest_of(competition)), standings(competition)

    assert lines_of(board) == lines(outcome)
    assert scores_of(board) == scores(outcome)


@pytest.mark.parametrize("entries", [1, 3])
def test_standings_query_count(entries, django_assert_num_queries):
    competition = make_scored_competition(**{f"E{n}": ("20", "40") for n in range(entries)})

    with django_assert_num_queries(5):
        standings(competition)


def test_equals_share_one_place_and_are_tied_at_the_award_line():
    marks = table({f"E{n:05}": ["10"] for n in range(300)})
    contest = in_tracks(a_contest(marks, rounds=[a_round()], awards=[{"code": "grand", "count": 1}]))
    board = standings(store(contest, slug="equals"))

    assert set(board.places.values()) == {1}
    assert set(board.statuses.values()) == {"tied_at_award_line"}
