"""Leaving each judge out, by the official rule and by its quick repetition."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from competitions.judging.advice import stability
from competitions.judging.advice.errors import AdviceRefused, TooFew
from competitions.judging.advice.marks import marks_of
from competitions.judging.advice.stability import as_ranked, lacking, leave_one_out, quickly
from competitions.judging.errors import TallyError
from competitions.judging.records import Mark
from competitions.judging.tally import compute
from tests.competitions.judging.advice.made_up import made_up
from tests.competitions.judging.advice.panels import contest

# B leads by what J1 gives; without J1 A leads, and C is the third of two awards whoever leaves.
LEANING = {
    "A": {"J1": 60, "J2": 90, "J3": 88},
    "B": {"J1": 99, "J2": 80, "J3": 82},
    "C": {"J1": 50, "J2": 50, "J3": 50},
}


def by_judge(found):
    return {each.judge: each for each in found.without}


def left_out(own, *, tally=compute):
    return leave_one_out(own, outcome=compute(own), marks=marks_of(own), compute=tally)


def test_who_wins_without_each_judge():
    found = left_out(contest(LEANING, awards=[("prize", 2)]))

    assert found.winner == ("B",)
    assert {judge: each.winner for judge, each in by_judge(found).items()} == {
        "J1": ("A",),
        "J2": ("B",),
        "J3": ("B",),
    }
    assert (found.winner_kept, found.awards_kept) == (2, 3)
    assert by_judge(found)["J1"].moved == 2


def test_who_gets_and_who_loses_an_award_without_a_judge():
    found = by_judge(left_out(contest(LEANING, awards=[("prize", 1)])))

    assert (found["J1"].enter, found["J1"].leave, found["J1"].changes_awards) == (("A",), ("B",), True)
    assert (found["J2"].enter, found["J2"].leave, found["J2"].changes_awards) == ((), (), False)


def test_an_entry_nobody_else_marked_is_unscored_without_its_judge_and_not_zero():
    own = contest(LEANING | {"D": {"J1": 1}})

    places = as_ranked(compute(lacking(own, judge="J1")), codes=("A", "B", "C", "D")).place

    assert places.tolist() == [1, 2, 3, 0]
    assert by_judge(left_out(own))["J1"].moved == 3


def test_the_official_tally_is_asked_once_for_each_judge():
    asked = []

    def counted(own):
        asked.append(sorted({mark.judge for mark in own.marks}))
        return compute(own)

    found = left_out(contest(LEANING), tally=counted)

    assert found.is_exact
    assert asked == [["J2", "J3"], ["J1", "J3"], ["J1", "J2"]]


def test_one_judge_cannot_be_left_out():
    with pytest.raises(TooFew):
        left_out(contest({"A": {"J1": 1}, "B": {"J1": 2}}))


def test_a_judge_without_marks_is_not_left_out():
    own = contest(LEANING)
    silent = Mark(round="written", judge="J9", entry="A", criterion="all", points=None)

    found = left_out(replace(own, judges=(*own.judges, "J9"), marks=(*own.marks, silent)))

    assert list(by_judge(found)) == ["J1", "J2", "J3"]


def test_a_large_contest_is_repeated_quickly(monkeypatch):
    monkeypatch.setattr(stability, "EXACT_UP_TO", 0)

    found = left_out(contest(LEANING, awards=[("prize", 1)]), tally=None)

    assert not found.is_exact
    assert by_judge(found)["J1"].winner == ("A",)


def test_a_repetition_that_differs_from_the_official_result_is_refused():
    own = contest(LEANING)
    other = contest(LEANING | {"C": {"J1": 100, "J2": 100, "J3": 100}})

    with pytest.raises(AdviceRefused):
        quickly(own, outcome=compute(other), marks=marks_of(own), judges=["J1"])


@settings(max_examples=100, deadline=None)
@given(chance=st.randoms(use_true_random=False))
def test_the_quick_repetition_is_the_official_rule_without_each_judge(chance):
    own = made_up(chance)
    try:
        outcome = compute(own)
    except TallyError:
        assume(False)
    judges = sorted({mark.judge for mark in own.marks if mark.judge and mark.points is not None})
    codes = tuple(sorted(entry.code for entry in own.entries))

    found = quickly(own, outcome=outcome, marks=marks_of(own), judges=judges)

    for judge, quick in zip(judges, found, strict=True):
        exact = as_ranked(compute(lacking(own, judge=judge)), codes=codes)
        assert quick.awards == exact.awards
        np.testing.assert_array_equal(quick.place, exact.place)


def test_totals_that_only_look_alike_are_told_apart_exactly_when_the_rule_rounds():
    own = contest({"A": {"J1": Decimal("80.004"), "J2": 80}, "B": {"J1": 80, "J2": 80}})

    assert as_ranked(compute(own), codes=("A", "B")).place.tolist() == [1, 2]
    assert by_judge(left_out(own))["J1"].winner == ("A", "B")
