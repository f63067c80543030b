"""The total a judge sees while scoring, under both rules."""

from decimal import Decimal

import pytest

from competitions.models import Criterion
from competitions.views.judging.totals import as_points, rounded, totals_of

SUM, PERCENT = {"total": "sum_of_points"}, {}


def criterion(most, *, weight=1, required=True):
    return Criterion(max_points=Decimal(most), weight=Decimal(weight), required=required)


def totals(*given, scoring=PERCENT):
    return totals_of(given, scoring=scoring)


def test_nothing_scored_has_no_total():
    found = totals((criterion(40), None), (criterion(60), ""))

    assert (found.reached, found.reachable, found.most, found.missing) == (None, None, 100, 2)
    assert found.share_text == ""


def test_a_zero_is_a_score():
    assert totals((criterion(40), "0"), (criterion(60), None)).reached == 0


def test_weights_count():
    found = totals((criterion(40, weight=2), "30"), (criterion(60), "30.5"))

    assert (found.reached_text, found.most_text, found.share_text) == ("90.5", "140", "64.64")


def test_a_skipped_optional_criterion_does_not_lower():
    found = totals((criterion(100), "80"), (criterion(10, required=False), None))

    assert (found.most_text, found.share_text) == ("100", "80")


@pytest.mark.parametrize(
    ("bonus", "effect", "share"),
    [(None, "40", "85.56"), ("5", "40", ""), (None, None, "")],
    ids=["skipped", "given", "required missing"],
)
def test_share_of_a_sum(bonus, effect, share):
    """70 of 90 points, the bonus of 20 skipped: 70 / 90 of the 110 that can be reached."""
    given = [(criterion(40), "30"), (criterion(50), effect), (criterion(20, required=False), bonus)]

    assert totals(*given, scoring=SUM).share_text == share


@pytest.mark.parametrize("typed", [None, "", "-", "NaN", "Infinity", "1e400", "결시"])
def test_what_is_no_points_counts_as_none(typed):
    assert as_points(typed) is None


@pytest.mark.parametrize(
    ("number", "text"), [("0.005", "0.01"), ("-0.001", "0"), ("12.345", "12.35"), ("80.10", "80.1")]
)
def test_rounded_halves_away_from_zero(number, text):
    assert rounded(Decimal(number)) == text
