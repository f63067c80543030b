"""Dates and times as Korean offices write them."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from competitions.contest_files.numbers import folded

SEOUL = ZoneInfo("Asia/Seoul")
FIRST_YEAR, LAST_YEAR = 1900, 2999
LONGEST_MOMENT = 50

MOMENT = re.compile(
    r"""
    (?P<year>[0-9]{4}) \s*[-./]\s* (?P<month>[0-9]{1,2}) \s*[-./]\s* (?P<day>[0-9]{1,2}) \s*\.?
    (?: \s*\([월화수목금토일]\) )?
    (?:
        (?:[Tt]|\s*) (?P<half>오전|오후)? \s*
        (?P<hour>[0-9]{1,2}) : (?P<minute>[0-9]{2})
        (?: : (?P<second>[0-9]{2}) (?:\.(?P<fraction>[0-9]{1,6})[0-9]*)? )?
        \s* (?P<zone>[Zz]|[+-][0-9]{1,2}(?::?[0-9]{2})?)?
    )?
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant with its zone; has_time is False when only a date was written (then 00:00)."""

    at: datetime
    has_time: bool


def read_moment(text: str) -> Moment | None:
    """Return the instant a text names, in Seoul time unless it says otherwise; None if it does not.

    Takes 2026-05-12, 2026-05-12 18:00, 2026-05-12T18:00:00+09:00, 2026. 5. 12. 18:00,
    2026. 5. 12.(화) 오후 6:00 and 24:00 for the end of a day.
    """
    written = folded(text)
    # The pattern's runs of spaces would take too long over a long text.
    found = MOMENT.fullmatch(written) if len(written) <= LONGEST_MOMENT else None
    if found is None or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    # A day and an hour run together ("2026-05-1218:00") would be a guess.
    if found["hour"] and written[found.end("day") : found.start("hour")] == "":
        return None
    try:
        return Moment(at=instant(found), has_time=found["hour"] is not None)
    except ValueError:
        return None


def instant(found: re.Match[str]) -> datetime:
    """Return the instant of a match. Raises ValueError for a day or time that does not exist."""
    hour = hour_of(found)
    ends_day = hour == 24 and int(found["minute"]) == 0 and int(found["second"] or 0) == 0
    start = datetime(
        int(found["year"]),
        int(found["month"]),
        int(found["day"]),
        0 if ends_day else hour,
        int(found["minute"] or 0),
        int(found["second"] or 0),
        int((found["fraction"] or "").ljust(6, "0")),
        tzinfo=zone_of(found["zone"]),
    )
    return start + timedelta(days=1) if ends_day else start


def hour_of(found: re.Match[str]) -> int:
    """Return the hour, 0..24. Raises ValueError for 오후 13:00 and the like."""
    hour = int(found["hour"] or 0)
    if found["half"] is None:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError("오전 and 오후 go with the hours 1 to 12.")
    return hour % 12 + (12 if found["half"] == "오후" else 0)


def zone_of(text: str | None) -> tzinfo:
    """Return the zone of an offset; none means Seoul. Raises ValueError beyond a day."""
    if text is None:
        return SEOUL
    if text in "Zz":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset)
