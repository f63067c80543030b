"""Numbers as people type them, taken exactly or not at all."""

import re
import unicodedata
from decimal import Decimal

PLAIN_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,6})?")
WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")
GROUPED_NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
NEGATIVE_NUMBER = re.compile(r"[-\u2212]\s*[0-9]+(\.[0-9]+)?")


def folded(text: str) -> str:
    """Turn full-width digits and signs into plain ones and cut surrounding spaces."""
    return unicodedata.normalize("NFKC", text).strip()


def plain_decimal(text: str) -> Decimal | None:
    """Return the number, or None when it is not up to 9 digits with up to 6 decimals.

    Signs, exponents, NaN and thousands commas are not taken.
    """
    number = folded(text)
    return Decimal(number) if PLAIN_NUMBER.fullmatch(number) else None


def signed_decimal(text: str) -> Decimal | None:
    """Return a number as plain_decimal does, taking a minus sign before it too."""
    written = folded(text).replace("\u2212", "-")
    number = plain_decimal(written.removeprefix("-"))
    return -number if number is not None and written.startswith("-") else number


def plain_text(number: Decimal) -> str:
    """Write a number in full without trailing zeros: 40.00 -> "40"."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def whole_number(text: str) -> int | None:
    """Return the number, or None when it is not one to six digits."""
    number = folded(text)
    return int(number) if WHOLE_NUMBER.fullmatch(number) else None


def has_thousands_comma(text: str) -> bool:
    """Say whether the text is a number with thousands commas."""
    return GROUPED_NUMBER.fullmatch(folded(text)) is not None


def is_negative(text: str) -> bool:
    """Say whether the text is a number below zero."""
    return NEGATIVE_NUMBER.fullmatch(folded(text)) is not None
