"""A rule that contradicts itself is refused, with its place."""

from decimal import Decimal

import pytest

from competitions.judging.check_rule import check_rule
from competitions.judging.errors import InvalidRule, InvalidVotes, NotAnInstant, NotANumber, UnknownJudge
from competitions.judging.records import (
    Advance,
    Aggregate,
    Criterion,
    Entry,
    Limit,
    Mark,
    Round,
    Scoring,
    Votes,
)
from competitions.judging.tally import compute
from tests.competitions.judging.declared import a_contest, a_round, given

TWO = (Criterion(code="idea", max=Decimal(40)), Criterion(code="use", max=Decimal(60), weight=Decimal(2)))
LAST = a_round("last", criteria=TWO)


def trimmed(high, low):
    return Aggregate(method="trimmed_mean", drop_high=high, drop_low=low)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"aggregate": trimmed(0, 0)}, "round r: a trimmed mean needs drop_high or drop_low"),
        ({"aggregate": trimmed(-1, 1)}, "round r: drop_high -1 and drop_low 1 must be 0 or more"),
        (
            {"aggregate": Aggregate(method="median", drop_low=1)},
            "round r: drop_high and drop_low are of trimmed_mean, not of median",
        ),
        ({"floor": Limit()}, "round r, floor: exactly one of percent and points is needed"),
        (
            {"floor": Limit(percent=Decimal(1), points=Decimal(1))},
            "round r, floor: exactly one of percent and points is needed",
        ),
        ({"floor": Limit(percent=Decimal("100.5"))}, "round r, floor: percent 100.5 must be 0 to 100"),
        ({"floor": Limit(percent=Decimal(-1))}, "round r, floor: percent -1 must be 0 to 100"),
        ({"floor": Limit(points=Decimal(161))}, "round r, floor: points 161 must be 0 to 160"),
        ({"advance": Advance(top=0)}, "round r, advance: top 0 must be 1 or more"),
        ({"advance": Advance()}, "round r, advance: top or a least score is needed"),
        (
            {"advance": Advance(least=Limit())},
            "round r, advance: exactly one of percent and points is needed",
        ),
        ({"kind": "public_vote"}, "round r: a public vote has at most one criterion"),
    ],
)
def test_check_rule_refuses_a_round(fields, message):
    with pytest.raises(InvalidRule) as refusal:
        check_rule(a_contest(rounds=(a_round(criteria=TWO, **fields), LAST)))

    assert str(refusal.value) == message


def test_check_rule_refuses_a_limit_that_is_no_number():
    with pytest.raises(NotANumber, match="percent NaN is not a workable number"):
        check_rule(a_contest(rounds=(a_round(floor=Limit(percent=Decimal("NaN"))),)))


def test_check_rule_refuses_rounds_of_which_none_counts():
    with pytest.raises(InvalidRule, match="rounds: no round counts towards the total"):
        check_rule(a_contest(rounds=(a_round(carries=False),)))


@pytest.mark.parametrize("places", [-1, 7])
def test_check_rule_refuses_decimals_of_the_total(places):
    with pytest.raises(InvalidRule, match=f"scoring: places {places} must be 0 to 6"):
        check_rule(a_contest(scoring=Scoring(places=places)))


@pytest.mark.parametrize(
    ("steps", "reason"),
    [
        (("round:nine",), "round:nine: known rounds: last, r"),
        (("criterion:style",), "criterion:style: no round has this criterion"),
        (("criterion:nine/idea",), "criterion:nine/idea: no round has this criterion"),
        (
            ("criterion:idea",),
            "criterion:idea: several rounds have it; use one of criterion:last/idea, criterion:r/idea",
        ),
        (("joint", "submitted"), "submitted comes after joint, which ends the chain"),
        (("submitted", "submitted"), "submitted stands twice"),
        (
            ("luck",),
            "luck is not known; use criterion:CODE, round:CODE, submitted or joint",
        ),
    ],
)
def test_check_rule_refuses_a_step_of_the_tie_chain(steps, reason):
    contest = a_contest(rounds=(a_round(criteria=TWO), LAST), scoring=Scoring(tie_break=steps))

    with pytest.raises(InvalidRule) as refusal:
        check_rule(contest)

    assert str(refusal.value) == f"scoring, tie_break: {reason}"


def test_check_rule_takes_a_criterion_with_its_round():
    steps = ("criterion:r/idea", "round:last", "submitted", "joint")

    assert (
        check_rule(a_contest(rounds=(a_round(criteria=TWO), LAST), scoring=Scoring(tie_break=steps))) is None
    )


def test_too_few_judges_to_trim_are_refused_at_set_up_and_counted_in_full_later():
    contest = a_contest(given({"A": ["10", "20"]}), rounds=(a_round(aggregate=trimmed(1, 1)),))

    with pytest.raises(InvalidRule, match="round r: 2 marks dropped of 2 judges leave none"):
        check_rule(contest)
    assert compute(contest).entries[0].total == 15


def test_mark_without_a_judge_is_for_measured_rounds():
    mark = Mark(round="r", judge="", entry="A", criterion="all", points=Decimal(7))

    with pytest.raises(UnknownJudge):
        compute(a_contest([mark]))
    assert compute(a_contest([mark], rounds=(a_round(kind="measured"),))).entries[0].total == 7


@pytest.mark.parametrize(
    ("votes", "reason"),
    [
        ([("x", "A", 1)], "round x, entry A: rounds with a public vote: r"),
        ([("r", "Z", 1)], "round r, entry Z: no entry under judgement has this code"),
        ([("r", "A", -1)], "round r, entry A: -1 votes, or counted more than once"),
        ([("r", "A", 1), ("r", "A", 2)], "round r, entry A: 2 votes, or counted more than once"),
        ([("r", "B", 1)], "round r, entry B: the round is not for the entry's track"),
    ],
)
def test_compute_refuses_votes(votes, reason):
    vote = Round(code="r", kind="public_vote", criteria=(Criterion(code="all", max=Decimal(1), track="x"),))
    counted = tuple(Votes(round=round_, entry=entry, count=count) for round_, entry, count in votes)
    entries = [Entry(code="A", track="x"), Entry(code="B", track="y")]

    with pytest.raises(InvalidVotes) as refusal:
        compute(a_contest(rounds=(vote,), entries=entries, votes=counted))

    assert str(refusal.value) == reason


def test_compute_refuses_a_time_that_cannot_be_read_where_it_decides():
    entries = [Entry(code="A", submitted_at="yesterday")]

    assert compute(a_contest(entries=entries)).entries[0].status == "unscored"
    with pytest.raises(NotAnInstant, match="entry A: submitted_at yesterday is not an ISO 8601 instant"):
        compute(a_contest(entries=entries, scoring=Scoring(tie_break=("submitted",))))
