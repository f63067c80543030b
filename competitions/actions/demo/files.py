"""The demo's files, and a contest of theirs as the file that `import_competition` takes."""

from datetime import timedelta
from pathlib import Path

import yaml
from django.utils.timezone import localtime

from competitions.actions.calls.templates import template_call

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).resolve().parents[2] / "demo"
CALL_KEYS = (
    "slug", "title", "kind", "profile", "call", "contact", "tracks", "judges", "rounds", "awards", "scoring",
    "one_prize_per_person",
)  # fmt: skip
OFFICE_HOURS = {"announced": 9, "opens": 9, "closes": 18}
# Of a round: key of the demo's file -> (key of a contest file, hour).
ROUND_DAYS = {
    "due_in_days": ("due_at", 18),
    "votes_from_in_days": ("votes_from", 9),
    "votes_until_in_days": ("votes_until", 18),
}


def read(name):
    return yaml.load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506  safe, and in C


def call_file(given, *, at):
    """The contest's own words over those of its template, its dates counted from today."""
    dates = {
        f"{name}_at": office_time(at, given[f"{name}_in_days"], hour).isoformat()
        for name, hour in OFFICE_HOURS.items()
    }
    closes_at = at + timedelta(days=given["closes_in_days"])
    template = template_call(given["template"], closes_at=closes_at) if "template" in given else {}
    record = template | {key: given[key] for key in CALL_KEYS if key in given} | dates
    record["plan"] = template.get("plan", {}) | given.get("plan", {})
    record["rounds"] = [_with_dates(round_, at=at) for round_ in record["rounds"]]
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False).encode()


def _with_dates(round_, *, at):
    dates = {
        name: office_time(at, round_[days], hour).isoformat()
        for days, (name, hour) in ROUND_DAYS.items()
        if days in round_
    }
    return {key: value for key, value in round_.items() if key not in ROUND_DAYS} | dates


def office_time(at, days, hour=9):
    return localtime(at + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
