from types import SimpleNamespace

import pytest

from competitions.actions.deciding.choices import PrizeTwice, ReasonMissing, check_choices, differences
from competitions.actions.results.results import Choice
from competitions.errors import CompetitionError

A, B = SimpleNamespace(code="a", name="주민"), SimpleNamespace(code="b", name="직원")


def tier(code, *, count=1, track=None):
    return SimpleNamespace(code=code, name=code, count=count, track=track)


def tiers(*rows):
    return {row.code: row for row in rows}


def outcome(*rows):
    """rows: (code, place, track)."""
    return {"entries": [{"code": code, "place": place, "track": track} for code, place, track in rows]}


ORDER = outcome(("E1", 1, "a"), ("E2", 2, "b"), ("E3", 3, "a"), ("E4", 3, "b"), ("E5", None, "a"))
GRAND, GOOD = tier("grand"), tier("good")


def found(choices, *rows, people=None):
    each = {code: Choice(*([given] if isinstance(given, str) else given)) for code, given in choices.items()}
    return differences(each, outcome=ORDER, tiers=tiers(*rows), people=people)


def test_awards_in_the_order_differ_in_nothing():
    same = found({"E1": "grand", "E2": "good"}, GRAND, GOOD)

    assert (same.departing, same.tied, same.empty) == ([], [], [])


def test_tier_of_a_track_passes_entries_of_another_track():
    of_b = tier("b_prize", track=B)

    assert found({"E2": "b_prize"}, of_b).departing == []
    assert found({"E4": "b_prize"}, of_b).departing == ["E4"]


def test_higher_tier_of_another_track_is_no_departure():
    a_prize, b_prize = tier("a_prize", track=A), tier("b_prize", track=B)

    same = found({"E1": "b_prize", "E2": "a_prize"}, b_prize, a_prize)
    of_tracks = found({"E2": "b_prize", "E1": "a_prize"}, b_prize, a_prize)

    assert same.departing == []  # refused as of another track, which is not what is looked at here
    assert of_tracks.departing == []


def test_entry_of_a_person_with_a_prize_is_passed_over_rightly():
    people = {"E1": ("P1",), "E2": ("P1",)}

    same = found({"E1": "grand", "E3": ("good", "")}, GRAND, GOOD, people=people)

    assert same.departing == []
    assert same.tied == ["E3"]


def test_who_of_equals_gets_it_is_a_tie():
    same = found({"E1": "grand", "E2": "good", "E3": "third"}, GRAND, GOOD, tier("third"))

    assert (same.departing, same.tied) == ([], ["E3"])


@pytest.mark.parametrize(
    ("choices", "empty"),
    [
        ({}, ["grand", "good"]),
        ({"E1": "good"}, ["grand"]),
        ({"E1": "grand", "E2": "good"}, []),
        ({"E1": "grand"}, ["good"]),
    ],
)
def test_award_not_given(choices, empty):
    assert found(choices, GRAND, GOOD).empty == empty


def test_award_nobody_is_left_for_is_not_empty():
    assert (
        found({"E1": "grand", "E2": "good", "E3": "good", "E4": "good"}, GRAND, tier("good", count=9)).empty
        == []
    )


def check(choices, *rows, **given):
    return check_choices(choices, outcome=ORDER, tiers=tiers(*rows), **given)


def test_award_of_another_track_is_refused():
    with pytest.raises(CompetitionError):
        check({"E1": Choice("b_prize", "이유")}, tier("b_prize", track=B))


@pytest.mark.usefixtures("english")
def test_one_prize_for_one_person_names_who_holds_what():
    with pytest.raises(PrizeTwice) as refused:
        check(
            {"E1": Choice("good", "이유"), "E2": Choice("grand", "이유")},
            GRAND,
            GOOD,
            people={"E1": ("P1",), "E2": ("P1", "P2")},
        )

    assert refused.value.code == "E1"
    assert "entry E2, which is given “grand”" in str(refused.value)


def test_two_entries_of_one_person_are_allowed_without_the_rule():
    assert check({"E1": Choice("grand"), "E2": Choice("good")}, GRAND, GOOD).departing == []


@pytest.mark.parametrize("no_award", [{}, {"good": " "}])
def test_award_not_given_without_a_reason(no_award):
    with pytest.raises(ReasonMissing) as refused:
        check({"E1": Choice("grand")}, GRAND, GOOD, no_award=no_award)

    assert refused.value.tier == "good"


def test_award_not_given_with_a_reason():
    assert check({"E1": Choice("grand")}, GRAND, GOOD, no_award={"good": "기준 미달"}).empty == ["good"]


def test_departure_without_a_reason():
    with pytest.raises(ReasonMissing) as refused:
        check({"E2": Choice("grand", " ")}, GRAND)

    assert refused.value.code == "E2"
