"""Reusable parts inside prompts: {{> 이름}} stands for the text of a pinned version of another prompt.

A part may hold parts of its own. Nothing here reads a database: the caller hands over the contents by
(uid, version).
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from casebook.blanks import blanks_in

Content = Mapping[str, Any]
Link = tuple[str, int]

_PART = re.compile(r"\{\{>[ \t]*+([가-힣A-Za-z_][가-힣A-Za-z0-9_]{0,99}+)[ \t]*+\}\}")
MOST_CHARACTERS = 2_000_000  # of an expanded prompt; parts of parts multiply
MOST_DEPTH = 20


class PartsRefused(ValueError):
    """Parts cannot be put in: `reason` is cycle, missing, depth or size; `name` the part at fault."""

    def __init__(self, reason: str, name: str) -> None:
        self.reason, self.name = reason, name
        super().__init__(f"{reason}: {name}")


def included(name: str) -> str:
    """Return how a text includes the part of this name."""
    return f"{{{{> {name}}}}}"


def links_of(content: Content) -> list[Link]:
    """The (uid, version) of every prompt that a content names: its parts, then its steps."""
    parts = [(part["uid"], part["version"]) for part in content.get("parts", [])]
    steps = [(step["prompt"]["uid"], step["prompt"]["version"]) for step in content.get("steps", [])]
    return list(dict.fromkeys([*parts, *steps]))


def expand(content: Content, known: Mapping[Link, Content]) -> list[dict[str, str]]:
    """Return the messages with every part put in; an undeclared name stays as it is written.

    known: contents of all versions reachable from this one. A part's messages are joined by blank lines.
    Raises PartsRefused.
    """
    budget = [MOST_CHARACTERS]
    return [
        {"role": message["role"], "content": _expanded(message["content"], content, known, (), budget)}
        for message in content["messages"]
    ]


def effective_variables(content: Content, known: Mapping[Link, Content]) -> list[dict[str, Any]]:
    """The declared variables, then those of the parts, one for each key used in the expanded text."""
    variables = {variable["key"]: dict(variable) for variable in content["variables"]}
    for part in _parts_below(content, known):
        for variable in part["variables"]:
            variables.setdefault(variable["key"], dict(variable))
    used = set(blanks_in(expand(content, known)))
    own = {variable["key"] for variable in content["variables"]}
    return [variable for key, variable in variables.items() if key in own or key in used]


def find_cycle(uid: str, content: Content, content_of: Callable[[Link], Content | None]) -> list[str]:
    """Return the uids of a way from a prompt back to itself through parts and steps, or [].

    content_of answers None for what this site does not have. Versions do not matter: a prompt that holds an
    older version of itself is refused as well, because nobody could follow its updates.
    """
    way: list[str] = []
    done: set[Link] = set()

    def leads_back(current: Content) -> bool:
        for link in links_of(current):
            if link[0] == uid or link[0] in way:
                way.append(link[0])
                return True
            below = None if link in done else content_of(link)
            done.add(link)
            if below is None:
                continue
            way.append(link[0])
            if leads_back(below):
                return True
            way.pop()
        return False

    return [uid, *way] if leads_back(content) else []


def _expanded(
    text: str, content: Content, known: Mapping[Link, Content], inside: tuple[str, ...], budget: list[int]
) -> str:
    links = {part["name"]: (part["uid"], part["version"]) for part in content.get("parts", [])}

    def put_in(match: re.Match[str]) -> str:
        name = match[1]
        if name not in links:
            return match[0]
        link = links[name]
        if link[0] in inside:
            raise PartsRefused("cycle", name)
        if len(inside) >= MOST_DEPTH:
            raise PartsRefused("depth", name)
        if link not in known:
            raise PartsRefused("missing", name)
        below = known[link]
        whole = "\n\n".join(message["content"] for message in below["messages"])
        return _expanded(whole, below, known, (*inside, link[0]), budget)

    result = _PART.sub(put_in, _nfc(text))
    budget[0] -= len(result)
    if budget[0] < 0:
        raise PartsRefused("size", "")
    return result


def _parts_below(content: Content, known: Mapping[Link, Content]) -> list[Content]:
    found: dict[Link, Content] = {}
    waiting = [content]
    while waiting:
        for part in waiting.pop().get("parts", []):
            link = (part["uid"], part["version"])
            if link in known and link not in found:
                found[link] = known[link]
                waiting.append(known[link])
    return list(found.values())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
