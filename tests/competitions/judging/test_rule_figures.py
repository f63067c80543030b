"""The rule in figures and its fingerprint: what is the default is not in it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from competitions.judging.records import Advance, Aggregate, Award, Criterion, Entry, Limit, Scoring, Votes
from competitions.judging.rule import inputs_sha256, rule_of
from tests.competitions.judging.declared import a_contest, a_round, given

# Of the tally before rules were declared: these inputs must keep it.
PLAIN_SHA256 = "1ea404b911c9da95c5b681f30504ea999d3295b7f9e36b5e32637495b33f8b19"


def plain():
    return a_contest(
        given({"A": ["30", "40.50"], "B": ["20", None]}),
        awards=[{"code": "gold", "count": 1}],
        rounds=[a_round()],
    )


def test_plain_rule_keeps_its_fingerprint():
    assert inputs_sha256(plain()) == PLAIN_SHA256
    assert rule_of(plain())["name"] == "weighted_percent_of_judge_means"


def test_declared_rule_says_what_differs():
    rounds = (
        a_round(
            "one",
            aggregate=Aggregate(over="judge_totals", method="trimmed_mean", drop_high=1),
            floor=Limit(percent=Decimal("85.0")),
            advance=Advance(top=10, least=Limit(points=Decimal(60)), per_track=True),
            carries=False,
        ),
        a_round("a-last"),
    )
    scoring = Scoring(total="sum_of_points", places=2, tie_break=("joint",), one_prize_per_person=True)

    rule = rule_of(
        a_contest(rounds=rounds, scoring=scoring, awards=[{"code": "g", "count": 1, "track": "x"}])
    )

    one = next(each for each in rule["rounds"] if each["code"] == "one")
    assert {
        key: rule[key]
        for key in ("name", "total", "places", "tie_break", "one_prize_per_person", "round_order")
    } == {
        "name": "declared_rule",
        "total": "sum_of_points",
        "places": 2,
        "tie_break": ["joint"],
        "one_prize_per_person": True,
        "round_order": ["one", "a-last"],
    }
    assert {key: one[key] for key in ("aggregate", "floor", "advance", "carries")} == {
        "aggregate": {"over": "judge_totals", "method": "trimmed_mean", "drop_high": 1},
        "floor": {"percent": "85"},
        "advance": {"top": 10, "points": "60", "per_track": True},
        "carries": False,
    }
    assert rule["awards"] == [{"code": "g", "count": 1, "track": "x"}]


@pytest.mark.parametrize(
    "changed",
    [
        {"scoring": Scoring(places=2)},
        {"scoring": Scoring(one_prize_per_person=True)},
        {"awards": (Award(code="gold", count=1, track="x"),)},
        {"rounds": (a_round(floor=Limit(percent=Decimal(1))),)},
        {"rounds": (a_round(aggregate=Aggregate(over="judge_totals")),)},
        {"entries": (Entry(code="A", people=("p",)), Entry(code="B"))},
        {"votes": (Votes(round="r", entry="A", count=1),)},
    ],
)
def test_fingerprint_changes_with_what_is_declared(changed):
    assert inputs_sha256(replace(plain(), **changed)) != inputs_sha256(plain())


def test_no_votes_are_as_good_as_a_count_of_none():
    assert inputs_sha256(replace(plain(), votes=(Votes(round="r", entry="A", count=0),))) == inputs_sha256(
        plain()
    )


def test_order_of_rounds_counts_only_where_it_decides():
    one, two = a_round("one", criteria=(Criterion(code="x", max=Decimal(1)),)), a_round("two")
    gate = replace(one, floor=Limit(percent=Decimal(1)))

    assert inputs_sha256(a_contest(rounds=(one, two))) == inputs_sha256(a_contest(rounds=(two, one)))
    assert inputs_sha256(a_contest(rounds=(gate, two))) != inputs_sha256(a_contest(rounds=(two, gate)))
