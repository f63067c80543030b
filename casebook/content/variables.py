"""Rules for the declared blanks of a prompt."""

import re
from typing import Any

from casebook.content.markers import N_
from casebook.content.problems import Problem

BLANK_KEY = re.compile(r"[가-힣A-Za-z_][가-힣A-Za-z0-9_]*")
_WITH_OPTIONS = frozenset({"select", "multiselect"})


def check_variables(variables: list[dict[str, Any]], found: list[Problem]) -> None:
    """Note wrong and repeated keys and empty choices; an empty label becomes the key."""
    seen: set[str] = set()
    for index, variable in enumerate(variables):
        path = f"variables.{index}"
        variable["label"] = variable["label"] or variable["key"]
        _check_key(variable["key"], seen, f"{path}.key", found)
        if variable["type"] in _WITH_OPTIONS and not variable["options"]:
            found.append(Problem(f"{path}.options", N_("%(field)s: list the options to choose from.")))


def _check_key(key: str, seen: set[str], path: str, found: list[Problem]) -> None:
    if not BLANK_KEY.fullmatch(key):
        msgid = N_(
            "%(field)s: “%(value)s” cannot name a blank. Use letters, digits and _ without spaces, "
            "and begin with a letter."
        )
        found.append(Problem(path, msgid, {"value": key}))
    if key in seen:
        msgid = N_("%(field)s: “%(value)s” is declared twice. Keep one of them.")
        found.append(Problem(path, msgid, {"value": key}))
    seen.add(key)
