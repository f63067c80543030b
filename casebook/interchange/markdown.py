"""Our Markdown: front matter for the facts, a heading and fenced texts for people; it comes back in whole."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content import ContentRefused, clean_prompt, content_sha256
from casebook.content import Problem as ContentProblem
from casebook.content.markers import N_
from casebook.exports.markdown_text import fenced, inline
from casebook.imports.problems import Problem
from casebook.interchange.front import join_front, split_front
from casebook.interchange.item import Item, Refused, Result, Source, refused
from casebook.interchange.kept import TESTS
from casebook.interchange.own_json import CHANGED
from casebook.interchange.safe_yaml import YamlRefused
from casebook.interchange.tests_field import clean_tests
from casebook.interchange.texts import text_of
from casebook.interchange.values import as_written, group, words

FORMAT = "markdown"
MARK = "prompt_casebook"
VERSION = 1
_IN_BODY = frozenset({"messages"})
_HEADING = re.compile(r"##\s+(system|user|assistant)\s*", re.IGNORECASE)
_FENCE = re.compile(r"(`{3,})(?:text|)\s*")


def read(data: bytes, name: str) -> list[Result]:
    """Return the one prompt of the file: fields from the front matter, messages from the body."""
    source = Source(FORMAT)
    found: list[Problem] = []
    try:
        front = split_front(text_of(data))
    except YamlRefused as refusal:
        return [Refused(name, (refusal.problem,), source)]
    values = as_written(front.values)
    if words(values.pop(MARK, None)) != str(VERSION):
        return [refused(name, source, N_("The Markdown file was not written by a casebook of this kind."))]
    stated, tests = words(values.pop("content_sha256", None)), values.pop(TESTS, None)
    values["messages"] = _messages(front.body, front.body_line, found)
    title = words(values.get("title"))[:200] or name
    content, cleaned = _cleaned(values, tests, found)
    if found:
        return [Refused(title, tuple(found), source)]
    notices = () if stated in ("", content_sha256(content)) else (Problem(None, "", CHANGED),)
    return [Item(title, content, tuple(cleaned), notices, source)]


def _cleaned(
    values: Mapping[str, Any], tests: Any, found: list[Problem]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    problems: list[ContentProblem] = []
    cleaned = clean_tests(tests, problems)
    content: dict[str, Any] = {}
    try:
        content = clean_prompt(values)
    except ContentRefused as refusal:
        problems += refusal.problems
    found += [Problem(None, "", each.msgid, each.params, each.path) for each in problems]
    return content, cleaned


def _messages(body: str, first_line: int, found: list[Problem]) -> list[dict[str, str]]:
    """Every fenced text under a heading that names a role."""
    messages: list[dict[str, str]] = []
    lines = body.split("\n")
    role = ""
    number = 0
    while number < len(lines):
        line = lines[number]
        heading, fence = _HEADING.fullmatch(line), _FENCE.fullmatch(line)
        role = heading[1].lower() if heading else role
        if fence and role:
            end = _closing(lines, number + 1, fence[1])
            if end is None:
                msgid = N_("The fenced text that opens here never closes.")
                found.append(Problem(first_line + number, "", msgid))
                return messages
            messages.append({"role": role, "content": "\n".join(lines[number + 1 : end])})
            number, role = end, ""
        number += 1
    return messages


def _closing(lines: list[str], start: int, fence: str) -> int | None:
    return next((number for number in range(start, len(lines)) if lines[number].rstrip() == fence), None)


def write(items_: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    item = items_[0]
    content = item.content
    facts = {
        name: value for name, value in content.items() if name not in _IN_BODY and _says_something(value)
    }
    front = {
        MARK: VERSION,
        **facts,
        **({TESTS: list(item.tests)} if item.tests else {}),
        "content_sha256": content_sha256(content),
    }
    parts = [f"# {inline(content['title'])}"]
    parts += [f"{inline(content['summary'])}"] if content["summary"] else []
    parts += [f"## {each['role']}\n\n{fenced(each['content'])}" for each in content["messages"]]
    return (join_front(front, "\n" + "\n\n".join(parts) + "\n")).encode()


def _says_something(value: Any) -> bool:
    return value not in (None, "", [], {}, False) and (
        not isinstance(value, dict) or any(group(value).values())
    )
