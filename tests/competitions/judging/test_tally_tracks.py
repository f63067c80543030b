"""Criteria of one track: its entries alone are judged by them."""

from decimal import Decimal
from fractions import Fraction

import pytest

from competitions.judging.errors import CriterionOfOtherTrack
from competitions.judging.records import Contest, Criterion, Entry, Mark, Round
from competitions.judging.report import as_json
from competitions.judging.tally import compute


def criterion(code, most, **fields):
    return Criterion(code=code, max=Decimal(most), **fields)


def contest(*points, rounds=None, entries=("A", "B")):
    """Entry A in track a, B in track b; idea (40) for all, cost (60) for a, use (10) for b."""
    criteria = (criterion("idea", 40), criterion("cost", 60, track="a"), criterion("use", 10, track="b"))
    return Contest(
        competition="c",
        rounds=rounds or (Round(code="r", criteria=criteria),),
        judges=("j1",),
        entries=tuple(Entry(code=code, track=code.lower()) for code in entries),
        marks=tuple(
            Mark(
                round=round_,
                judge="j1",
                entry=entry,
                criterion=code,
                points=None if given is None else Decimal(given),
            )
            for round_, entry, code, given in points
        ),
    )


def outcomes(given):
    return {entry.code: entry for entry in compute(given).entries}


def test_score_is_out_of_the_points_of_the_entrys_track():
    given = contest(
        ("r", "A", "idea", 20), ("r", "A", "cost", 30), ("r", "B", "idea", 40), ("r", "B", "use", 5)
    )

    found = outcomes(given)

    assert (found["A"].total, found["B"].total) == (Fraction(50), Fraction(90))
    assert set(found["B"].rounds["r"].criteria) == {"idea", "use"}


def test_required_criterion_of_another_track_leaves_nobody_unscored():
    found = outcomes(contest(("r", "B", "idea", 40), ("r", "B", "use", 10)))

    assert (found["A"].status, found["B"].total) == ("unscored", Fraction(100))


def test_skipped_criterion_of_the_own_track_is_never_zero():
    criteria = (criterion("idea", 40), criterion("bonus", 10, track="a", required=False))
    rounds = (Round(code="r", criteria=criteria),)

    found = outcomes(contest(("r", "A", "idea", 36), ("r", "A", "bonus", None), rounds=rounds, entries=["A"]))

    assert found["A"].total == Fraction(90)


def test_mark_on_a_criterion_of_another_track_is_refused():
    with pytest.raises(CriterionOfOtherTrack, match=r"entry B, criterion cost: .* track a only"):
        compute(contest(("r", "B", "cost", 1)))


def test_round_of_one_track_is_left_out_of_the_totals_of_others():
    rounds = (
        Round(code="r", criteria=(criterion("idea", 40),), weight=Decimal(70)),
        Round(code="show", criteria=(criterion("talk", 10, track="a"),), weight=Decimal(30)),
    )
    given = contest(("r", "A", "idea", 40), ("show", "A", "talk", 5), ("r", "B", "idea", 30), rounds=rounds)

    found = outcomes(given)

    assert (found["A"].total, found["B"].total) == (Fraction(85), Fraction(75))
    assert list(found["B"].rounds) == ["r"]


def test_entry_that_no_round_judges_is_unscored():
    rounds = (Round(code="r", criteria=(criterion("cost", 60, track="a"),)),)

    found = outcomes(contest(("r", "A", "cost", 60), rounds=rounds))

    assert (found["B"].total, found["B"].place, found["B"].rounds) == (None, None, {})


def test_method_names_the_track_only_where_there_is_one():
    method = as_json(compute(contest()))["method"]

    assert [each.get("track") for each in method["rounds"][0]["criteria"]] == ["a", None, "b"]
