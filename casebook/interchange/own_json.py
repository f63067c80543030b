"""Our own JSON of one prompt or of several: the content as it is, its hash and its tests."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content import ContentRefused, clean_prompt, content_sha256
from casebook.content import Problem as ContentProblem
from casebook.content.markers import N_
from casebook.imports.problems import Problem
from casebook.interchange.entries import json_bytes
from casebook.interchange.item import Item, Refused, Result, Source
from casebook.interchange.tests_field import clean_tests
from casebook.interchange.texts import json_of
from casebook.interchange.values import group, plain, words

FORMAT = "json"
MARK = "prompt-casebook-prompts"
VERSION = 1
CHANGED = N_("The prompt was changed after the export: its hash differs.")


def read(data: bytes, name: str) -> list[Result]:
    given = group(json_of(data))
    listed = given.get("prompts")
    if given.get("format_version") != VERSION or not isinstance(listed, list):
        msgid = N_("The file has form %(found)s; this site reads form %(known)s. Update this site.")
        params: dict[str, object] = {"found": words(given.get("format_version"))[:20], "known": VERSION}
        return [Refused(name, (Problem(None, "", msgid, params),), Source(FORMAT))]
    return [_entry(group(each), name, number) for number, each in enumerate(listed, start=1)]


def _entry(given: Mapping[str, Any], name: str, number: int) -> Result:
    source = Source(FORMAT, number=number)
    found: list[ContentProblem] = []
    tests = clean_tests(plain(given.get("tests")), found)
    title = words(group(given.get("content")).get("title"))[:200] or name
    try:
        content = clean_prompt(plain(group(given.get("content"))))
    except ContentRefused as refusal:
        found += refusal.problems
        content = {}
    if found:
        problems = tuple(Problem(number, "", each.msgid, each.params, each.path) for each in found)
        return Refused(title, problems, source)
    return Item(title, content, tuple(tests), _changed(given, content), source)


def _changed(given: Mapping[str, Any], content: Mapping[str, Any]) -> tuple[Problem, ...]:
    stated = words(given.get("content_sha256"))
    if not stated or stated == content_sha256(content):
        return ()
    return (Problem(None, "", CHANGED),)


def write(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    return json_bytes(
        {
            "format": MARK,
            "format_version": VERSION,
            "prompts": [
                {
                    "content_sha256": content_sha256(item.content),
                    "content": item.content,
                    "tests": list(item.tests),
                }
                for item in items
            ],
        }
    )
