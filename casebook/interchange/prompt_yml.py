"""GitHub Models files (.prompt.yml). Unknown names are never added: what the format lacks is lost and listed."""

from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content.markers import N_
from casebook.interchange import braces
from casebook.interchange.draft import Draft
from casebook.interchange.item import Content, Item, Result, Source
from casebook.interchange.pieces import Template
from casebook.interchange.prompt_yml_tests import read_tests, write_tests
from casebook.interchange.safe_yaml import YamlRefused, load
from casebook.interchange.texts import text_of
from casebook.interchange.values import group, json_object, json_text, word_set, words
from casebook.interchange.yaml_text import dump, number

FORMAT = "prompt_yml"
_ROLES = {"system": "system", "user": "user", "assistant": "assistant", "developer": "system"}
_KNOWN = word_set(
    "name description model modelParameters responseFormat jsonSchema messages testData evaluators"
)
# gh-models wants a name around a schema; ours has none.
_WRAP = ('{"name": "answer", "schema": ', "}")


def read(data: bytes, name: str) -> list[Result]:
    """Return the one prompt of the file."""
    draft = Draft(name, Source(FORMAT))
    try:
        value = load(text_of(data))
    except YamlRefused as refusal:
        draft.problems.append(refusal.problem)
        return [draft.finish()]
    given = group(value)
    if not isinstance(given.get("messages"), list):
        draft.refuse(N_("The file has no list of messages."))
        return [draft.finish()]
    _head(draft, given)
    for number_, message in enumerate(given["messages"], start=1):
        _message(draft, number_, message)
    read_tests(draft, given)
    return [draft.finish()]


def _head(draft: Draft, given: Mapping[str, Any]) -> None:
    draft.titled(words(given.get("name")))
    draft.described(words(given.get("description")))
    parameters = group(given.get("modelParameters"))
    draft.modelled(
        given.get("model"),
        temperature=parameters.pop("temperature", None),
        top_p=parameters.pop("topP", parameters.pop("top_p", None)),
        max_tokens=parameters.pop("maxTokens", parameters.pop("max_tokens", None)),
    )
    draft.unread_keys(parameters, ())
    draft.unread_keys(given, _KNOWN)
    schema = given.get("jsonSchema")
    if schema:
        draft.content["output_schema"] = _unwrapped(schema if isinstance(schema, str) else json_text(schema))
    if words(given.get("responseFormat")) == "json_object" and not schema:
        draft.content["output_format"] = "JSON"
    draft.not_resolved(given)


def _unwrapped(schema: str) -> str:
    before, after = _WRAP
    return (
        schema[len(before) : -len(after)] if schema.startswith(before) and schema.endswith(after) else schema
    )


def _message(draft: Draft, place: int, message: Any) -> None:
    role = words(group(message).get("role")).lower() or "user"
    if role not in _ROLES:
        draft.refuse(N_("The role “%(name)s” has no place here."), name=role[:60])
        return
    content = group(message).get("content")
    if not isinstance(content, str) and content is not None:
        draft.refuse(
            N_("Message %(number)s is not text (%(kind)s)."), number=place, kind=type(content).__name__
        )
        return
    template = Template()
    pieces = braces.read(words(content), template)
    draft.take(template)
    draft.say(_ROLES[role], pieces, strip=False)


def write(items_: Sequence[Item], kept: Sequence[Mapping[str, Any]]) -> bytes:
    item = items_[0]
    content = item.content
    model = content.get("model") or {}
    parameters = {
        "maxTokens": number(model.get("max_tokens")),
        "temperature": number(model.get("temperature")),
        "topP": number(model.get("top_p")),
    }
    whole = {
        "name": content["title"],
        "description": content["summary"],
        "model": model.get("name") or None,
        "modelParameters": {name: value for name, value in parameters.items() if value is not None},
        **_schema(content),
        "messages": [
            {"role": each["role"], "content": braces.write(each["content"])} for each in content["messages"]
        ],
        **write_tests(item),
    }
    return dump({name: value for name, value in whole.items() if value not in (None, "", {}, [])}).encode()


def _schema(content: Content) -> dict[str, Any]:
    schema = content.get("output_schema", "")
    if not schema:
        return {}
    before, after = _WRAP
    if _has_name(schema):
        return {"responseFormat": "json_schema", "jsonSchema": schema}
    if json_object(schema):
        return {"responseFormat": "json_schema", "jsonSchema": f"{before}{schema}{after}"}
    return {}


def _has_name(schema: str) -> bool:
    value = json_object(schema)
    return "name" in value and "schema" in value
