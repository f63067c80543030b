"""Values of foreign files taken as what is wanted, whatever stands there."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from casebook.interchange.safe_yaml import MOST_DEPTH, Plain


def words(value: Any) -> str:
    """Text, a number or a flag as text; a list or a group as JSON; nothing as ''."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | Mapping):
        return json.dumps(plain(value), ensure_ascii=False)
    return str(value)


def group(value: Any) -> dict[str, Any]:
    return {str(key): each for key, each in value.items()} if isinstance(value, Mapping) else {}


def items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def names(value: Any) -> list[str]:
    """A list of words, or one word."""
    if isinstance(value, list):
        return [words(each) for each in value if not isinstance(each, list | Mapping)]
    return [words(value)] if isinstance(value, str) and value else []


def plain(value: Any) -> Any:
    """The value as JSON has it: numbers of YAML and exact decimals become numbers."""
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Plain | Decimal):
        return _number(str(value))
    return value


def as_written(value: Any) -> Any:
    """The value with its numbers as text, sign for sign."""
    if isinstance(value, Mapping):
        return {str(key): as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_written(each) for each in value]
    return str(value) if isinstance(value, Plain) else value


def is_deep(value: Any, most: int = MOST_DEPTH) -> bool:
    """Say whether lists and groups stand inside one another more than `most` times, without recursion."""
    level = [value]
    for _ in range(most + 1):
        level = [each for outer in level for each in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: Any) -> list[Any]:
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [each for each in inside if isinstance(each, Mapping | list)]


def json_text(value: Any) -> str:
    """A schema or an example as readable JSON."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def json_object(text: str) -> dict[str, Any]:
    """The JSON object that a text is, or {} when it is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) and not is_deep(value) else {}


def references(value: Any, *, depth: int = 0) -> list[str]:
    """Every ${env:…} and ${file:…} inside a value; they are never resolved."""
    if isinstance(value, str):
        return _references_in(value)
    if depth > 60:
        return []
    inside = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [found for each in inside for found in references(each, depth=depth + 1)]


def _references_in(text: str) -> list[str]:
    found = []
    place = 0
    while (place := text.find("${", place)) >= 0:
        end = text.find("}", place, place + 300)
        if end > 0 and text[place + 2 : place + 7].lower().startswith(("env:", "file:")):
            found.append(text[place : end + 1])
        place += 2
    return found


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    return number if abs(number) < 1e300 else text
