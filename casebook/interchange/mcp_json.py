"""Results of MCP (Model Context Protocol): prompts/get, which has the text, and prompts/list, which has none."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content.markers import N_
from casebook.interchange import braces
from casebook.interchange.draft import Draft
from casebook.interchange.entries import json_bytes
from casebook.interchange.item import Content, Item, Result, Source, refused
from casebook.interchange.names import file_stem
from casebook.interchange.pieces import Template
from casebook.interchange.texts import json_of
from casebook.interchange.values import group, items, word_set, words

FORMAT = "mcp"
_ROLES = {"user": "user", "assistant": "assistant"}
_KNOWN = word_set(
    "name title description arguments messages resultType result jsonrpc id ttlMs cacheScope icons _meta"
)


def read(data: bytes, name: str) -> list[Result]:
    given = group(json_of(data))
    given = group(given.get("result")) or given
    if isinstance(given.get("prompts"), list):
        return [_listed(name, number, group(each)) for number, each in enumerate(given["prompts"], start=1)]
    draft = Draft(words(given.get("name")) or name, Source(FORMAT))
    draft.titled(words(given.get("title")), fallback=words(given.get("name")))
    draft.described(words(given.get("description")))
    draft.unread_keys(given, _KNOWN)
    for message in items(given.get("messages")):
        _message(draft, group(message))
    return [draft.finish()]


def _listed(name: str, number: int, given: Mapping[str, Any]) -> Result:
    msgid = N_("prompts/list has names and arguments, not the text. Save the answer to prompts/get instead.")
    named = words(given.get("title")) or words(given.get("name")) or name
    return refused(named, Source(FORMAT, number=number), msgid)


def _message(draft: Draft, message: Mapping[str, Any]) -> None:
    role = words(message.get("role"))
    content = message.get("content")
    kind = words(group(content).get("type")) or "text"
    if role not in _ROLES:
        draft.refuse(N_("The role “%(name)s” has no place here."), name=role[:60])
    elif kind != "text":
        draft.refuse(N_("A message holds something else than text (%(kind)s)."), kind=kind[:60])
    else:
        template = Template()
        text = content if isinstance(content, str) else words(group(content).get("text"))
        pieces = braces.read(text, template)
        draft.take(template)
        draft.say(_ROLES[role], pieces, strip=False)


def write(items_: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    """The answer to prompts/get, with the blanks still in the text. MCP has no instruction: it is the user's."""
    return json_bytes(get_result(items_[0].content))


def get_result(content: Content) -> dict[str, Any]:
    return {
        **({"description": content["summary"]} if content["summary"] else {}),
        "messages": [
            {
                "role": "assistant" if each["role"] == "assistant" else "user",
                "content": {"type": "text", "text": braces.write(each["content"])},
            }
            for each in content["messages"]
        ],
    }


def list_entry(content: Content) -> dict[str, Any]:
    """How the prompt stands in the answer to prompts/list."""
    return {
        "name": content.get("command") or file_stem(content["title"]),
        "title": content["title"],
        "description": content["summary"],
        "arguments": [
            {
                "name": blank["key"],
                "title": blank["label"],
                "description": blank["help"],
                "required": blank["required"],
            }
            for blank in content["variables"]
        ],
    }
