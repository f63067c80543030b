"""One vote, as Gavel's judges cast them."""

import pytest

from competitions.judging.advice.crowd import Item, Judge, digamma, expected_gain, voted


def test_one_vote_between_new_items_moves_both_alike():
    judge, winner, loser = voted(Judge(), Item(), Item())

    assert (round(winner.mean, 3), round(loser.mean, 3)) == (0.409, -0.409)
    assert (round(winner.variance, 3), round(loser.variance, 3)) == (0.833, 0.833)
    assert (judge.right, judge.wrong) == (pytest.approx(10), pytest.approx(1))


def test_a_vote_between_new_items_is_expected_to_teach_as_printed():
    assert round(expected_gain(Judge(), Item(), Item()), 3) == 0.183


def test_a_vote_against_expectation_lowers_the_trust_in_the_judge():
    strong, weak = Item(mean=2.0, variance=0.2), Item(mean=-2.0, variance=0.2)

    wrong, _, _ = voted(Judge(), weak, strong)
    right, _, _ = voted(Judge(), strong, weak)

    assert wrong.right / (wrong.right + wrong.wrong) < 10 / 11 < right.right / (right.right + right.wrong)


def test_a_judge_who_guesses_teaches_nothing_of_the_items():
    _, winner, loser = voted(Judge(right=5, wrong=5), Item(), Item())

    assert (winner, loser) == (Item(), Item())


def test_a_variance_never_falls_to_zero():
    _, winner, _ = voted(Judge(right=1000, wrong=1), Item(variance=50), Item(variance=50))

    assert winner.variance > 0


def test_digamma_of_one_is_minus_the_constant_of_euler():
    assert digamma(1.0) == pytest.approx(-0.5772156649, abs=1e-9)
