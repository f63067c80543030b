"""LibreChat prompts: one text and a group that names it; a choice is written {{tone:formal|short}}."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content.markers import N_
from casebook.interchange import braces
from casebook.interchange.draft import Draft
from casebook.interchange.entries import json_bytes, read_entries
from casebook.interchange.item import Content, Item, Result
from casebook.interchange.open_webui import one_text
from casebook.interchange.pieces import Blank, Template
from casebook.interchange.schema import Input
from casebook.interchange.values import group, word_set, words

FORMAT = "librechat"
_OWN = frozenset({"current_date", "current_datetime", "current_user", "iso_datetime"})
_GROUP = word_set(
    "_id name category oneliner command numberOfGenerations author authorName productionId "
    "projectIds createdAt updatedAt isShared onlyMyPrompts productionPrompt prompts __v"
)
_PROMPT = word_set("_id prompt type groupId author createdAt updatedAt labels __v")


def read(data: bytes, name: str) -> list[Result]:
    return read_entries(data, name, format=FORMAT, lists=("promptGroups", "groups", "prompts"), entry=_entry)


def _entry(draft: Draft, given: dict[str, Any]) -> None:
    about, prompt = _parts(given)
    draft.name = words(about.get("name")) or draft.name
    draft.titled(words(about.get("name")))
    draft.described(words(about.get("oneliner")))
    draft.commanded(words(about.get("command")))
    draft.tagged([words(about.get("category"))])
    draft.unread_keys(about, _GROUP)
    draft.unread_keys(prompt, _PROMPT)
    text = prompt.get("prompt")
    if not isinstance(text, str):
        draft.refuse(N_("The entry has no prompt text."))
        return
    draft.not_resolved(text)
    _say(draft, text)


def _parts(given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The group and its prompt: of a create body, or of a group with the prompt in use."""
    if isinstance(given.get("group"), Mapping):
        return group(given["group"]), group(given.get("prompt"))
    if isinstance(given.get("productionPrompt"), Mapping):
        return given, group(given["productionPrompt"])
    return given, given if isinstance(given.get("prompt"), str) else group(given.get("prompt"))


def _say(draft: Draft, text: str) -> None:
    found: dict[str, Input] = {}

    def blank_of(body: str) -> Blank | None:
        name, colon, choices = body.partition(":")
        if not braces.NAME.fullmatch(name.strip()):
            return None
        options = list(dict.fromkeys(filter(None, (each.strip() for each in choices.split("|")))))
        if name.strip() not in found or options:
            found[name.strip()] = Input(name.strip(), options=options if colon else [])
        return Blank(name.strip())

    template = Template()
    pieces = braces.read(text, template, blank_of)
    draft.take(template)
    for given in found.values():
        if given.name in _OWN:
            draft.note(N_("LibreChat fills “%(name)s” itself; here a person fills it."), name=given.name)
        draft.declare(given)
    draft.say("user", pieces, strip=False)


def write(items: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    """The body that creates a prompt; a list of them for several."""
    entries = [_written(item.content) for item in items]
    return json_bytes(entries[0] if len(entries) == 1 else entries)


def _written(content: Content) -> dict[str, Any]:
    about = {
        "name": content["title"],
        "oneliner": content["summary"],
        "category": content["tags"][0] if content["tags"] else "",
        "command": content.get("command", ""),
    }
    return {
        "prompt": {"prompt": one_text(content, _blank), "type": "text"},
        "group": {name: value for name, value in about.items() if value},
    }


def _blank(blank: Mapping[str, Any], first: bool) -> str:
    options = blank["options"] if blank["type"] == "select" else []
    if first and options and not any(set(option) & set("{}|") for option in options):
        return "{{" + blank["key"] + ":" + "|".join(options) + "}}"
    return "{{" + blank["key"] + "}}"
