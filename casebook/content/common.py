"""What prompts and cases share: limits, and the rule that a record has a title."""

from collections.abc import Mapping
from typing import Any

from casebook.content.choices import LICENCES
from casebook.content.fields import Choice, Field, Flag, Line, Text
from casebook.content.markers import N_
from casebook.content.problems import ContentRefused, Problem
from casebook.content.shapes import Group, Lines
from casebook.content.text import is_blank

IDENTITY: dict[str, Field] = {"title": Line(200), "summary": Line(300), "work_field": Line(200)}
RIGHTS: dict[str, Field] = {
    "licence": Choice(LICENCES, default="none"),
    "ai_mark": Flag(),
    "attribution": Text(2_000),
    "legal_basis": Lines(),
    "tags": Lines(60, most=50, tags=True),
}


def shaped(given: Mapping[str, Any], shape: Group, found: list[Problem]) -> dict[str, Any]:
    content = shape.clean(given, "", found)
    if content is None:
        raise ContentRefused(found)
    return content


def check_title(content: Mapping[str, Any], found: list[Problem]) -> None:
    if is_blank(content["title"]):
        found.append(Problem("title", N_("The title is empty. Write one.")))
