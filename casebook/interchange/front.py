"""Front matter: YAML between two lines of ---, then a body."""

import re
from dataclasses import dataclass
from typing import Any

from casebook.content.markers import N_
from casebook.interchange.safe_yaml import YamlRefused, load
from casebook.interchange.yaml_text import dump

MOST_CHARACTERS = 2 * 1024 * 1024
WITHOUT_FRONT = N_("The file has no front matter; all of it is taken as the text of the prompt.")
_RULE = re.compile(r"(?:---|\+\+\+)[ \t]*")


@dataclass(frozen=True)
class Front:
    """values: what the YAML says; body with the number of its first line in the file."""

    values: dict[str, Any]
    body: str
    body_line: int


def has_front(text: str, *, comments: bool = False) -> bool:
    """Say whether the text opens with a front matter. comments: lines with # may stand before it."""
    return _opening(text.split("\n", 200), comments=comments) is not None


def split_front(text: str, *, comments: bool = False) -> Front:
    """Return front matter and body; a text without front matter is all body. Raises YamlRefused."""
    lines = text.split("\n")
    start = _opening(lines, comments=comments)
    if start is None:
        return Front({}, text, 1)
    end = next((n for n in range(start + 1, len(lines)) if _RULE.fullmatch(lines[n])), None)
    if end is None:
        raise YamlRefused(start + 1, N_("The front matter opens with --- here and never closes."))
    yaml_text = "\n".join(lines[start + 1 : end])
    if len(yaml_text) > MOST_CHARACTERS:
        raise YamlRefused(start + 1, N_("The front matter is too long."))
    values = load(yaml_text, first_line=start + 2)
    if values is None:
        values = {}
    if not isinstance(values, dict):
        raise YamlRefused(start + 2, N_("The front matter must hold named values."))
    return Front(values, "\n".join(lines[end + 1 :]), end + 2)


def join_front(values: dict[str, Any], body: str) -> str:
    return f"---\n{dump(values)}---\n{body}"


def _opening(lines: list[str], *, comments: bool) -> int | None:
    for number, line in enumerate(lines):
        if _RULE.fullmatch(line):
            return number
        if line.strip() and not (comments and line.startswith("#")):
            return None
    return None
