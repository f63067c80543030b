"""Numbers as exact decimal text: "1,200" -> "1200", 2.50 -> "2.5"."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_PLAIN = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_LARGEST = 15
_SMALLEST = -20
_LONGEST = 60


def decimal_text(value: object) -> str:
    """Return the number as plain decimal text without exponent or trailing zeros.

    value: int, float, Decimal or text; thousands may be grouped by commas, a percentage ends in "%".
    Raises ValueError when it is no finite number or has an absurd size.
    """
    number = _read(value)
    if not number.is_finite():
        raise ValueError(value)
    if number and not _SMALLEST <= number.adjusted() <= _LARGEST:
        raise ValueError(value)
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "", "-") else text


def _read(value: object) -> Decimal:
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int | float):
        return Decimal(repr(value))
    return _read_text(unicodedata.normalize("NFKC", str(value)).strip().replace("\u2212", "-"))


def _read_text(text: str) -> Decimal:
    percent = text.endswith("%")
    text = text.removesuffix("%").rstrip()
    if len(text) > _LONGEST or not (_GROUPED.fullmatch(text) or _PLAIN.fullmatch(text)):
        raise ValueError(text)
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise ValueError(text) from error
    return number.scaleb(-2) if percent else number
