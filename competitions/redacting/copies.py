"""The texts of an entry's content by their paths, and a copy of it in which they say something else."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from competitions.redacting.records import Mention
from competitions.redacting.sentences import masked

# What judges read nowhere: it would tell who entered.
UNSHOWN_OF_CASE = ("department", "contact", "attribution", "award")
UNSHOWN_OF_PROMPT = ("attribution", "origin")
# Choices, codes and hashes, which nobody writes.
NO_TEXTS = frozenset(
    {
        "uid", "id", "sha256", "kind", "field", "role", "method", "work_field", "licence", "type", "channel", "stage",
        "gate", "task_type", "sensitivity", "trust", "shown",
    }
)  # fmt: skip


def shown_part(content: Mapping[str, Any], *, personal: Collection[str] = ()) -> dict[str, Any]:
    """What judges may read of a content. personal: codes of the questions about a person."""
    part = {name: deepcopy(value) for name, value in content.items() if name not in {"team", "entry"}}
    case = part.get("case") or {}
    part["case"] = {name: value for name, value in case.items() if name not in UNSHOWN_OF_CASE}
    part["prompts"] = [
        {name: value for name, value in prompt.items() if name not in UNSHOWN_OF_PROMPT}
        for prompt in part.get("prompts") or []
    ]
    if "answers" in part:
        part["answers"] = {code: text for code, text in part["answers"].items() if code not in personal}
    return part


def texts_of(content: Any, place: str = "") -> dict[str, str]:
    """{path: text} of everything somebody wrote, such as "case.steps.0.text"."""
    return dict(_texts(content, place))


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value.strip():
            yield place, value
        return
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, item in pairs:
        if name not in NO_TEXTS:
            yield from _texts(item, f"{place}.{name}".strip("."))


def redacted(content: Mapping[str, Any], found: Iterable[Mention]) -> dict[str, Any]:
    """A copy of the content in which every mention is masked."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for each in found:
        spans[each.place].append((each.start, each.end))
    texts = texts_of(content)
    return edited(
        content, {place: masked(texts[place], sorted(spans[place])) for place in spans if place in texts}
    )


def edited(content: Mapping[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    """A copy of the content with other texts at these paths; paths it does not have are passed over."""
    copy = deepcopy(dict(content))
    for place in texts_of(content).keys() & texts.keys():
        *way, last = place.split(".")
        holder: Any = copy
        for step in way:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        holder[int(last) if isinstance(holder, list) else last] = texts[place]
    return copy
