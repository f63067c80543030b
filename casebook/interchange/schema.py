"""Inputs that a file declares, made our blanks: JSON Schema, Picoschema and plain properties."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.interchange.values import group, items, names, words

_NUMBERS = frozenset({"number", "integer", "float", "int", "double"})
_DATES = frozenset({"date"})
_BOUNDS = ("minimum", "maximum", "minLength", "minItems", "maxItems", "multipleOf")
_SCALARS = frozenset({"string", "number", "integer", "boolean", "null", "any"})
_PICO = re.compile(
    r"(?P<name>[^?()]+)(?P<optional>\?)?(?:\((?P<kind>[^,()]+)(?:,\s*(?P<about>.*))?\))?", re.DOTALL
)


@dataclass
class Input:
    """One declared input, in nobody's form. kind: a word of JSON Schema, or array, object, enum, image…"""

    name: str
    kind: str = "string"
    about: str = ""
    label: str = ""
    required: bool = False
    default: Any = None
    example: Any = None
    options: list[str] = field(default_factory=list)
    several: bool = False
    format: str = ""
    pattern: str = ""
    max_length: str = ""
    unread: list[str] = field(default_factory=list)  # properties that have no place here


def variable(given: Input, key: str) -> dict[str, Any]:
    """Return the blank for an input; lists and objects become long text to be filled with JSON."""
    default, example = words(given.default), words(given.example)
    return {
        "key": key,
        "label": given.label[:200],
        "help": given.about[:1_000],
        "type": _type(given, default + example),
        "required": given.required,
        "default": default,
        "example": example,
        "options": given.options,
        "pattern": given.pattern if len(given.pattern) <= 300 else "",
        "max_length": given.max_length or None,
    }


def _type(given: Input, text: str) -> str:
    if given.options:
        return "multiselect" if given.several else "select"
    if given.kind in _NUMBERS:
        return "number"
    if given.kind in ("boolean", "bool"):
        return "bool"
    if given.format in _DATES or given.kind in _DATES:
        return "date"
    return "longtext" if given.kind in ("array", "object", "longtext") or "\n" in text else "text"


def from_json_schema(schema: Mapping[str, Any]) -> list[Input]:
    """The properties of an object in JSON Schema."""
    required = set(names(schema.get("required")))
    return [
        _from_property(name, group(given), name in required)
        for name, given in group(schema.get("properties")).items()
    ]


def _from_property(name: str, given: Mapping[str, Any], required: bool) -> Input:
    inner = group(given.get("items"))
    options = names(given.get("enum")) or names(inner.get("enum"))
    kinds = [kind for kind in names(given.get("type")) if kind != "null"]
    examples = items(given.get("examples"))
    return Input(
        name=name,
        kind=kinds[0] if kinds else "string",
        about=words(given.get("description")),
        label=words(given.get("title")),
        required=required,
        default=given.get("default"),
        example=examples[0] if examples else given.get("example"),
        options=[option for option in options if option],
        several=bool(inner.get("enum")),
        format=words(given.get("format")),
        pattern=_whole_pattern(words(given.get("pattern"))),
        max_length=_length(given.get("maxLength")),
        unread=[each for each in _BOUNDS if given.get(each) is not None],
    )


def _whole_pattern(pattern: str) -> str:
    """JSON Schema looks anywhere in a value, ours at the whole: only a bound pattern means the same."""
    is_bound = pattern.startswith("^") and pattern.endswith("$") and "|" not in pattern
    return pattern[1:-1] if is_bound else ""


def _length(value: Any) -> str:
    text = words(value)
    return text if text.isdecimal() and int(text[:9]) > 0 and len(text) < 8 else ""


def from_picoschema(schema: Mapping[str, Any]) -> list[Input]:
    """The fields of a Picoschema object; a wildcard field names nothing and is left out."""
    return [_from_pico(name, given) for name, given in schema.items() if name != "(*)"]


def _from_pico(name: str, given: Any) -> Input:
    parts = _PICO.fullmatch(name)
    if parts is None:
        return Input(name=name)
    found = Input(parts["name"].strip(), required=not parts["optional"], about=(parts["about"] or "").strip())
    kind = (parts["kind"] or "").strip()
    if kind == "enum":
        found.options = [option for option in names(given) if option]
    elif kind in ("array", "object"):
        found.kind = kind
    elif isinstance(given, Mapping):
        found.kind = "object"
    else:
        found.kind, found.about = _pico_scalar(words(given))
    return found


def _pico_scalar(text: str) -> tuple[str, str]:
    kind, _, about = text.partition(",")
    return kind.strip() or "string", about.strip()


def json_schema_of_pico(given: Any) -> dict[str, Any]:
    """Picoschema as JSON Schema, the way Dotprompt reads it."""
    if not isinstance(given, Mapping):
        kind, about = _pico_scalar(words(given))
        schema: dict[str, Any] = {"type": kind} if kind != "any" else {}
        return {**schema, **({"description": about} if about else {})}
    properties: dict[str, Any] = {}
    required: list[str] = []
    for name, value in given.items():
        parts = _PICO.fullmatch(name)
        if name == "(*)" or parts is None:
            continue
        plain_name = parts["name"].strip()
        properties[plain_name] = _pico_property(parts, value)
        required += [] if parts["optional"] else [plain_name]
    schema = {"type": "object", "properties": properties}
    return {**schema, **({"required": required} if required else {}), "additionalProperties": False}


def _pico_property(parts: re.Match[str], value: Any) -> dict[str, Any]:
    kind = (parts["kind"] or "").strip()
    if kind == "enum":
        schema: dict[str, Any] = {"enum": items(value)}
    elif kind == "array":
        schema = {"type": "array", "items": json_schema_of_pico(value)}
    else:
        schema = json_schema_of_pico(value)
    about = (parts["about"] or "").strip()
    return {**schema, **({"description": about} if about else {})}


def is_json_schema(schema: Mapping[str, Any]) -> bool:
    return schema.get("type") in (_SCALARS | {"object", "array"}) or isinstance(
        schema.get("properties"), Mapping
    )
