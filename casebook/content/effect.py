"""What a case saves."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

_NEEDED = ("minutes_before", "minutes_after", "review_minutes", "cases_per_month", "adoption_rate")


def hours_saved_per_month(effect: Mapping[str, Any]) -> Decimal | None:
    """Return (before - after - review) x cases per month x adoption rate / 60, in hours.

    effect: the "effect" of a cleaned case, decimal text in minutes, cases a month, and a rate 0..1.
    Returns None when any of the five is missing, because missing is never zero; negative when time is lost.
    """
    texts = [effect.get(name) for name in _NEEDED]
    if any(text is None for text in texts):
        return None
    before, after, review, cases, rate = (Decimal(text) for text in texts if text is not None)
    return (before - after - review) * cases * rate / 60
