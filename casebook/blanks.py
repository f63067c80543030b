"""Named blanks inside prompts: {{이름}}. Every search here is one pass, whatever the length of the text."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_BLANK = re.compile(r"\{\{[ \t]*+([가-힣A-Za-z_][가-힣A-Za-z0-9_]{0,99}+)[ \t]*+\}\}")


def split_text(text: str) -> list[tuple[str, str]]:
    """Cut a text into ("text", words) and ("blank", key) pieces, in order, for drawing."""
    pieces = _BLANK.split(unicodedata.normalize("NFC", text))
    kinds = ("text", "blank")
    return [(kinds[index % 2], piece) for index, piece in enumerate(pieces) if piece]


def blanks_in(messages: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the keys of all blanks, each once, in the order of their first use."""
    found = (key for message in messages for key in _keys(message["content"]))
    return list(dict.fromkeys(found))


def unused_variables(
    messages: Iterable[Mapping[str, Any]], variables: Iterable[Mapping[str, Any]]
) -> list[str]:
    used = set(blanks_in(messages))
    return [variable["key"] for variable in variables if variable["key"] not in used]


def complete_variables(
    messages: Iterable[Mapping[str, Any]], variables: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Return the declared variables, then a text variable for each blank nobody declared."""
    declared = [dict(variable) for variable in variables]
    known = {unicodedata.normalize("NFC", str(variable.get("key", ""))).strip() for variable in declared}
    return declared + [_text_variable(key) for key in blanks_in(messages) if key not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
    """Put values into their blanks once; a blank without a value stays as it is written."""
    return _BLANK.sub(lambda match: values.get(match[1]) or match[0], unicodedata.normalize("NFC", text))


def _keys(text: str) -> list[str]:
    return _BLANK.findall(unicodedata.normalize("NFC", text))


def _text_variable(key: str) -> dict[str, Any]:
    return {
        "key": key,
        "label": key,
        "help": "",
        "type": "text",
        "required": False,
        "default": "",
        "example": "",
        "options": [],
        "max_length": None,
    }
