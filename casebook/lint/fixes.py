"""One-click mending: each act takes a copy of the content and what the finding's fix needs, and changes the copy."""

import copy
from collections.abc import Callable, Mapping
from typing import Any

from casebook.blanks import complete_variables, fill
from casebook.content import clean_prompt
from casebook.lint.findings import Finding
from casebook.lint.signs import without_signs
from casebook.writing.foreign_blanks import Keys, convert, find_foreign

Content = dict[str, Any]
MOST_VARIABLES = 1_000


def apply_fix(content: Mapping[str, Any], finding: Finding) -> Content:
    """Return the content with one finding mended; the given content stays as it is.

    finding: found in this very content. Raises ValueError when it has no fix, ContentRefused when the mended
    content would break a rule of the content.
    """
    if finding.fix is None:
        raise ValueError(finding.code)
    mended = copy.deepcopy(dict(content))
    _ACTS[finding.fix.act](mended, **finding.fix.needs)
    return clean_prompt(mended, draft=True)


def _declare(content: Content, *, key: str, **details: Any) -> None:
    """Describe a blank as one line of text, unless it is described or no more can be."""
    variables = complete_variables([{"content": f"{{{{{key}}}}}"}], content["variables"])
    if len(content["variables"]) < len(variables) <= MOST_VARIABLES:
        variables[-1].update(details)
        content["variables"] = variables


def _remove(content: Content, *, path: str) -> None:
    holder, last = _holder(content, path)
    del holder[last]


def _set(content: Content, *, values: Mapping[str, Any]) -> None:
    for path, value in values.items():
        holder, last = _holder(content, path)
        holder[last] = value


def _rewrite(content: Content, *, written: str, key: str) -> None:
    """Write a broken blank as a good one wherever it stands, and describe it."""
    for message in content["messages"]:
        message["content"] = message["content"].replace(written, f"{{{{{key}}}}}")
    _declare(content, key=key)


def _close(content: Content, *, path: str, end: int, key: str) -> None:
    holder, last = _holder(content, path)
    holder[last] = f"{holder[last][:end]}}}{holder[last][end:]}"
    _declare(content, key=key)


def _merge(content: Content, *, keep: str, drop: str) -> None:
    for message in content["messages"]:
        message["content"] = fill(message["content"], {drop: f"{{{{{keep}}}}}"})
    content["variables"] = [each for each in content["variables"] if each["key"] != drop]


def _convert(content: Content, *, key: str) -> None:
    """Convert every foreign blank of one key in all messages; the first default and name describe it."""
    keys = Keys(content["variables"])
    for message in content["messages"]:
        chosen = [each for each in find_foreign(message["content"], keys=keys) if each.key == key]
        message["content"] = convert(message["content"], chosen)
        if chosen:
            default = next((each.default for each in chosen if each.default), "")
            _declare(content, key=key, label=chosen[0].name, default=default)


def _mask(content: Content, *, path: str, start: int, end: int) -> None:
    """Put a circle for every letter and digit, as Korean offices black out."""
    holder, last = _holder(content, path)
    text = holder[last]
    masked = "".join("○" if sign.isalnum() else sign for sign in text[start:end])
    holder[last] = text[:start] + masked + text[end:]


def _remove_signs(content: Content, *, path: str) -> None:
    holder, last = _holder(content, path)
    holder[last] = without_signs(holder[last])


_ACTS: dict[str, Callable[..., None]] = {
    "declare": _declare,
    "remove": _remove,
    "set": _set,
    "rewrite": _rewrite,
    "close": _close,
    "merge": _merge,
    "convert": _convert,
    "mask": _mask,
    "remove_signs": _remove_signs,
}


def _holder(content: Any, path: str) -> tuple[Any, Any]:
    """Return what holds the value at a path, and the name or number it has there."""
    *way, last = path.split(".")
    for part in way:
        content = content[int(part)] if isinstance(content, list) else content[part]
    return content, int(last) if isinstance(content, list) else last
