"""Findings about each described blank: its options, pattern, default and example."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from casebook.content.fields import Flag
from casebook.content.markers import N_
from casebook.content.numbers import decimal_text
from casebook.content.problems import Problem
from casebook.lint.findings import Finding, Fix, Term
from casebook.lint.patterns import is_expression, is_slow

Content = Mapping[str, Any]
Variable = Mapping[str, Any]
_CHOICES = frozenset({"select", "multiselect"})
_LONGEST_TRIED = 200  # a pattern is tried on values up to this length
_SEPARATORS = re.compile(r"[,\n]")


def find_described(content: Content) -> Iterator[Finding]:
    for number, variable in enumerate(content["variables"]):
        yield from _one(variable, f"variables.{number}")


def _one(variable: Variable, path: str) -> Iterator[Finding]:
    named = {"blank": variable["key"]}
    pattern = variable.get("pattern", "")
    sound = not pattern or is_expression(pattern)
    slow = sound and bool(pattern) and is_slow(pattern)
    if not sound or slow:
        yield Finding("slow_pattern" if slow else "bad_pattern", f"{path}.pattern", params=named)
    if variable["type"] in _CHOICES:
        yield from _choice(variable, path, named)
        return
    tried = pattern if sound and not slow else ""
    for field in ("default", "example"):
        reason = _misfit(variable, variable[field], tried)
        if reason:
            yield Finding(f"{field}_misfit", f"{path}.{field}", params={**named, "reason": Term(reason)})


def _choice(variable: Variable, path: str, named: Mapping[str, object]) -> Iterator[Finding]:
    options = variable["options"]
    if not options:
        yield Finding("no_options", f"{path}.options", params=named)
        return
    missing = [value for value in _chosen(variable, variable["default"]) if value not in options]
    if missing:
        longer = {f"{path}.options": [*options, *missing]}
        fix = Fix("set", N_("Add it to the options"), {"values": longer}) if _fit(missing) else None
        yield Finding("default_not_option", f"{path}.default", params=named, fix=fix)
    if any(value not in options for value in _chosen(variable, variable["example"])):
        params = {**named, "reason": Term(N_("It is not among the options."))}
        yield Finding("example_misfit", f"{path}.example", params=params)


def _chosen(variable: Variable, value: str) -> list[str]:
    if variable["type"] == "select" or value in variable["options"]:
        return [value] if value else []
    return [part.strip() for part in _SEPARATORS.split(value) if part.strip()]


def _fit(values: list[str]) -> bool:
    return all(len(value) <= 200 and "\n" not in value for value in values)


def _misfit(variable: Variable, value: str, pattern: str) -> str:
    """Return why a value does not fit its blank, or ""."""
    if not value:
        return ""
    if variable["max_length"] is not None and len(value) > variable["max_length"]:
        return N_("It is longer than the maximum length.")
    if not _FITS.get(variable["type"], bool)(value):
        return _REASONS[variable["type"]]
    if pattern and len(value) <= _LONGEST_TRIED and not re.fullmatch(pattern, value):
        return N_("It does not match the pattern.")
    return ""


def _is_number(value: str) -> bool:
    try:
        decimal_text(value)
    except ValueError:
        return False
    return True


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == 10


def _is_yes_or_no(value: str) -> bool:
    found: list[Problem] = []
    Flag().clean(value, "", found)
    return not found


_FITS: dict[str, Callable[[str], bool]] = {"number": _is_number, "date": _is_date, "bool": _is_yes_or_no}
_REASONS = {
    "number": N_("It is not a number."),
    "date": N_("Write a date as 2026-03-01."),
    "bool": N_("Write yes or no."),
}
