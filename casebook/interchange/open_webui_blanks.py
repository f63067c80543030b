"""Blanks of Open WebUI: {{name | type:property=value:property="…"}}."""

import json
import re
from collections.abc import Mapping
from typing import Any

from casebook.interchange.braces import NAME
from casebook.interchange.schema import Input
from casebook.interchange.values import names, word_set, words

OWN_BLANKS = word_set(
    "CLIPBOARD CURRENT_DATE CURRENT_DATETIME CURRENT_TIME CURRENT_TIMEZONE CURRENT_WEEKDAY USER_NAME "
    "USER_EMAIL USER_BIO USER_GENDER USER_BIRTH_DATE USER_AGE USER_LANGUAGE USER_LOCATION"
)
_KINDS = {
    "textarea": "longtext",
    "select": "string",
    "number": "number",
    "range": "number",
    "checkbox": "boolean",
    "date": "date",
}
_THEIRS = {
    "text": "text",
    "longtext": "textarea",
    "number": "number",
    "date": "date",
    "select": "select",
    "multiselect": "text",
    "bool": "checkbox",
}
_READ = frozenset({"required", "default", "label", "description", "placeholder", "options"})
_UNSAFE = re.compile(r'[{}"\\|:=\n]')


def input_of(body: str) -> Input | None:
    """Read what stands between the braces; None when it is no blank."""
    name, bar, definition = body.partition("|")
    if not NAME.fullmatch(name.strip()):
        return None
    found = Input(name.strip())
    if not bar:
        return found
    kind, *properties = _split(definition.strip(), ":")
    found.kind = _KINDS.get(kind.strip().lower(), "string")
    given = dict(_property(each) for each in properties if each.strip())
    found.required = "required" in given and given["required"] is not False
    found.default = given.get("default")
    found.label = words(given.get("label"))
    found.about = words(given.get("description"))
    found.example = given.get("placeholder")
    found.unread = [each for each in given if each not in _READ]
    found.options = [option for option in names(given.get("options")) if option]
    return found


def written_blank(blank: Mapping[str, Any], first: bool) -> str:
    """A blank with its properties, at its first place; later places only name it.

    A property whose text would break the braces is left out.
    """
    if not first:
        return "{{" + blank["key"] + "}}"
    parts = [_THEIRS[blank["type"]]]
    for name, value in (("placeholder", blank["example"]), ("default", blank["default"])):
        if value and not _UNSAFE.search(value):
            parts.append(f'{name}="{value}"')
    if blank["type"] == "select" and not any(_UNSAFE.search(option) for option in blank["options"]):
        parts.append(f"options={json.dumps(blank['options'], ensure_ascii=False)}")
    if blank["required"]:
        parts.append("required")
    return "{{" + blank["key"] + " | " + ":".join(parts) + "}}"


def _property(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    return name.strip().lower(), _value(value.strip()) if equals else True


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text.strip("\"'")


def _split(text: str, separator: str) -> list[str]:
    """Split where the separator stands outside quotation marks and brackets."""
    parts: list[str] = []
    current = ""
    depth = 0
    quote = ""
    for sign in text:
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign in "[(":
            depth += 1
        elif sign in "])":
            depth -= 1
        if sign == separator and not quote and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += sign
    return [*parts, current]
