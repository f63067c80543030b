"""Exact numbers and how they are written down."""

from decimal import Decimal
from fractions import Fraction

PRINTED_PLACES = 6
DIGITS_EITHER_SIDE = 20


def is_workable(number: Decimal) -> bool:
    """Say whether a number is finite and within twenty digits either side of the point."""
    if not number.is_finite():
        return False
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and (
        exponent >= -DIGITS_EITHER_SIDE and number.adjusted() <= DIGITS_EITHER_SIDE
    )


def exact_text(number: Decimal) -> str:
    """Write a decimal in full, without exponent and trailing zeros: 85.50 -> "85.5"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def half_up(number: Fraction, *, places: int) -> Fraction:
    """Round to decimals, halves away from zero: 0.125 -> 0.13 and -0.125 -> -0.13 with two places."""
    scale = 10**places
    rounded = (2 * abs(number.numerator) * scale + number.denominator) // (2 * number.denominator)
    return Fraction(rounded if number >= 0 else -rounded, scale)


def printed(number: Fraction) -> str:
    """Write a number with at most six decimals, halves rounded away from zero.

    Trailing zeros are left out: 175/2 -> "87.5", 90 -> "90", 2/3 -> "0.666667".
    """
    scale = 10**PRINTED_PLACES
    top, bottom = number.numerator, number.denominator
    rounded = (2 * abs(top) * scale + bottom) // (2 * bottom)
    whole, decimals = divmod(rounded, scale)
    sign = "-" if top < 0 and rounded else ""
    return f"{sign}{whole}.{decimals:0{PRINTED_PLACES}d}".rstrip("0").rstrip(".")


def best_first(number: Fraction) -> tuple[int, Fraction]:
    """Return a key that sorts the highest number first.

    Whole numbers settle nearly every comparison faster than fractions do.
    """
    return -(number.numerator * 2**64 // number.denominator), -number


def decimals_of(number: Decimal) -> int:
    """Count the digits after the point."""
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def scaled(number: Decimal, *, places: int) -> int:
    """Return number x 10**places, exactly; places must cover every decimal of number."""
    ratio = Fraction(number) * 10**places
    return ratio.numerator
