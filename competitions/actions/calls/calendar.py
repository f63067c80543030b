"""The dates of a call on one line: which fall on days without office, and how long the call stands."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

import holidays
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from competitions.contest_files.moments import SEOUL

LONGEST_DRAWN = 400  # days; beyond, days off would be thinner than a line
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A date of a call. until: None = one moment. notes: sentences about the days it falls on."""

    name: str
    at: datetime
    until: datetime | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOff:
    """A day without office. holiday: its name, "" = only a weekend."""

    day: date
    holiday: str = ""


def marks_of(record):
    """Return the dates of a call in their order; those not given yet are left out."""
    ends = [(_("Entries close"), record.closes_at)]
    ends += [(_("Track “%(name)s” closes") % {"name": each.name}, each.closes_at) for each in record.tracks]
    marks = [Mark(name=name, at=at, notes=notes_of(last_day(at))) for name, at in ends if at]
    if record.opens_at:
        marks.append(
            Mark(name=_("Entries open"), at=record.opens_at, notes=notes_of(first_day(record.opens_at)))
        )
    marks += [
        Mark(name=each.name, at=each.at, until=each.until, notes=_notes_of_span(each))
        for each in record.dates
    ]
    return sorted(marks, key=lambda mark: mark.at)


def _notes_of_span(given):
    if given.until is None:
        return notes_of(first_day(given.at))
    first, last = first_day(given.at), last_day(given.until)
    if first == last:
        return notes_of(first)
    begins = [_("Begins: %(note)s") % {"note": note} for note in notes_of(first)]
    return (*begins, *(_("Ends: %(note)s") % {"note": note} for note in notes_of(last)))


def first_day(at):
    return at.astimezone(SEOUL).date()


def last_day(at):
    """The day a time limit belongs to: 00:00 ends the day before."""
    return (at.astimezone(SEOUL) - timedelta(microseconds=1)).date()


def notes_of(day):
    """Return why there is no office on this day: a public holiday, or a day of the weekend."""
    holiday = _holidays(get_language()).get(day)
    if holiday:
        return (_("This is a public holiday (%(holiday)s).") % {"holiday": holiday},)
    if day.weekday() == SATURDAY:
        return (_("This is a Saturday."),)
    return (_("This is a Sunday."),) if day.weekday() == SUNDAY else ()


def days_off(first, last):
    """Return the days without office from first to last; none when they are too many to draw."""
    count = (last - first).days + 1
    if count > LONGEST_DRAWN:
        return []
    names = _holidays(get_language())
    days = (first + timedelta(days=number) for number in range(count))
    return [
        DayOff(day=day, holiday=names.get(day, ""))
        for day in days
        if day.weekday() >= SATURDAY or day in names
    ]


def standing_days(record, *, since):
    """Return how many full days the call stands before its first deadline; None without one ahead."""
    own = [each.closes_at for each in record.tracks if each.closes_at]
    ends = [each for each in (*own, record.closes_at) if each and each > since]
    return (min(ends) - since).days if ends else None


@lru_cache(maxsize=2)
def _holidays(language):
    return holidays.country_holidays("KR", language="ko" if language == "ko" else "en_US")
