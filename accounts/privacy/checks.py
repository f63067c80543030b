"""What the digits of a number must satisfy. Each check has its twin in static/js/privacy.js."""

import re
from collections.abc import Callable

DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
BUSINESS_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
# Digits a card may have: its first digits (ISO/IEC 7812 and the 9 of Korean domestic cards).
CARD_STARTS = {
    13: "4",
    14: "3(?:0[0-5]|[689])",
    15: "3[47]|2131|1800",
    16: "[4569]|3[5-9]|2(?:2[2-9]|[3-6]|7[01]|720)",
    17: "5[06-8]|6",
    18: "5[06-8]|6",
    19: "4|5[06-8]|6|35",
}
_card_starts = {length: re.compile(start) for length, start in CARD_STARTS.items()}


def resident(found: str) -> bool:
    return _registered(found, "012349")


def foreigner(found: str) -> bool:
    return _registered(found, "5678")


def _registered(found: str, kinds: str) -> bool:
    """A date and the digit for century and sex. No checksum: numbers given since October 2020 have none."""
    number = digits(found)
    century = number[:2] if len(number) == 15 else ""
    number = number[-13:]
    if len(number) != 13 or number[6] not in kinds or found.count("\n") > 1:
        return False
    if century and number[6] not in ("1256" if century == "19" else "3478"):
        return False
    return is_day(int(number[2:4]), int(number[4:6]))


def is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= DAYS[month - 1]


def card(found: str) -> bool:
    number = digits(found)
    start = _card_starts.get(len(number))
    return bool(start and start.match(number)) and luhn(number)


def luhn(number: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0 and len(set(number)) > 1


def business(found: str) -> bool:
    number = [int(digit) for digit in digits(found)]
    if len(number) != 10:
        return False
    total = sum(digit * weight for digit, weight in zip(number, BUSINESS_WEIGHTS, strict=False))
    return (10 - (total + number[8] * 5 // 10) % 10) % 10 == number[9]


def account(found: str) -> bool:
    """10 to 16 digits that are no dates, no years and no mobile number."""
    number = digits(found)
    dates = re.match(r"(?:19|20)[0-9]{2}[^0-9]+[01]?[0-9][^0-9]+[0-3]?[0-9](?![0-9])", found)
    groups = re.findall("[0-9]+", found)
    years = all(re.fullmatch("(?:19|20)[0-9]{2}", group) for group in groups)
    return 10 <= len(number) <= 16 and not dates and not years and not re.match("01[016-9]", number)


def digits(found: str) -> str:
    return re.sub("[^0-9]", "", found)


CHECKS: dict[str, Callable[[str], bool]] = {
    "resident": resident,
    "foreigner": foreigner,
    "card": card,
    "business": business,
    "account": account,
}
