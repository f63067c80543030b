"""The shape of the tests that travel with a prompt."""

import re
from collections.abc import Mapping
from typing import Any

from casebook.content.fields import Choice, Line, Text
from casebook.content.markers import N_
from casebook.content.problems import Problem
from casebook.content.shapes import Group, Items
from casebook.content.text import normal_text
from casebook.content.variables import BLANK_KEY

ASSERTIONS = (
    "contains",
    "not_contains",
    "equals",
    "starts_with",
    "ends_with",
    "pattern",
    "min_length",
    "max_length",
    "json",
    "all_blanks_used",
)
_LONGEST = 200_000


class Values:
    """Values for blanks: {key: text}."""

    def clean(self, value: Any, path: str, found: list[Problem]) -> dict[str, str]:
        if not isinstance(value, Mapping):
            if value is not None:
                found.append(Problem(path, N_("%(field)s: a group of named values is expected here.")))
            return {}
        return {
            str(key): normal_text(text_of(each))[:_LONGEST] for key, each in value.items() if _is_key(key)
        }


TESTS = Items(
    Group(
        {
            "name": Line(200),
            "inputs": Values(),
            "expected": Text(exact=True),
            "assertions": Items(Group({"kind": Choice(ASSERTIONS), "value": Text(10_000, exact=True)}), 100),
            "judgement": Text(10_000),
        }
    ),
    200,
)


def clean_tests(given: Any, found: list[Problem]) -> list[dict[str, Any]]:
    """Return tests in their one form, each with a name; problems go to `found`."""
    tests: list[dict[str, Any]] = TESTS.clean(given, "tests", found)
    for number, test in enumerate(tests, start=1):
        test["name"] = test["name"] or str(number)
    return tests


def text_of(value: Any) -> str:
    """A value of any kind as a person would type it."""
    if value is None:
        return ""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)


def _is_key(key: Any) -> bool:
    return isinstance(key, str) and len(key) <= 100 and re.fullmatch(BLANK_KEY, key) is not None
