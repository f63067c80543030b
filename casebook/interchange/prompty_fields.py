"""Inputs, outputs and samples of a Prompty file, old form and new."""

from collections.abc import Mapping
from typing import Any

from casebook.interchange.schema import Input
from casebook.interchange.values import group, items, json_text, names, words

_SCHEMA_TYPES = {"float": "number", "string": "string", "integer": "integer", "boolean": "boolean"}


def declared_inputs(given: Mapping[str, Any]) -> list[Input]:
    """Inputs as a list (version 2), as named values (both), and values of `sample` (version 1)."""
    inputs = given.get("inputs") or group(given.get("inputSchema")).get("properties")
    if isinstance(inputs, list):
        found = [_input(words(group(each).get("name")), each) for each in inputs if group(each).get("name")]
    else:
        found = [_input(name, each) for name, each in group(inputs).items()]
    sample = group(given.get("sample"))
    for each in found:
        if each.example is None and each.name in sample:
            each.example = sample.pop(each.name)
    return [*found, *(Input(name, example=value) for name, value in sample.items() if _is_plain(value))]


def output_schema(given: Mapping[str, Any]) -> str:
    """The declared outputs as JSON Schema, or ''."""
    outputs = given.get("outputs") or group(given.get("outputSchema")).get("properties")
    properties = group(outputs)
    if isinstance(outputs, list):
        properties = {words(group(each).get("name")): each for each in outputs}
    properties = {name: each for name, each in properties.items() if name}
    if not properties:
        return ""
    required = [name for name, each in properties.items() if group(each).get("required") is True]
    return json_text(
        {
            "type": "object",
            "properties": {name: _schema(each) for name, each in properties.items()},
            **({"required": required} if required else {}),
        }
    )


def _input(name: str, value: Any) -> Input:
    if not isinstance(value, Mapping):
        return Input(name, example=value)
    given = group(value)
    options = [option for option in names(given.get("enumValues") or given.get("enum")) if option]
    return Input(
        name=name,
        kind=words(given.get("kind") or given.get("type")) or "string",
        about=words(given.get("description")),
        label=words(given.get("title")),
        required=given.get("required") is True,
        default=given.get("default"),
        example=given.get("example", given.get("sample")),
        options=options,
    )


def _schema(value: Any) -> dict[str, Any]:
    given = group(value)
    kind = words(given.get("kind") or given.get("type")) or "string"
    schema: dict[str, Any] = {"type": _SCHEMA_TYPES.get(kind, kind)}
    if given.get("description"):
        schema["description"] = words(given["description"])
    options = items(given.get("enumValues"))
    if options:
        schema["enum"] = options
    if kind == "array" and given.get("items") is not None:
        schema["items"] = _schema(given["items"])
    properties = given.get("properties")
    if kind == "object" and properties:
        named = (
            properties
            if isinstance(properties, Mapping)
            else {words(group(each).get("name")): each for each in items(properties)}
        )
        schema["properties"] = {name: _schema(each) for name, each in named.items()}
    return schema


def _is_plain(value: Any) -> bool:
    return not isinstance(value, Mapping | list)
