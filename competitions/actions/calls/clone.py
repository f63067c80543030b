"""A past contest as the start of the next one."""

import re
from dataclasses import replace
from datetime import timedelta

from competitions.actions.calls.records import record_of

# A contest comes again after a year; whole weeks keep its days of the week.
A_YEAR = timedelta(weeks=52)
YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def cloned(competition, at):
    """Return the record of the next contest: dates a year of weeks later or more, opening in the future.

    Judges, announcement, state and address are not taken over; a year in the title moves along.
    """
    record = record_of(competition)
    years = max(1, (at - record.opens_at) // A_YEAR + 1)
    moved = years * A_YEAR
    return replace(
        record,
        slug="",
        title=YEAR.sub(lambda found: str(int(found[0]) + years), record.title),
        announced_at=None,
        opens_at=record.opens_at + moved,
        closes_at=record.closes_at + moved,
        tracks=tuple(replace(each, closes_at=_later(each.closes_at, moved)) for each in record.tracks),
        dates=tuple(
            replace(each, at=each.at + moved, until=_later(each.until, moved)) for each in record.dates
        ),
        judges=(),
    )


def _later(moment, moved):
    return moment + moved if moment else None
