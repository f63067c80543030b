"""The shape and rules of a case's content."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from casebook.content.choices import CHANNELS, METHODS, STAGES
from casebook.content.common import IDENTITY, RIGHTS, check_title, shaped
from casebook.content.fields import Choice, Line, Number, Position, Text
from casebook.content.markers import N_
from casebook.content.problems import ContentRefused, Problem
from casebook.content.shapes import Group, Items

PROMPT_LINK = Group({"uid": Line(100), "version": Position()}, lone="uid", optional=True)
STEP = Group({"text": Text(), "prompt": PROMPT_LINK}, lone="text")
BEFORE_AFTER = Group(
    {
        "task": Text(1_000),
        "before": Text(),
        "after": Text(),
        "minutes_before": Number(),
        "minutes_after": Number(),
        "note": Text(),
    }
)
EFFECT = Group(
    {
        "minutes_before": Number(),
        "minutes_after": Number(),
        "review_minutes": Number(),
        "cases_per_month": Number(),
        "adoption_rate": Number(most=Decimal(1)),
        "n": Number(whole=True),
        "method": Choice(METHODS),
        "period": Line(200),
        "note": Text(),
    }
)
TOOL = Group({"name": Line(200), "channel": Choice(CHANNELS)}, lone="name")
CONTACT = Group({"role": Line(200), "phone_public": Line(100), "email_public": Line(254)}, lone="role")
AWARD = Group(
    {"competition": Line(300), "track": Line(200), "tier": Line(200), "entry": Line(100)}, optional=True
)
CASE = Group(
    {
        **IDENTITY,
        "department": Line(200),
        "problem": Text(),
        "approach": Text(),
        "steps": Items(STEP, 200),
        "before_after": Items(BEFORE_AFTER, 200),
        "effect": EFFECT,
        "tools": Items(TOOL, 100),
        "data_used": Text(),
        "risks": Text(),
        "failures": Text(),
        "human_review": Text(),
        "prerequisites": Text(),
        "difficulty": Line(200),
        "stage": Choice(STAGES),
        "contact": CONTACT,
        "award": AWARD,
        **RIGHTS,
    }
)


def clean_case(given: Mapping[str, Any], *, draft: bool = False) -> dict[str, Any]:
    """Return the content with every key of CASE; cleaning it again changes nothing.

    draft: accept a case that is not finished (no title yet).
    Raises ContentRefused with every problem found.
    """
    found: list[Problem] = []
    content = shaped(given, CASE, found)
    _check_links(content["steps"], found)
    if not draft:
        check_title(content, found)
    if found:
        raise ContentRefused(found)
    return content


def _check_links(steps: list[dict[str, Any]], found: list[Problem]) -> None:
    for index, step in enumerate(steps):
        if step["prompt"] is not None and not step["prompt"]["uid"]:
            msgid = N_("%(field)s: say which prompt is meant.")
            found.append(Problem(f"steps.{index}.prompt.uid", msgid))
