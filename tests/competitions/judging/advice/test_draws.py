"""Chances of an award and intervals of places."""

from statistics import NormalDist

import numpy as np
import pytest

from competitions.judging.advice.draws import Seats, chances, draws_for, middle, places_of, seated

ALL = np.array([True, True, True, True])


def test_places_of_the_highest_are_the_first():
    assert places_of(np.array([[3.0, 9.0, 5.0], [1.0, 0.0, -1.0]])).tolist() == [[3, 1, 2], [1, 2, 3]]


def test_seats_go_to_the_best():
    places = np.array([[3, 1, 2, 4]])

    assert seated(places, seats=[Seats(allowed=ALL, count=2)], people=[]).tolist() == [
        [False, True, True, False]
    ]


def test_seats_of_a_track_go_to_that_track_and_the_rest_to_the_others():
    places = np.array([[1, 2, 3, 4]])
    own = Seats(allowed=np.array([False, False, False, True]), count=1)

    found = seated(places, seats=[own, Seats(allowed=ALL, count=1)], people=[])

    assert found.tolist() == [[True, False, False, True]]


def test_more_seats_than_entries_seat_everybody():
    assert seated(np.array([[1, 2]]), seats=[Seats(allowed=ALL[:2], count=9)], people=[]).all()


def test_a_person_takes_one_seat_only():
    found = seated(np.array([[1, 2, 3, 4]]), seats=[Seats(allowed=ALL, count=2)], people=[np.array([0, 1])])

    assert found.tolist() == [[True, False, True, False]]


def test_middle_holds_the_given_share():
    places = np.arange(1, 1001)[:, None]

    low, high = middle(places)

    assert (low.tolist(), high.tolist()) == ([26], [975])


def test_the_chance_of_one_of_two_is_that_of_the_normal_distribution():
    random = np.random.default_rng(3)
    expected = NormalDist().cdf(1 / np.sqrt(2))

    found = chances(
        lambda count: random.standard_normal((count, 2)) + np.array([1.0, 0.0]),
        seats=[Seats(allowed=ALL[:2], count=1)],
        people=[],
        entries=2,
    )

    assert found.p_award.tolist() == [
        pytest.approx(expected, abs=0.01),
        pytest.approx(1 - expected, abs=0.01),
    ]
    assert found.draws == 20_000


@pytest.mark.parametrize(("entries", "draws"), [(0, 20_000), (500, 20_000), (2_000, 5_000), (10_000, 2_000)])
def test_draws_are_fewer_for_many_entries(entries, draws):
    assert draws_for(entries) == draws
