"""The site's tally and the stand-alone script, written apart, on made-up contests of every rule."""

import json
import random as randoms
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competitions.judging.records import Aggregate, Contest
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from competitions.verifying.results_file import disagreements
from tests.competitions.verifying import contests
from tests.competitions.verifying.contests import METHODS, document_of, made_up

SEEDS = range(400)


@settings(max_examples=300, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_both_agree_on_any_rule(random):
    assert disagreements(document_of(made_up(random))) == []


@pytest.mark.parametrize("over", ["criteria", "judge_totals"])
@pytest.mark.parametrize("method", METHODS)
def test_both_agree_on_a_way_of_joining_judges(monkeypatch, method, over):
    drops = {"drop_high": 1} if method == "trimmed_mean" else {}
    rule = Aggregate(over=over, method=method, **drops)
    monkeypatch.setattr(contests, "made_up_aggregate", lambda *_, **__: rule)

    for seed in range(100):
        assert disagreements(document_of(made_up(randoms.Random(seed)))) == []


def test_the_made_up_contests_show_everything_there_is():
    outcomes = [as_json(compute(made_up(randoms.Random(seed)))) for seed in SEEDS]

    entries = [entry for outcome in outcomes for entry in outcome["entries"]]
    rounds = [each for entry in entries for each in entry["rounds"].values()]
    steps = {entry["tie_broken_by"].partition(":")[0] for entry in entries if entry["tie_broken_by"]}
    assert {entry["status"] for entry in entries} == {
        "ranked",
        "tied_at_award_line",
        "below_floor",
        "not_advanced",
        "unscored",
    }
    assert steps == {"criterion", "round", "submitted"}
    assert any("passed_over_for" in entry for entry in entries)
    extras = {"percent", "judge_totals", "incomplete", "fallback", "rank_sum", "votes"}
    assert extras <= {key for each in rounds for key in each}


def test_both_agree_on_a_t_score_below_zero():
    entries = tuple(contests.Entry(code=f"E{n:02}") for n in range(40))
    marks = tuple(
        contests.Mark(
            round="talk",
            judge="J1",
            entry=e.code,
            criterion="talk",
            points=contests.Decimal(0 if e.code == "E07" else 90),
        )
        for e in entries
    )
    talk = replace(contests.talk_round(), aggregate=Aggregate(over="judge_totals", method="t_score"))
    document = document_of(
        Contest(competition="c", rounds=(talk,), judges=("J1",), entries=entries, marks=marks)
    )

    assert disagreements(document) == []
    assert (document["entries"][-1]["code"], document["entries"][-1]["total"]) == ("E07", "-11.664414")


@pytest.mark.parametrize("count", [0, 1, 40])
def test_both_agree_when_all_are_equal(count):
    contest = contests.city_contest()
    entries = tuple(contests.Entry(code=f"E{n:02}") for n in range(count))
    marks = tuple(
        contests.Mark(round="talk", judge="J1", entry=e.code, criterion="talk", points=contests.Decimal(80))
        for e in entries
    )
    equal = Contest(
        competition="c",
        rounds=(contests.talk_round(),),
        judges=contest.judges,
        entries=entries,
        marks=marks,
        awards=contest.awards,
    )
    document = document_of(equal)

    assert disagreements(document) == []
    assert [entry["place"] for entry in document["entries"]] == [1] * count


def test_made_up_files_are_json_that_reads_back_the_same():
    document = document_of(made_up(randoms.Random(7)))

    assert json.loads(json.dumps(document)) == document
