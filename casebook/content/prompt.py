"""The shape and rules of a prompt's content."""

from collections.abc import Mapping
from typing import Any

from casebook.content.choices import (
    CHANNELS,
    CLOSED_SENSITIVITIES,
    GATES,
    ROLES,
    SENSITIVITIES,
    TASK_TYPES,
    TRUST_LEVELS,
    VARIABLE_TYPES,
)
from casebook.content.common import IDENTITY, RIGHTS, check_title, shaped
from casebook.content.fields import Choice, Field, Flag, Line, Number, Position, Text
from casebook.content.links import check_command, check_links
from casebook.content.markers import N_
from casebook.content.problems import ContentRefused, Problem
from casebook.content.shapes import Group, Items, Lines
from casebook.content.variables import check_variables

MESSAGE = Group({"role": Choice(ROLES, default="user"), "content": Text(exact=True)}, lone="content")
VARIABLE = Group(
    {
        "key": Line(100),
        "label": Line(200),
        "help": Text(1_000),
        "type": Choice(VARIABLE_TYPES, default="text"),
        "required": Flag(),
        "default": Text(10_000),
        "example": Text(10_000),
        "options": Lines(200),
        "max_length": Position(),
    },
    lone="key",
    later={"pattern": Line(300), "sensitivity": Choice(SENSITIVITIES)},
)
VERSION_LINK: dict[str, Field] = {"uid": Line(100), "version": Position()}
STEP = Group(
    {
        "title": Line(200),
        "prompt": Group(VERSION_LINK),
        "gate": Choice(GATES, default="human"),
        "check": Text(2_000),
    }
)
PART = Group({"name": Line(100), **VERSION_LINK})
MODEL = Group(
    {
        "name": Line(200),
        "temperature": Number(),
        "top_p": Number(),
        "max_tokens": Number(whole=True),
    },
    optional=True,
)
ORIGIN = Group({**VERSION_LINK, "title": Line(200), "attribution": Text(2_000)}, optional=True)
ADVICE = Group(
    {
        "temporary_chat": Flag(),
        "training_off": Flag(),
        "on_device": Flag(),
        "deidentify": Flag(),
        "no_upload": Flag(),
    }
)
PROMPT = Group(
    {
        **IDENTITY,
        "purpose": Text(),
        "task_type": Choice(TASK_TYPES),
        "audience": Text(2_000),
        "messages": Items(MESSAGE, 200),
        "variables": Items(VARIABLE, 1_000),
        "output_format": Text(),
        "example_input": Text(),
        "example_output": Text(),
        "sensitivity": Choice(SENSITIVITIES, default="open"),
        "channel": Choice(CHANNELS, default="public_ai"),
        "advice": ADVICE,
        "prohibited_inputs": Text(),
        "verification_checklist": Lines(),
        "trust": Choice(TRUST_LEVELS),
        "known_limitations": Text(),
        "ai_disclosure": Text(),
        "language": Line(20),
        **RIGHTS,
    },
    later={
        "command": Line(60),
        "steps": Items(STEP, 50),
        "parts": Items(PART, 50),
        "reusable": Flag(),
        "model": MODEL,
        "output_schema": Text(),
        "forked_from": ORIGIN,
    },
)


def clean_prompt(given: Mapping[str, Any], *, draft: bool = False) -> dict[str, Any]:
    """Return the content with every key of PROMPT; cleaning it again changes nothing.

    draft: accept a prompt that is not finished (no title, no text yet).
    Raises ContentRefused with every problem found.
    """
    found: list[Problem] = []
    content = shaped(given, PROMPT, found)
    check_variables(content["variables"], found)
    check_command(content.get("command", ""), found)
    check_links(content, found)
    _check_channel(content, found)
    if not draft:
        check_title(content, found)
        _check_messages(content, found)
    if found:
        raise ContentRefused(found)
    return content


def _check_channel(content: Mapping[str, Any], found: list[Problem]) -> None:
    if content["sensitivity"] in CLOSED_SENSITIVITIES and content["channel"] == "public_ai":
        msgid = N_(
            "Confidential or personal information never goes to a public AI service. "
            "Choose AI run by the agency or on one's own device."
        )
        found.append(Problem("channel", msgid))


def _check_messages(content: Mapping[str, Any], found: list[Problem]) -> None:
    refused = any(problem.path.startswith("messages") for problem in found)
    if not content["messages"] and not content.get("steps") and not refused:
        found.append(Problem("messages", N_("The prompt has no text. Write at least one message.")))
