"""Bradley and Terry against the printed strengths, and their refusals."""

import numpy as np
import pytest

from competitions.judging.advice.errors import Separated, TooFew
from competitions.judging.advice.pairwise import bradley_terry, expected_wins

# Stigler, Statistical Science 9 (1994); Agresti, Categorical Data Analysis: the row is cited by the column.
JOURNALS = ("Biometrika", "Comm Statist", "JASA", "JRSS-B")
CITATIONS = np.array([[714, 730, 498, 221], [33, 425, 68, 17], [320, 813, 1072, 142], [284, 276, 325, 188]])


def test_strengths_of_the_journals_are_the_printed_ones():
    found = bradley_terry(CITATIONS, names=JOURNALS)

    assert found.theta.round(3).tolist() == [0, -2.949, -0.480, 0.269]
    assert np.sqrt(np.diag(found.covariance)).round(3).tolist() == [0, 0.103, 0.061, 0.071]


def test_strengths_give_back_as_many_wins_as_there_were():
    won = CITATIONS - np.diag(np.diag(CITATIONS))
    found = bradley_terry(won, names=JOURNALS)

    wins = ((won + won.T) * expected_wins(found.theta)).sum(axis=1)

    np.testing.assert_allclose(wins, won.sum(axis=1))


def test_uneven_numbers_of_comparisons_still_converge():
    won = np.array([[0, 1, 0], [1_000, 0, 1], [0, 1, 0]])

    found = bradley_terry(won, names=("A", "B", "C"))

    np.testing.assert_allclose(found.theta, [0, np.log(1_000), np.log(1_000)])


def test_somebody_who_never_lost_is_refused_by_name():
    won = np.array([[0, 2, 1], [0, 0, 3], [0, 1, 0]])

    with pytest.raises(Separated) as error:
        bradley_terry(won, names=("A", "B", "C"))

    assert error.value.params == {"winners": "A"}


def test_groups_that_never_met_are_refused():
    won = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]])

    with pytest.raises(Separated):
        bradley_terry(won, names=("A", "B", "C", "D"))


def test_one_item_is_too_few():
    with pytest.raises(TooFew):
        bradley_terry(np.zeros((1, 1)), names=("A",))
