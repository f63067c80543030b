"""Findings about what a finished prompt says: title, form of the answer, examples, checks, length, model."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from casebook.content.text import is_blank
from casebook.lint.findings import Finding

Content = Mapping[str, Any]
LONG = 8_000
MOST = 200_000
# A building block shows its examples in the prompts that include it.
_EXPECTED = {
    "output_format": "no_output_format",
    "example_input": "no_example_input",
    "example_output": "no_example_output",
    "verification_checklist": "no_checklist",
}


def find_gaps(content: Content, length: int) -> Iterator[Finding]:
    """length: characters of all messages with their parts put in."""
    if is_blank(content["title"]):
        yield Finding("no_title", "title")
    if is_blank(content["summary"]):
        yield Finding("no_summary", "summary")
    if not content["messages"] and not content.get("steps"):
        yield Finding("no_text", "messages")
    yield from find_length(length)
    if not content.get("reusable"):
        yield from (Finding(code, name) for name, code in _EXPECTED.items() if not content[name])
    if content["licence"] == "none":
        yield Finding("no_licence", "licence")
    yield from _model(content)


def find_length(length: int) -> Iterator[Finding]:
    if length > MOST:
        yield Finding("too_long", "messages", params={"length": f"{length:,}", "most": f"{MOST:,}"})
    elif length > LONG:
        yield Finding("long", "messages", params={"length": f"{length:,}"})


def _model(content: Content) -> Iterator[Finding]:
    model = content.get("model") or {}
    for name, most in (("temperature", 2), ("top_p", 1)):
        value = model.get(name)
        if value is not None and not 0 <= Decimal(value) <= most:
            yield Finding(name, f"model.{name}", params={"value": value})
    schema = content.get("output_schema", "")
    if schema and not _is_json(schema):
        yield Finding("bad_schema", "output_schema")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
