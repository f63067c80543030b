"""The dates of a call as a picture on one line and as a list, with days off and how long the call stands."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from competitions.actions.calls.calendar import (
    days_off,
    first_day,
    last_day,
    marks_of,
    standing_days,
)
from competitions.contest_files.moments import SEOUL
from competitions.rules.before_announcing import NOTICE
from competitions.rules.facts import FULL

# The picture, in its own units.
WIDTH, MARGIN, TOP, ROW = 400, 12, 16, 14
ROWS = 3  # numbers of dates close together stand above one another
DAY = timedelta(days=1)


def dates_of(record, *, at, announced_at=None):
    """Return {"marks", "days_off", "notes", ...} for templates; marks are empty while no date is given."""
    marks = marks_of(record)
    if not marks:
        return {"marks": [], "notes": []}
    first = first_day(marks[0].at)
    last = max(last_day(mark.until or mark.at) for mark in marks)
    line = _Line(first, max(last, first))
    return {
        "width": WIDTH,
        "height": TOP + ROWS * ROW + MARGIN,
        "base": TOP + ROWS * ROW,
        "marks": [line.mark(number, mark) for number, mark in enumerate(marks, start=1)],
        "days_off": [line.day_off(each) for each in days_off(first, last)],
        "notes": _notes(record, since=announced_at or at, is_announced=bool(announced_at)),
    }


def _notes(record, *, since, is_announced):
    days = standing_days(record, since=since)
    if days is None:
        return [_("No closing time lies ahead.")]
    words = {"days": days, "asked": NOTICE.days}
    if is_announced:
        told = _("The call stands %(days)s full days before the first deadline.")
    else:
        told = _("Announced now, the call stands %(days)s full days before the first deadline.")
    notes = [told % words]
    if record.profile == FULL:
        notes.append(_("The full rules ask for %(asked)s (Article 5(1)).") % words)
    return notes


class _Line:
    """Days as places on the picture."""

    def __init__(self, first, last):
        self.begin = datetime.combine(first, time(), tzinfo=SEOUL)
        self.length = datetime.combine(last, time(), tzinfo=SEOUL) + DAY - self.begin

    def place(self, at):
        share = (at - self.begin) / self.length
        return round(MARGIN + min(max(share, 0), 1) * (WIDTH - 2 * MARGIN), 1)

    def mark(self, number, mark):
        x, end = self.place(mark.at), self.place(mark.until or mark.at)
        y = TOP + (ROWS - 1 - (number - 1) % ROWS) * ROW
        return {"number": number, "mark": mark, "x": str(x), "y": str(y), "wide": str(round(end - x, 1))}

    def day_off(self, off):
        begin = datetime.combine(off.day, time(), tzinfo=SEOUL)
        x, end = self.place(begin), self.place(begin + DAY)
        return {"x": str(x), "wide": str(round(end - x, 1)), "holiday": off.holiday}
