"""Which tool wrote a JSON value, or what it is instead."""

from collections.abc import Mapping
from typing import Any

from casebook.content.markers import N_
from casebook.exports.json_book import FORMAT as BOOK
from casebook.interchange import own_json
from casebook.interchange.item import Unrecognised, unrecognised
from casebook.interchange.values import group

_TITLES = frozenset({"title", "user", "system", "messages"})


def json_format(value: Any) -> str:
    """Return the name of the format. Raises Unrecognised with the reason that is true of the value."""
    first = value
    if isinstance(value, list):
        if not value:
            raise unrecognised(N_("The list in the file is empty."))
        first = next((each for each in value if isinstance(each, dict)), None)
    if not isinstance(first, dict):
        raise unrecognised(N_("The JSON holds no prompts: objects with named values are expected."))
    found = _json_form(first)
    if found:
        return found
    raise _json_reason(first)


def _json_form(given: Mapping[str, Any]) -> str:
    if given.get("format") == own_json.MARK:
        return "json"
    inner = group(given.get("result")) or given
    if isinstance(inner.get("prompts"), list) and not _first_of(inner, "prompts").get("command"):
        listed = _first_of(inner, "prompts")
        if "prompt" not in listed and "content" not in listed and "versions" not in listed:
            return "mcp"
    if _is_mcp_get(inner):
        return "mcp"
    for name in ("promptGroups", "data", "items", "prompts", "groups"):
        listed = _first_of(given, name)
        if listed and _entry_form(listed):
            return _entry_form(listed)
    return _entry_form(given)


def _entry_form(given: Mapping[str, Any]) -> str:
    if isinstance(given.get("group"), dict) or "productionPrompt" in given or "oneliner" in given:
        return "librechat"
    if "command" in given and "content" in given:
        return "open_webui"
    langfuse = {"labels", "config", "commitMessage", "lastConfig", "projectId"}
    if ("prompt" in given and "name" in given) or (
        "name" in given and langfuse & set(given) and "tags" in given
    ):
        return "langfuse"
    return ""


def _is_mcp_get(given: Mapping[str, Any]) -> bool:
    message = _first_of(given, "messages")
    return bool(message) and isinstance(message.get("content"), dict) and "type" in message["content"]


def _first_of(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    listed = given.get(name)
    return group(listed[0]) if isinstance(listed, list) and listed else {}


def _json_reason(given: Mapping[str, Any]) -> Unrecognised:
    if given.get("format") == BOOK:
        return unrecognised(N_("The file is a whole casebook. Import it as a casebook."))
    if "@context" in given:
        return unrecognised(
            N_("The file describes a record for catalogues (JSON-LD); it holds no prompt text.")
        )
    if "tier1" in given or "tier2" in given:
        return unrecognised(
            N_("The file is a record of an algorithmic tool (ATRS); it holds no prompt text.")
        )
    if set(given) & _TITLES:
        return unrecognised(N_("The file is a list of records in JSON. Import it as a table."))
    names = ", ".join(list(given)[:8])[:200]
    return unrecognised(N_("No known tool writes prompts as JSON with these names: %(names)s."), names=names)
