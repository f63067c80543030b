"""All texts of a content with their paths."""

from collections.abc import Iterator
from typing import Any

# Codes, links and numbers: nothing a person reads as text.
_CODES = ("role", "type", "gate", "sensitivity", "channel", "task_type", "trust", "licence", "command")
_NOT_TEXT = frozenset({*_CODES, "uid", "key", "pattern", "temperature", "top_p", "max_tokens"})


def texts_of(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (path, text) for every text that says something, in the order of the fields."""
    if isinstance(value, str):
        if value:
            yield path, value
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _NOT_TEXT:
                yield from texts_of(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from texts_of(each, f"{path}.{number}")
