"""Dotprompt files (.prompt): YAML, then Handlebars with {{role "user"}} between messages."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content.choices import SENSITIVITIES
from casebook.content.markers import N_
from casebook.interchange import handlebars
from casebook.interchange.dotprompt_write import KEPT, SENSITIVITY, TAGS, TITLE, write
from casebook.interchange.draft import Draft
from casebook.interchange.front import WITHOUT_FRONT, Front, split_front
from casebook.interchange.handlebars import Role
from casebook.interchange.item import Result, Source
from casebook.interchange.kept import unpacked
from casebook.interchange.names import command_of
from casebook.interchange.pieces import Piece, Template
from casebook.interchange.safe_yaml import YamlRefused
from casebook.interchange.schema import (
    Input,
    from_json_schema,
    from_picoschema,
    is_json_schema,
    json_schema_of_pico,
)
from casebook.interchange.texts import text_of
from casebook.interchange.values import group, items, json_text, names, word_set, words

__all__ = ["read", "write"]

FORMAT = "dotprompt"
_ROLES = {"system": "system", "user": "user", "model": "assistant", "assistant": "assistant"}
_ROLE_MARK = re.compile(r"<<<dotprompt:role:([a-z]{1,20})>>>")
_OTHER_MARK = re.compile(r"<<<dotprompt:((?:history|media|section)[^>\n]{0,300})>>>")
_KNOWN = word_set(
    f"name description model config input output tools toolDefs metadata {KEPT} {SENSITIVITY} {TITLE} {TAGS}"
)


def read(data: bytes, name: str) -> list[Result]:
    """Return the one prompt of the file."""
    draft = Draft(name, Source(FORMAT))
    try:
        front = split_front(text_of(data), comments=True)
    except YamlRefused as refusal:
        draft.problems.append(refusal.problem)
        return [draft.finish()]
    if front.body_line == 1:
        draft.note(WITHOUT_FRONT)
    _head(draft, front.values)
    _inputs(draft, front.values)
    _output(draft, group(front.values.get("output")))
    _body(draft, front)
    return [draft.finish()]


def _head(draft: Draft, given: Mapping[str, Any]) -> None:
    draft.kept = unpacked(given.get(KEPT))
    name = words(given.get("name"))
    draft.titled(words(given.get(TITLE)), fallback=name)
    if name and given.get(TITLE):
        draft.content["command"] = command_of(name)
    draft.described(words(given.get("description")))
    draft.tagged(names(given.get(TAGS)))
    sensitivity = words(given.get(SENSITIVITY))
    if sensitivity in SENSITIVITIES:
        draft.content["sensitivity"] = sensitivity
    elif sensitivity:
        draft.unread(f"{SENSITIVITY}: {sensitivity[:60]}")
    config = group(given.get("config"))
    draft.modelled(
        given.get("model"),
        temperature=config.pop("temperature", None),
        top_p=config.pop("topP", None),
        max_tokens=config.pop("maxOutputTokens", None),
    )
    draft.unread_keys(config, ())
    draft.unread_keys(given, _KNOWN)
    draft.unread_keys(group(given.get("metadata")), ())
    _tools(draft, given)
    draft.not_resolved({key: value for key, value in given.items() if key != KEPT})


def _tools(draft: Draft, given: Mapping[str, Any]) -> None:
    tools = [*names(given.get("tools")), *group(given.get("toolDefs"))]
    tools += [words(group(tool).get("name")) for tool in items(given.get("toolDefs"))]
    if tools:
        msgid = N_("The tools (%(names)s) were left out: prompts here call no programs.")
        draft.note(msgid, names=", ".join(tools[:10])[:200])


def _inputs(draft: Draft, given: Mapping[str, Any]) -> None:
    declared = group(given.get("input"))
    schema = declared.get("schema")
    defaults = group(declared.get("default"))
    found: list[Input] = []
    if isinstance(schema, Mapping):
        found = from_json_schema(schema) if is_json_schema(schema) else from_picoschema(schema)
    elif schema:
        draft.note(N_("The input schema “%(name)s” stands in another file."), name=words(schema)[:100])
    for each in found:
        each.default = defaults.pop(each.name, each.default)
        draft.declare(each)
    for name, value in defaults.items():
        draft.declare(Input(name, default=value))


def _output(draft: Draft, given: Mapping[str, Any]) -> None:
    schema = given.get("schema")
    if isinstance(schema, Mapping):
        as_json = schema if is_json_schema(schema) else json_schema_of_pico(schema)
        draft.content["output_schema"] = json_text(as_json)
    elif schema:
        draft.note(
            N_("The schema of the answer (“%(name)s”) stands in another file."), name=words(schema)[:100]
        )
    answer = words(given.get("format"))
    if answer and answer not in ("text", "media") and not schema:
        draft.content["output_format"] = answer.upper()
    if answer == "media":
        draft.refuse(N_("The answer is a picture or a file. Prompts here are answered in text."))


def _body(draft: Draft, front: Front) -> None:
    template = Template(front.body_line)
    fields = group(draft.kept.get("fields"))
    parts = {words(group(part).get("name")) for part in items(fields.get("parts"))}
    marks = handlebars.read(_with_tags(front.body), template, parts=parts)
    draft.take(template)
    for role, pieces in _messages(draft, marks):
        draft.say(role, pieces)
    if not draft.content["messages"] and not draft.problems:
        draft.refuse(N_("The file has no text after its front matter."))


def _with_tags(body: str) -> str:
    """Some files hold the marks that {{role}} and the like leave behind; they mean the same."""
    body = _ROLE_MARK.sub(r'{{role "\1"}}', body)
    return _OTHER_MARK.sub(r"{{\1}}", body)


def _messages(draft: Draft, marks: Sequence[handlebars.Mark]) -> list[tuple[str, list[Piece]]]:
    """Text before the first role mark is the user's, as Dotprompt has it."""
    messages: list[tuple[str, list[Piece]]] = [("user", [])]
    for mark in marks:
        if not isinstance(mark, Role):
            messages[-1][1].append(mark)
        elif mark.name in _ROLES:
            messages.append((_ROLES[mark.name], []))
        else:
            draft.refuse(N_("The role “%(name)s” has no place here."), name=mark.name[:60])
    return messages
