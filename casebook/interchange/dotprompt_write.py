"""Dotprompt files written so that the Dotprompt libraries read the same messages and inputs."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.interchange import handlebars
from casebook.interchange.front import join_front
from casebook.interchange.item import Content, Item
from casebook.interchange.kept import packed
from casebook.interchange.names import file_stem
from casebook.interchange.prompty_write import without_references
from casebook.interchange.values import json_object
from casebook.interchange.yaml_text import number

KEPT = "kr.casebook"
SENSITIVITY = "kr.sensitivity"
TITLE = "kr.title"
TAGS = "kr.tags"
_ROLES = {"assistant": "model"}
_KINDS = {"number": "number", "bool": "boolean"}
# Dotprompt's own marks between messages; they cannot be escaped, so an invisible sign breaks them.
_MARK = re.compile("<<<(?=dotprompt:)")


def write(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    content, extra = items[0].content, kept[0]
    model = content.get("model") or {}
    head = {
        "name": content.get("command") or file_stem(content["title"]),
        "description": content["summary"],
        "model": model.get("name"),
        "config": {
            "temperature": number(model.get("temperature")),
            "topP": number(model.get("top_p")),
            "maxOutputTokens": number(model.get("max_tokens")),
        },
        "input": _input(content),
        "output": _output(content),
        TITLE: content["title"],
        TAGS: content["tags"],
        SENSITIVITY: content["sensitivity"],
        KEPT: packed(extra),
    }
    return join_front(without_references(head), _body(content)).encode()


def _input(content: Content) -> dict[str, Any]:
    """JSON Schema rather than Picoschema: labels and examples have a place there."""
    blanks = content["variables"]
    defaults = {
        handlebars.written_key(blank["key"]): _typed(blank["default"], blank["type"]) for blank in blanks
    }
    if not blanks:
        return {}
    return {
        "schema": {
            "type": "object",
            "properties": {handlebars.written_key(blank["key"]): _property(blank) for blank in blanks},
            "required": [handlebars.written_key(blank["key"]) for blank in blanks if blank["required"]],
        },
        "default": defaults,
    }


def _property(blank: Mapping[str, Any]) -> dict[str, Any]:
    pattern = blank.get("pattern", "")
    return {
        "type": _KINDS.get(blank["type"], "string"),
        "title": "" if blank["label"] == blank["key"] else blank["label"],
        "description": blank["help"],
        "enum": blank["options"] if blank["type"] == "select" else [],
        "format": "date" if blank["type"] == "date" else "",
        "examples": [blank["example"]] if blank["example"] else [],
        "pattern": f"^{pattern}$" if pattern and "|" not in pattern else "",
        "maxLength": blank["max_length"],
    }


def _typed(text: str, kind: str) -> Any:
    if kind == "bool" and text in ("true", "false"):
        return text == "true"
    return number(text) if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def _output(content: Content) -> dict[str, Any]:
    schema = json_object(content.get("output_schema", ""))
    return {"format": "json", "schema": schema} if isinstance(schema.get("type"), str) else {}


def _body(content: Content) -> str:
    parts = {part["name"] for part in content.get("parts", [])}
    return "\n".join(
        '{{role "' + _ROLES.get(each["role"], each["role"]) + '"}}\n' + _text(each["content"], parts) + "\n"
        for each in content["messages"]
    )


def _text(text: str, parts: set[str]) -> str:
    return _MARK.sub("<<\u200b<", handlebars.write(text, parts=parts))
