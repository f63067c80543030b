"""Langfuse prompts: a JSON list as its import takes it, or what its interface answers."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content.markers import N_
from casebook.interchange import braces
from casebook.interchange.draft import Draft
from casebook.interchange.entries import json_bytes, read_entries
from casebook.interchange.item import Content, Item, Result
from casebook.interchange.kept import NAME, unpacked
from casebook.interchange.pieces import Template, shortened
from casebook.interchange.values import group, names, word_set, words
from casebook.interchange.yaml_text import number

FORMAT = "langfuse"
_ROLES = {
    "system": "system",
    "user": "user",
    "assistant": "assistant",
    "developer": "system",
    "model": "assistant",
}
_REFERENCE = re.compile(r"@@@langfusePrompt:[^@\n]{0,500}@@@")
_KNOWN = word_set(
    "name type prompt config labels tags commitMessage version id projectId createdAt updatedAt "
    "createdBy resolutionGraph isActive"
)
_MODEL = ("model", "temperature", "top_p", "topP", "max_tokens", "maxTokens")


def read(data: bytes, name: str) -> list[Result]:
    return read_entries(data, name, format=FORMAT, lists=("data", "prompts"), entry=_entry)


def _entry(draft: Draft, given: dict[str, Any]) -> None:
    _named(draft, words(given.get("name")))
    draft.tagged(names(given.get("tags")))
    labels = [label for label in names(given.get("labels")) if label != "latest"]
    if labels:
        msgid = N_("The labels (%(names)s) were left out: here an editor gives them.")
        draft.note(msgid, names=", ".join(labels)[:200])
    _config(draft, given.get("config"))
    draft.unread_keys(given, _KNOWN)
    draft.not_resolved(given.get("prompt"))
    prompt = given.get("prompt")
    if isinstance(prompt, str):
        _say(draft, "user", prompt)
    elif isinstance(prompt, list):
        for message in prompt:
            _message(draft, group(message))
    else:
        draft.refuse(N_("The entry has no prompt text. Export the prompts with their text."))


def _named(draft: Draft, name: str) -> None:
    folder, _, title = name.rpartition("/")
    draft.name = name or draft.name
    draft.titled(title)
    if folder:
        draft.content["work_field"] = folder[:200]


def _config(draft: Draft, given: Any) -> None:
    config = group(given)
    draft.kept = unpacked(config.pop(NAME, None))
    draft.modelled(
        config.get("model"),
        temperature=config.get("temperature"),
        top_p=config.get("top_p", config.get("topP")),
        max_tokens=config.get("max_tokens", config.get("maxTokens")),
    )
    draft.unread_keys(config, _MODEL)
    draft.not_resolved(config)


def _message(draft: Draft, message: dict[str, Any]) -> None:
    if words(message.get("type")) == "placeholder":
        msgid = N_("The place for an earlier conversation (“%(name)s”) was left out.")
        draft.note(msgid, name=words(message.get("name"))[:100])
        return
    role = words(message.get("role")).lower() or "user"
    if role not in _ROLES:
        draft.refuse(N_("The role “%(name)s” has no place here."), name=role[:60])
    elif not isinstance(message.get("content"), str):
        draft.refuse(N_("A message is not text. Prompts here are text."))
    else:
        _say(draft, _ROLES[role], message["content"])


def _say(draft: Draft, role: str, text: str) -> None:
    reference = _REFERENCE.search(text)
    if reference is not None:
        msgid = N_("“%(construct)s” puts in a part from another file, which is not in this one.")
        draft.refuse(msgid, construct=shortened(reference[0]))
    template = Template()
    pieces = braces.read(text, template)
    draft.take(template)
    draft.say(role, pieces, strip=False)


def write(items_: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    return json_bytes([_written(item.content, extra) for item, extra in zip(items_, kept, strict=True)])


def _written(content: Content, extra: Mapping[str, Any]) -> dict[str, Any]:
    messages = [{"role": each["role"], "content": _text(each["content"])} for each in content["messages"]]
    is_text = len(messages) == 1 and messages[0]["role"] == "user"
    model = content.get("model") or {}
    config = {
        "model": model.get("name") or None,
        "temperature": number(model.get("temperature")),
        "top_p": number(model.get("top_p")),
        "max_tokens": number(model.get("max_tokens")),
        NAME: dict(extra) or None,
    }
    return {
        "name": _name(content),
        "type": "text" if is_text else "chat",
        "prompt": messages[0]["content"] if is_text else messages,
        "config": {name: value for name, value in config.items() if value is not None},
        "labels": [],
        "tags": content["tags"],
    }


def _text(text: str) -> str:
    """Langfuse has no way to write its own mark as plain text, so an invisible sign breaks it."""
    return braces.write(text).replace("@@@langfusePrompt:", "@@@\u200blangfusePrompt:")


def _name(content: Content) -> str:
    """Folders by /; neither / nor | may stand in a name."""
    folder, title = (re.sub(r"\s*[/|]\s*", "-", content[field]) for field in ("work_field", "title"))
    return f"{folder}/{title}" if folder else title
