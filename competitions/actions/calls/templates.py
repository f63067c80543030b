"""Calls to begin with: competitions/call_templates/*.yaml, their dates counted from today in working days."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path

import holidays
import yaml
from django.utils.timezone import now
from django.utils.translation import gettext as _

from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.moments import SEOUL
from competitions.errors import CompetitionError

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).resolve().parents[2] / "call_templates"
CODES = ("departmental", "resident", "learning_group", "showcase")
MORNING, EVENING = time(9), time(18)  # office hours


@dataclass(frozen=True, slots=True, kw_only=True)
class CallTemplate:
    """A template as its choice shows it."""

    code: str
    name: str
    summary: str


def call_templates():
    """The templates, in the order they are offered."""
    return [
        CallTemplate(code=code, **{key: _head(code)[key] for key in ("name", "summary")}) for code in CODES
    ]


def from_template(code, at):
    """Return a template's record: without slug, its title with the year, its dates on working days after at."""
    if code not in CODES:
        raise CompetitionError(_("There is no such template. Choose one of those shown."))
    head, call = _documents(code)
    opens_at = _moment(at, head["opens_in_days"], MORNING)
    call |= {
        "slug": code,
        "title": f"{opens_at.year} {call['title']}",
        "opens_at": opens_at.isoformat(),
        "closes_at": _moment(at, head["closes_in_days"], EVENING).isoformat(),
        "dates": [_date(given, at=at) for given in head.get("dates", [])],
    }
    content = yaml.safe_dump(call, allow_unicode=True, sort_keys=False).encode()
    return replace(read_competition(content), slug="")


def template_call(code, *, closes_at):
    """Return a template's call as its file says it, its later dates as far behind this close as behind its own."""
    head, call = _documents(code)
    start = closes_at - timedelta(days=head["closes_in_days"])
    return call | {"dates": [_date(given, at=start) for given in head.get("dates", [])]}


def usual_terms():
    """The consents of the template for residents: they cover what the full rules ask."""
    return from_template("resident", now()).terms


def working_day(day):
    """Return the day itself or the next one on which Korean offices are open."""
    closed = holidays.country_holidays("KR")
    while day.weekday() >= 5 or day in closed:
        day += timedelta(days=1)
    return day


def _date(given, *, at):
    begins = _moment(at, given["in_days"], MORNING)
    ends = _moment(at, given.get("until_in_days", given["in_days"]), EVENING)
    return {"name": given["name"], "at": begins.isoformat(), "until": ends.isoformat()}


def _moment(at, days, hour):
    day = working_day(at.astimezone(SEOUL).date() + timedelta(days=days))
    return datetime.combine(day, hour, tzinfo=SEOUL)


def _head(code):
    return _documents(code)[0]


def _documents(code):
    """A template is two YAML documents: what the choice shows and the days, then the call."""
    text = (FOLDER / f"{code}.yaml").read_text(encoding="utf-8")
    return list(yaml.load_all(text, Loader=LOADER))
