"""Findings about the parts and steps a prompt names: unknown, missing, out of date, in a circle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from casebook.blanks import blanks_in
from casebook.content.markers import N_
from casebook.lint.findings import Finding, Fix
from casebook.lint.spelled import spelled
from casebook.parts import Link, PartsRefused, effective_variables, expand, find_cycle

Content = Mapping[str, Any]
_REFUSALS = {"cycle": "part_cycle", "depth": "deep_parts", "size": "long_parts"}


@dataclass(frozen=True)
class Whole:
    """The prompt with its parts put in.

    described, used_elsewhere: keys that anything describes, and that the text of parts and steps uses.
    loose: keys of parts that nothing describes. refused: why parts cannot be put in, or "". complete: all parts
    and steps are known.
    """

    length: int
    described: frozenset[str] = frozenset()
    used_elsewhere: frozenset[str] = frozenset()
    loose: tuple[str, ...] = field(default=())
    refused: str = ""
    complete: bool = True


def whole_of(content: Content, known: Mapping[Link, Content]) -> Whole:
    """Put the parts in: how long it gets, which blanks they bring, describe and leave undescribed."""
    own = blanks_in(content["messages"])
    length = sum(len(message["content"]) for message in content["messages"])
    below = [known[link] for link in _steps(content) if link in known]
    used = {key for prompt in below for key in blanks_in(prompt["messages"])}
    try:
        expanded = expand(content, known) if content.get("parts") else content["messages"]
        every = effective_variables(content, known) if content.get("parts") else content["variables"]
    except PartsRefused as refusal:
        return Whole(length, used_elsewhere=frozenset(used), refused=refusal.reason, complete=False)
    described = {variable["key"] for variable in every}
    brought = [key for key in blanks_in(expanded) if key not in own] if content.get("parts") else []
    return Whole(
        length=sum(len(message["content"]) for message in expanded),
        described=frozenset(described),
        used_elsewhere=frozenset(used.union(brought)),
        loose=tuple(key for key in brought if key not in described),
        complete=len(below) == len(_steps(content)),
    )


def find_links(
    content: Content,
    *,
    uid: str,
    known: Mapping[Link, Content] | None,
    newer: Mapping[str, int],
    whole: Whole,
) -> Iterator[Finding]:
    yield from _included(content)
    for number, part in enumerate(content.get("parts", [])):
        yield from _pinned(part, f"parts.{number}", "part", {"part": part["name"]}, known, newer)
    for number, step in enumerate(content.get("steps", [])):
        yield from _pinned(step["prompt"], f"steps.{number}.prompt", "step", {}, known, newer)
        if step["gate"] == "human" and not step["check"]:
            yield Finding("no_check", f"steps.{number}.check")
    refused = whole.refused
    if uid and refused != "cycle" and find_cycle(uid, content, (known or {}).get):
        refused = "cycle"
    if refused in _REFUSALS:
        yield Finding(_REFUSALS[refused], "parts" if content.get("parts") else "steps")


def _included(content: Content) -> Iterator[Finding]:
    chosen = {part["name"] for part in content.get("parts", [])}
    seen: set[str] = set()
    for number, message in enumerate(content["messages"]):
        for each in spelled(message["content"]):
            if each.kind == "part" and each.name not in seen:
                seen.add(each.name)
                if each.name not in chosen:
                    path = f"messages.{number}.content"
                    yield Finding("unknown_part", path, each.start, each.end, {"part": each.name})
    for number, part in enumerate(content.get("parts", [])):
        if part["name"] not in seen:
            fix = Fix("remove", N_("Remove it"), {"path": f"parts.{number}"})
            yield Finding("unused_part", f"parts.{number}", params={"part": part["name"]}, fix=fix)


def _pinned(
    link: Mapping[str, Any],
    path: str,
    kind: str,
    named: Mapping[str, object],
    known: Mapping[Link, Content] | None,
    newer: Mapping[str, int],
) -> Iterator[Finding]:
    if known is not None and (link["uid"], link["version"]) not in known:
        yield Finding(f"missing_{kind}", path, params=named)
    newest = newer.get(link["uid"])
    if newest is not None and link["version"] is not None and newest > link["version"]:
        values = {f"{path}.version": newest}
        fix = Fix("set", N_("Take version %(newest)s"), {"values": values}, {"newest": newest})
        params = {**named, "pinned": link["version"], "newest": newest}
        yield Finding(f"old_{kind}", path, params=params, fix=fix)


def _steps(content: Content) -> list[Link]:
    return [(step["prompt"]["uid"], step["prompt"]["version"]) for step in content.get("steps", [])]
