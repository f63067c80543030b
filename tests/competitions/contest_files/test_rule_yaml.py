"""The declared rule in a competition file: what it says, and every way it is refused."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.errors import FileRefused
from competitions.contest_files.rule_records import (
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
    ScoringRecord,
)
from competitions.contest_files.write_yaml import written

KST = timezone(timedelta(hours=9))

RULE = """\
slug: spring
title: Spring
kind: open
opens_at: 2026-04-20
closes_at: 2026-05-12 18:00
tracks: [{code: a, name: A}]
judges: [{code: J1, name: 위원 1}, {code: J2, name: 위원 2}, {code: J3, name: 위원 3}]
scoring: {total: weighted_percent, places: 2, tie_break: [criterion:idea, round:written, joint]}
rounds:
  - code: written
    name: Written
    kind: written
    weight: 60
    aggregate: {over: judge_totals, method: trimmed_mean, drop_high: 1, drop_low: 1}
    floor: {percent: 85}
    advance: {top: 10}
    criteria:
      - {code: idea, name: Idea, max: 40, levels: [{points: 40, text: 아주 새롭다}, {points: 0, text: 없다}]}
      - {code: use, name: Use, max: 60}
  - code: vote
    name: Vote
    kind: public_vote
    weight: 40
awards: [{code: grand, name: Grand, count: 1, track: a}]
one_prize_per_person: true
"""


def changed(old, new):
    assert old in RULE
    return RULE.replace(old, new)


def refusals(text):
    with pytest.raises(FileRefused) as refusal:
        read_competition(text.encode())
    return refusal.value.sentences()


def test_rule_is_read():
    record = read_competition(RULE.encode())

    first, vote = record.rounds
    assert record.scoring == ScoringRecord(places=2, tie_break=("criterion:idea", "round:written", "joint"))
    assert record.one_prize_per_person is True
    assert record.awards[0].track == "a"
    assert first.aggregate == AggregateRecord(
        over="judge_totals", method="trimmed_mean", drop_high=1, drop_low=1
    )
    assert (first.floor, first.advance) == (LimitRecord(percent=Decimal(85)), AdvanceRecord(top=10))
    assert first.criteria[0].levels == (
        LevelRecord(points=Decimal(40), text="아주 새롭다"),
        LevelRecord(points=Decimal(0), text="없다"),
    )
    assert (vote.criteria, vote.carries, vote.votes_per_voter) == ((), True, 1)
    assert record.notices == ()


def test_rule_is_written_on_short_lines():
    text = written(read_competition(RULE.encode()))

    assert "    aggregate: {over: judge_totals, method: trimmed_mean, drop_high: 1, drop_low: 1}\n" in text
    assert "    floor: {percent: 85}\n" in text
    assert "    advance: {top: 10}\n" in text
    assert "  tie_break: ['criterion:idea', 'round:written', joint]\n" in text


def test_further_keys_of_a_round_are_read():
    keys = (
        "weight: 40\n    carry_over: no\n    blind: true\n    judges_per_entry: 3\n    due_at: 2026-06-01\n"
        "    shows_peers: after_signing\n    votes_per_voter: 3\n    votes_from: 2026-05-20 09:00\n"
        "    votes_until: 2026-05-27"
    )

    record = read_competition(changed("weight: 40", keys).encode())

    vote = record.rounds[1]
    assert (vote.carries, vote.blind, vote.judges_per_entry, vote.shows_peers) == (
        False,
        True,
        3,
        "after_signing",
    )
    assert vote.due_at == datetime(2026, 6, 2, tzinfo=KST)
    assert vote.votes_from == datetime(2026, 5, 20, 9, tzinfo=KST)
    assert vote.votes_until == datetime(2026, 5, 28, tzinfo=KST)
    assert vote.votes_per_voter == 3
    assert [notice.column for notice in record.notices] == ["rounds[2].due_at", "rounds[2].votes_until"]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "drop_high: 1, drop_low: 1",
            "drop_high: 0",
            "Line 14, rounds[1].aggregate.method: A trimmed mean leaves marks out. Write drop_high, drop_low or both.",
        ),
        (
            "drop_high: 1, drop_low: 1",
            "drop_high: -1, drop_low: 1",
            "Line 14, rounds[1].aggregate.drop_high: “-1” is not a whole number from 0 to 99.",
        ),
        (
            "method: trimmed_mean",
            "method: median",
            "Line 14, rounds[1].aggregate.drop_high: Only a trimmed mean leaves marks out. Write method: trimmed_mean, "
            "or remove drop_high and drop_low.",
        ),
        (
            "drop_high: 1, drop_low: 1",
            "drop_high: 1, drop_low: 2",
            "Line 14, rounds[1].aggregate.drop_high: Leaving out 3 marks of 3 judges leaves none. Name more judges, or "
            "leave out fewer marks.",
        ),
        (
            "advance: {top: 10}",
            "advance: {top: 10}\n    judges_per_entry: 2",
            "Line 14, rounds[1].aggregate.drop_high: Leaving out 2 marks of 2 judges leaves none. Name more judges, or "
            "leave out fewer marks.",
        ),
        (
            "method: trimmed_mean",
            "method: trimed_mean",
            "Line 14, rounds[1].aggregate.method: “trimed_mean” is not known here. Use one of: mean, median, "
            "trimmed_mean, rank_sum, t_score. Did you mean “trimmed_mean”?",
        ),
        (
            "floor: {percent: 85}",
            "floor: {percent: 85, points: 68}",
            "Line 15, rounds[1].floor.points: Percent and points stand here both. Keep one of the two.",
        ),
        ("floor: {percent: 85}", "floor: {}", "Line 15, rounds[1].floor: Write either percent or points."),
        (
            "floor: {percent: 85}",
            "floor: {percent: 101}",
            "Line 15, rounds[1].floor.percent: A percentage is 0 to 100.",
        ),
        (
            "floor: {percent: 85}",
            "floor: {percent: -1}",
            "Line 15, rounds[1].floor.percent: “-1” is not a number of zero or more. Write digits such as 40 or 2.5.",
        ),
        (
            "floor: {percent: 85}",
            "floor: {points: 101}",
            "Line 15, rounds[1].floor.points: At most 100 points can be reached in this round. Write a smaller number.",
        ),
        (
            "advance: {top: 10}",
            "advance: {top: 0}",
            "Line 16, rounds[1].advance.top: “0” is not a whole number from 1 to 10000.",
        ),
        (
            "advance: {top: 10}",
            "advance: {per_track: true}",
            "Line 16, rounds[1].advance: Nothing says who goes on. Write top, percent or points.",
        ),
        (
            "weight: 40",
            "weight: 40\n    criteria: [{code: x, name: X, max: 1}, {code: y, name: Y, max: 1}]",
            "Line 24, rounds[2].criteria: A public vote has one criterion or none. Remove the others.",
        ),
        (
            "weight: 40",
            "weight: 40\n    votes_from: 2026-05-20 09:00\n    votes_until: 2026-05-20 09:00",
            "Line 25, rounds[2].votes_until: The vote ends before it begins. Set votes_until later than votes_from.",
        ),
        (
            "kind: public_vote",
            "kind: panel",
            "Line 20, rounds[2].criteria: At least one item is needed here.",
        ),
        (
            "points: 40, text",
            "points: 41, text",
            "Line 18, rounds[1].criteria[1].levels[1].points: The criterion has at most 40 points. Write a smaller "
            "number.",
        ),
        (
            "points: 0, text",
            "points: 40, text",
            "Line 18, rounds[1].criteria[1].levels[2].points: These points have a text already. Keep one of the two.",
        ),
        ("places: 2", "places: 7", "Line 8, scoring.places: “7” is not a whole number from 0 to 6."),
        (
            "criterion:idea, round",
            "criterion:ideas, round",
            "Line 8, scoring.tie_break[1]: “criterion:ideas” is not known here. Use one of: criterion:idea, "
            "criterion:use, round:written, round:vote, submitted, joint. Did you mean “criterion:idea”?",
        ),
        (
            "round:written, joint",
            "joint, round:written",
            "Line 8, scoring.tie_break[3]: “joint” ends the chain, so this is never reached. Move “joint” to the end.",
        ),
        (
            "round:written, joint",
            "criterion:idea, joint",
            "Line 8, scoring.tie_break[2]: “criterion:idea” stands twice.",
        ),
        (
            "count: 1, track: a",
            "count: 1, track: b",
            "Line 24, awards[1].track: “b” is not known here. Use one of: a.",
        ),
        (
            "one_prize_per_person: true",
            "one_prize_per_person: 1",
            "Line 25, one_prize_per_person: “1” is neither true nor false. Write true or false.",
        ),
    ],
)
def test_fault_of_the_rule_is_named_with_line_and_remedy(old, new, sentence):
    assert refusals(changed(old, new)) == [sentence]


def test_criterion_of_several_rounds_needs_its_round():
    again = "weight: 40\n    criteria: [{code: idea, name: Idea, max: 1}]"

    assert refusals(changed("weight: 40", again)) == [
        "Line 8, scoring.tie_break[1]: Several rounds have the criterion of “criterion:idea”. "
        "Write one of: criterion:written/idea, criterion:vote/idea."
    ]
    named = changed("weight: 40", again).replace("[criterion:idea", "[criterion:vote/idea")
    assert read_competition(named.encode()).scoring.tie_break[0] == "criterion:vote/idea"


def test_rounds_of_which_none_counts_are_refused():
    text = changed("weight: 40", "carry_over: false").replace("weight: 60", "carry_over: false")

    assert refusals(text) == [
        "Line 13, rounds[1].carry_over: No round counts towards the total. Write carry_over: true for at least one."
    ]


def test_judges_of_a_track_must_be_more_than_what_is_left_out():
    judges = changed("name: 위원 3}", "name: 위원 3, track: a}").replace(
        "name: 위원 2}", "name: 위원 2, track: b}"
    )
    text = judges.replace("{code: a, name: A}", "{code: a, name: A}, {code: b, name: B}")

    assert refusals(text) == [
        "Line 14, rounds[1].aggregate.drop_high: Leaving out 2 marks of 2 judges leaves none. Name more judges, or "
        "leave out fewer marks."
    ]


@pytest.mark.parametrize(("weight", "is_told"), [("30", True), ("40", False), ("0.5", True)])
def test_weights_that_do_not_add_up_to_100_are_told(weight, is_told):
    notices = read_competition(changed("weight: 40", f"weight: {weight}").encode()).notices

    assert [notice.column for notice in notices] == (["rounds[1].weight"] if is_told else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("weight: 60", "weight: 1"),
        ("weight: 40", "name: Vote"),
        ("total: weighted_percent", "total: sum_of_points"),
    ],
)
def test_weights_that_are_shares_are_not_told(old, new):
    text = changed(old, new).replace("weight: 40", "weight: 2" if old == "weight: 60" else "weight: 39")

    if old == "weight: 40":
        text = text.replace("name: Vote\n    kind", "kind")

    assert read_competition(text.encode()).notices == ()


def test_key_of_another_kind_of_round_is_told():
    notices = read_competition(changed("weight: 40", "weight: 40\n    minutes: 10").encode()).notices

    assert [notice.text() for notice in notices] == [
        "Line 24, rounds[2].minutes: Only a round of kind presentation uses this. Nothing else reads it."
    ]


@pytest.mark.parametrize(
    "record",
    [
        AggregateRecord(over="judge_totals", method="trimmed_mean", drop_high=1),
        LimitRecord(points=Decimal("68.5")),
        AdvanceRecord(top=3, percent=Decimal(60), per_track=True),
        ScoringRecord(total="sum_of_points", places=0, tie_break=("joint",)),
        LevelRecord(points=Decimal(3), text="보통"),
    ],
)
def test_part_of_the_rule_is_kept_as_json(record):
    assert type(record).of(record.as_json()) == record


def test_part_that_is_the_default_is_nothing():
    assert AggregateRecord().as_json() == ScoringRecord().as_json() == {}
    assert AdvanceRecord(percent=Decimal("60.50")).as_json() == {"percent": "60.5"}
    assert LimitRecord.of({"percent": "85", "unknown": 1}) == LimitRecord(percent=Decimal(85))


def test_advance_of_the_last_round_is_told_to_have_no_effect():
    record = read_competition(changed("weight: 40", "weight: 40\n    advance: {top: 3}").encode())

    assert [notice.column for notice in record.notices] == ["rounds[2].advance"]
    assert record.rounds[1].advance == AdvanceRecord(top=3)
