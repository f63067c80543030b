"""How exact numbers are written down."""

from decimal import Decimal
from fractions import Fraction

import pytest

from competitions.judging.numbers import exact_text, is_workable, printed


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(90), "90"),
        (Fraction(100), "100"),
        (Fraction(175, 2), "87.5"),
        (Fraction(1, 10**6), "0.000001"),
        (Fraction(2, 3), "0.666667"),
        (Fraction(1, 3), "0.333333"),
        (Fraction(5, 10**7), "0.000001"),
        (Fraction(49, 10**8), "0"),
        (Fraction(999_999_999, 10**7), "100"),
        (Fraction(10**30), "1" + "0" * 30),
    ],
)
def test_printed(number, text):
    assert printed(number) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [("85.50", "85.5"), ("85", "85"), ("100", "100"), ("1E+2", "100"), ("0.000000100", "0.0000001")],
)
def test_exact_text(number, text):
    assert exact_text(Decimal(number)) == text


@pytest.mark.parametrize(
    ("number", "workable"),
    [("1E+20", True), ("1E+21", False), ("1E-20", True), ("1E-21", False), ("0", True), ("-Infinity", False)],
)
def test_is_workable(number, workable):
    assert is_workable(Decimal(number)) is workable
