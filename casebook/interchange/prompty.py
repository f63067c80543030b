"""Prompty files (.prompty): version 2, and version 1 as found in the wild."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content.markers import N_
from casebook.interchange import jinja, mustache
from casebook.interchange.draft import Draft
from casebook.interchange.front import WITHOUT_FRONT, Front, split_front
from casebook.interchange.item import Result, Source
from casebook.interchange.kept import NAME, unpacked
from casebook.interchange.names import command_of
from casebook.interchange.pieces import Blank, Piece, Template
from casebook.interchange.prompty_fields import declared_inputs, output_schema
from casebook.interchange.prompty_write import write
from casebook.interchange.safe_yaml import YamlRefused
from casebook.interchange.texts import text_of
from casebook.interchange.values import group, items, names, word_set, words

__all__ = ["read", "write"]

FORMAT = "prompty"
_ROLE_LINE = re.compile(
    r"\s*#?\s*(assistant|developer|function|system|tool|user)(\[[^\]\n]{0,500}\])?\s*:\s*", re.IGNORECASE
)
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,200}\]\([^()\s]{1,300}\)")
_ROLES = {"system": "system", "developer": "system", "user": "user", "assistant": "assistant"}
_OTHER_TASKS = {
    "embedding": "embedding",
    "image": "image",
    "images": "image",
    "audio": "audio",
    "speech": "audio",
}
_KNOWN = word_set(
    "name displayName description metadata model inputs outputs inputSchema outputSchema template tags authors "
    "sample version tools instructions kind base isBase parameters"
)


def read(data: bytes, name: str) -> list[Result]:
    """Return the one prompt of the file."""
    draft = Draft(name, Source(FORMAT))
    try:
        front = split_front(text_of(data))
    except YamlRefused as refusal:
        draft.problems.append(refusal.problem)
        return [draft.finish()]
    if front.body_line == 1:
        draft.note(WITHOUT_FRONT)
    _head(draft, front)
    _body(draft, front)
    return [draft.finish()]


def _head(draft: Draft, front: Front) -> None:
    given = front.values
    metadata = group(given.get("metadata"))
    draft.kept = unpacked(metadata.pop(NAME, None))
    draft.titled(words(given.get("displayName")), fallback=words(given.get("name")))
    if words(given.get("name")) and words(given.get("displayName")):
        draft.content["command"] = command_of(words(given["name"]))
    draft.described(words(given.get("description")))
    draft.tagged([*names(given.get("tags")), *names(metadata.get("tags"))])
    for ours, theirs in (("sensitivity", "sensitivity"), ("licence", "license")):
        _coded(draft, ours, words(metadata.get(theirs)))
    draft.unread_keys(metadata, ("tags", "sensitivity", "license"))
    draft.unread_keys(given, _KNOWN)
    for key in ("authors", "version", "base"):
        if given.get(key):
            draft.unread(key)
    _tools(draft, given)
    _model(draft, given)
    draft.not_resolved({**given, "metadata": metadata})


def _coded(draft: Draft, field: str, code: str) -> None:
    from_ours = {"sensitivity": ("open", "internal", "confidential", "personal")}
    known = from_ours.get(field, ("none", *(f"KOGL-{number}" for number in range(5))))
    if code in known:
        draft.content[field] = code
    elif code:
        draft.unread(f"{field}: {code[:60]}")


def _tools(draft: Draft, given: Mapping[str, Any]) -> None:
    tools = given.get("tools")
    listed = items(tools) if isinstance(tools, list) else list(group(tools).values())
    if listed:
        named = ", ".join(words(group(tool).get("name")) or words(tool)[:40] for tool in listed[:10])
        draft.note(
            N_("The tools (%(names)s) were left out: prompts here call no programs."), names=named[:200]
        )


def _model(draft: Draft, given: Mapping[str, Any]) -> None:
    model = given.get("model")
    if isinstance(model, str):
        model = {"id": model}
    model = group(model)
    api = words(model.get("apiType") or model.get("api")).lower()
    if api in _OTHER_TASKS:
        msgid = N_("The file is for an %(kind)s model, not for a model that answers in text.")
        draft.refuse(msgid, kind=_OTHER_TASKS[api])
    configuration = {**group(model.get("configuration")), **group(model.get("connection"))}
    options = {**group(model.get("parameters")), **group(model.get("options"))}
    _tools(draft, {"tools": options.pop("tools", None)})
    draft.modelled(
        model.get("id") or configuration.get("azure_deployment") or configuration.get("model"),
        temperature=options.pop("temperature", None),
        top_p=options.pop("topP", options.pop("top_p", None)),
        max_tokens=options.pop("maxOutputTokens", options.pop("max_tokens", options.pop("maxTokens", None))),
    )
    draft.unread_keys(options, ())
    for key in ("connection", "configuration"):
        if model.get(key):
            draft.note(N_("How to reach the model (%(name)s) was left out."), name=key)


def _body(draft: Draft, front: Front) -> None:
    inputs = declared_inputs(front.values)
    threads = {given.name for given in inputs if given.kind == "thread"}
    for given in inputs:
        if given.kind != "thread":
            draft.declare(given)
    schema = output_schema(front.values)
    if schema:
        draft.content["output_schema"] = schema
    engine = _engine(draft, front.values)
    for picture in _PICTURE.findall(front.body)[:5]:
        draft.note(N_("“%(name)s” stays a link in the text; no picture is sent."), name=picture[:100])
    for role, text, line in _sections(draft, front):
        template = Template(line)
        pieces = engine(text, template)
        draft.take(template)
        draft.say(role, _without_threads(draft, pieces, threads))
    if not draft.content["messages"] and not draft.problems:
        draft.refuse(N_("The file has no text after its front matter."))


def _engine(draft: Draft, given: Mapping[str, Any]) -> Any:
    template = given.get("template")
    kind = template
    if isinstance(template, Mapping):
        kind = template.get("format") or template.get("type")
        kind = kind.get("kind") if isinstance(kind, Mapping) else kind
    kind = words(kind).lower() or "jinja2"
    if kind not in ("jinja2", "mustache", "*"):
        draft.refuse(N_("The template language “%(name)s” is not known here."), name=kind[:60])
    return mustache.read if kind == "mustache" else jinja.read


def _sections(draft: Draft, front: Front) -> list[tuple[str, str, int]]:
    """The messages as (role, text, first line); text before the first role line is the instruction."""
    sections: list[tuple[str, list[str], int]] = [("system", [], front.body_line)]
    for number, line in enumerate(front.body.split("\n"), start=front.body_line):
        mark = _ROLE_LINE.fullmatch(line) if len(line) < 700 else None
        if mark is None:
            sections[-1][1].append(line)
            continue
        role = _ROLES.get(mark[1].lower(), "")
        if not role:
            draft.refuse(N_("The role “%(name)s” has no place here."), line=number, name=mark[1])
        if mark[2]:
            draft.unread(mark[2])
        sections.append((role or "user", [], number + 1))
    return [(role, "\n".join(lines), line) for role, lines, line in sections]


def _without_threads(draft: Draft, pieces: Sequence[Piece], threads: set[str]) -> list[Piece]:
    msgid = N_("The place for an earlier conversation (“%(name)s”) was left out.")
    left = [piece for piece in pieces if isinstance(piece, Blank) and piece.name in threads]
    for blank in left:
        draft.note(msgid, name=blank.name if isinstance(blank, Blank) else "")
    return [piece for piece in pieces if piece not in left]
