"""The demo's files, and a contest of theirs as the file that `import_competition` takes."""

from datetime import timedelta
from pathlib import Path

import yaml
from django.utils.timezone import localtime

from competitions.actions.calls.templates import template_call

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
FOLDER = Path(__file__).resolve().parents[2] / "demo"
CALL_KEYS = ("slug", "title", "kind", "profile", "call", "contact", "tracks", "judges", "rounds", "awards")
OFFICE_HOURS = {"announced": 9, "opens": 9, "closes": 18}


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
    return yaml.safe_dump(record, allow_unicode=True, sort_keys=False).encode()


def office_time(at, days, hour=9):
    return localtime(at + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
