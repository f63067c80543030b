"""Prompty files written so that the Prompty runtime reads the same messages and blanks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.interchange import jinja
from casebook.interchange.front import join_front
from casebook.interchange.item import Content, Item
from casebook.interchange.kept import NAME, packed
from casebook.interchange.names import file_stem
from casebook.interchange.values import items as items_of
from casebook.interchange.values import json_object
from casebook.interchange.yaml_text import number

_KINDS = {"number": "float", "bool": "boolean"}
# A line that only names a role would begin a message, and no template language can hide it.
_ROLE_LINE = re.compile(
    r"(?im)^([^\S\n]*#?[^\S\n]*(?:assistant|developer|system|tool|user)(?:\[[^\n]*\])?[^\S\n]*:)(?=[^\S\n]*$)"
)
_LINE_SIGNS = re.compile("[\u2028\u2029\x1c-\x1e\x85]")
_REFERENCE = re.compile(r"\$\{.*\}", re.DOTALL)
_INVISIBLE = "\u200b"


def write(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    content, extra = items[0].content, kept[0]
    head = {
        "name": content.get("command") or file_stem(content["title"]),
        "displayName": content["title"],
        "description": content["summary"],
        "metadata": _metadata(content, extra),
        "model": _model(content),
        "inputs": [_input(blank) for blank in content["variables"]],
        "outputs": _outputs(content.get("output_schema", "")),
        "template": {"format": {"kind": "jinja2"}, "parser": {"kind": "prompty"}},
    }
    return join_front(without_references(head), _body(content)).encode()


def without_references(value: Any) -> Any:
    """Leave out texts that a runtime would take for a reference to a secret or a file, and what is empty."""
    if isinstance(value, Mapping):
        cleaned = {name: without_references(each) for name, each in value.items()}
        return {name: each for name, each in cleaned.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [without_references(each) for each in value if not _is_reference(each)]
    return None if _is_reference(value) else value


def _is_reference(value: Any) -> bool:
    return isinstance(value, str) and _REFERENCE.fullmatch(value.strip()) is not None


def _metadata(content: Content, extra: Mapping[str, Any]) -> dict[str, Any]:
    licence = content["licence"]
    return {
        "tags": content["tags"],
        "sensitivity": content["sensitivity"],
        "license": "" if licence == "none" else licence,
        NAME: packed(extra),
    }


def _model(content: Content) -> dict[str, Any]:
    model = content.get("model") or {}
    options = {
        "temperature": number(model.get("temperature")),
        "topP": number(model.get("top_p")),
        "maxOutputTokens": number(model.get("max_tokens")),
    }
    return {"id": model.get("name"), "apiType": "chat", "options": options} if model else {}


def _input(blank: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": jinja.written_key(blank["key"]),
        "kind": _KINDS.get(blank["type"], "string"),
        "description": blank["help"],
        "required": blank["required"] or None,
        "default": _typed(blank["default"], blank["type"]),
        "example": _typed(blank["example"], blank["type"]),
        "enumValues": blank["options"] if blank["type"] == "select" else [],
    }


def _typed(text: str, kind: str) -> Any:
    if kind == "bool" and text in ("true", "false"):
        return text == "true"
    return number(text) if kind == "number" and re.fullmatch(r"-?\d+(\.\d+)?", text) else text


def _outputs(schema: str) -> list[dict[str, Any]]:
    value = json_object(schema)
    if not isinstance(value.get("properties"), dict):
        return []
    required = items_of(value.get("required"))
    return [_output(name, each, name in required) for name, each in value["properties"].items()]


def _output(name: str, schema: Any, required: bool) -> dict[str, Any]:
    given = schema if isinstance(schema, dict) else {}
    kind = given.get("type")
    return {
        "name": name,
        "kind": {"number": "float"}.get(kind, kind) if isinstance(kind, str) else "string",
        "description": given.get("description") if isinstance(given.get("description"), str) else "",
        "required": required or None,
    }


def _body(content: Content) -> str:
    return "\n".join(f"{each['role']}:\n{_text(each['content'])}\n" for each in content["messages"])


def _text(text: str) -> str:
    lined = _LINE_SIGNS.sub("\n", text)
    return _ROLE_LINE.sub(rf"\1{_INVISIBLE}", jinja.write(lined))
