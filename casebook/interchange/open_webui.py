"""Open WebUI prompts: the older list (title) and the newer one (name, meta, tags)."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content import content_sha256
from casebook.content.markers import N_
from casebook.interchange import braces
from casebook.interchange.draft import Draft
from casebook.interchange.entries import json_bytes, read_entries
from casebook.interchange.item import Content, Item, Result
from casebook.interchange.kept import NAME, unpacked
from casebook.interchange.names import command_from
from casebook.interchange.open_webui_blanks import OWN_BLANKS, input_of, written_blank
from casebook.interchange.pieces import Blank, Template
from casebook.interchange.schema import Input
from casebook.interchange.values import group, names, word_set, words

FORMAT = "open_webui"
_KNOWN = word_set(
    "command title name content timestamp user_id access_control access_grants data meta tags "
    "is_active id version_id created_at updated_at commit_message user write_access"
)


def read(data: bytes, name: str) -> list[Result]:
    return read_entries(data, name, format=FORMAT, lists=("items", "prompts"), entry=_entry)


def _entry(draft: Draft, given: dict[str, Any]) -> None:
    command = words(given.get("command"))
    meta = group(given.get("meta"))
    draft.kept = unpacked(meta.pop(NAME, None))
    draft.name = words(given.get("name")) or words(given.get("title")) or command or draft.name
    draft.titled(words(given.get("name") or given.get("title")), fallback=command.removeprefix("/"))
    draft.commanded(command)
    draft.described(words(meta.pop("description", "")))
    draft.tagged(_tags(given.get("tags")))
    draft.unread_keys(meta, ())
    draft.unread_keys(group(given.get("data")), ())
    draft.unread_keys(given, _KNOWN)
    if given.get("is_active") is False:
        draft.note(N_("The prompt is switched off there."))
    draft.not_resolved(given.get("content"))
    if not isinstance(given.get("content"), str):
        draft.refuse(N_("The entry has no prompt text."))
        return
    _say(draft, given["content"])


def _tags(value: Any) -> list[str]:
    listed = value if isinstance(value, list) else []
    return [*names(listed), *(words(each.get("name")) for each in listed if isinstance(each, dict))]


def _say(draft: Draft, text: str) -> None:
    found: dict[str, Input] = {}

    def blank_of(body: str) -> Blank | None:
        given = input_of(body)
        if given is None:
            return None
        if given.name not in found or "|" in body:
            found[given.name] = given
        return Blank(given.name)

    template = Template()
    pieces = braces.read(text, template, blank_of)
    draft.take(template)
    for given in found.values():
        if given.name in OWN_BLANKS:
            draft.note(N_("Open WebUI fills “%(name)s” itself; here a person fills it."), name=given.name)
        draft.declare(given)
    draft.say("user", pieces, strip=False)


def write(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    """The newer form; commands are told apart, as Open WebUI wants each once."""
    taken: set[str] = set()
    entries = []
    for item, extra in zip(items, kept, strict=True):
        command = _command(item.content, taken)
        taken.add(command)
        entries.append(_written(item.content, extra, command))
    return json_bytes(entries)


def _command(content: Content, taken: set[str]) -> str:
    """Its command; without one, or beside another of the same name, one made from title and content."""
    command: str = content.get("command", "")
    if command and command not in taken:
        return command
    name = command or command_from(content["title"]) or "prompt"
    return f"{name[:45]}-{content_sha256(content)[:8]}"


def _written(content: Content, extra: Mapping[str, Any], command: str) -> dict[str, Any]:
    meta = {"description": content["summary"], NAME: dict(extra)}
    return {
        "command": command,
        "name": content["title"],
        "content": one_text(content, written_blank),
        "data": {},
        "meta": {name: value for name, value in meta.items() if value},
        "tags": content["tags"],
        "is_active": True,
        "access_control": {},
    }


def one_text(content: Content, blank: Any) -> str:
    """All messages as one text, for tools without roles. blank: how a declared blank is written there."""
    declared = {each["key"]: each for each in content["variables"]}
    used: set[str] = set()

    def written(key: str) -> str:
        first = key not in used
        used.add(key)
        return str(blank(declared[key], first)) if key in declared else "{{" + key + "}}"

    return "\n\n".join(braces.write(each["content"], written) for each in content["messages"])
