"""Cells turned into values of content: JSON text, lists in one cell, blanks as a list of names."""

import re
from typing import Any

from casebook.content.prompt import VARIABLE
from casebook.imports.columns import CODES
from casebook.imports.json_file import parse_json

_LISTS = frozenset({"messages", "variables", "steps", "before_after", "tools", "legal_basis", "tags"})
_GROUPS = frozenset({"advice", "effect", "contact", "award"})
_STRUCTURED = _LISTS | _GROUPS | {"verification_checklist", "options", "parts", "model", "forked_from"}
_OF_BLANKS = frozenset({*VARIABLE.fields, *VARIABLE.later})
_SPLIT = {
    "variables": re.compile(r"[,;|\n]"),
    "tools": re.compile(r"[,;|\n]"),
    "tags": re.compile(r"[,;|\n]"),
    "steps": re.compile(r"\n"),
}
_BRACES = "{} \t"


def cell_value(column: str, cell: Any) -> Any:
    """Return what the content's cleaning understands. Raises TableRefused when JSON text is broken."""
    if not isinstance(cell, str):
        return cell
    if column in CODES:
        return CODES[column].get(cell.strip(), cell)
    text = cell.strip()
    if column in _STRUCTURED and _looks_like_json(text):
        return parse_json(text.encode("utf-8", "replace"))[0]
    if column in _SPLIT:
        return [part.strip() for part in _SPLIT[column].split(text) if part.strip()]
    return cell


def variables_of(value: Any) -> tuple[Any, list[str]]:
    """Return declared blanks in our form and the names of what had to be left out of them."""
    if not isinstance(value, list):
        return value, []
    dropped = [name for item in value if isinstance(item, dict) for name in item if name not in _OF_BLANKS]
    return [_variable(item) for item in value], list(dict.fromkeys(map(str, dropped)))


def _variable(item: Any) -> Any:
    if isinstance(item, str):
        return {"key": item.strip(_BRACES)}
    if not isinstance(item, dict):
        return item
    known = {name: value for name, value in item.items() if name in _OF_BLANKS}
    return {**known, "key": known["key"].strip(_BRACES)} if isinstance(known.get("key"), str) else known


def _looks_like_json(text: str) -> bool:
    # "{{이름}}; {{기간}}" is a list of blanks, not an object.
    return (text.startswith("[") and text.endswith("]")) or (
        text.startswith("{") and text.endswith("}") and not text.startswith("{{")
    )
