"""Rules for what a prompt names outside itself: its short command, the prompts of its steps and parts."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from casebook.content.markers import N_
from casebook.content.problems import Problem
from casebook.content.variables import BLANK_KEY

COMMAND = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def check_command(command: str, found: list[Problem]) -> None:
    if command and not COMMAND.fullmatch(command):
        msgid = N_("%(field)s: use small letters a to z, digits and single hyphens, such as complaint-reply.")
        found.append(Problem("command", msgid))


def check_links(content: Mapping[str, Any], found: list[Problem]) -> None:
    """Steps and parts name one version of one prompt; a part's name is used once."""
    for index, step in enumerate(content.get("steps", [])):
        _check_link(step["prompt"], f"steps.{index}.prompt", found)
    seen: set[str] = set()
    for index, part in enumerate(content.get("parts", [])):
        _check_link(part, f"parts.{index}", found)
        if not BLANK_KEY.fullmatch(part["name"]) or part["name"] in seen:
            msgid = N_("%(field)s: give each part a name of its own, with letters, digits and _ only.")
            found.append(Problem(f"parts.{index}.name", msgid))
        seen.add(part["name"])


def _check_link(link: Mapping[str, Any], path: str, found: list[Problem]) -> None:
    if not _is_uid(link["uid"]):
        found.append(Problem(f"{path}.uid", N_("%(field)s: say which prompt is meant.")))
    if link["version"] is None:
        found.append(
            Problem(f"{path}.version", N_("%(field)s: say which version is meant; it stays pinned."))
        )


def _is_uid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
