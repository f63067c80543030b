"""The tool search_prompts: the site's own search for programs."""

import json

import mcp_types as types
from django.conf import settings
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from casebook.search.query import MAX_QUERY_LENGTH, for_listing, search

NAME = "search_prompts"
USUAL, MOST = 10, 50
KINDS = ("prompt", "case")
INPUT = {
    "type": "object",
    "properties": {
        "query": {"type": "string", "maxLength": MAX_QUERY_LENGTH},
        "kind": {"type": "string", "enum": list(KINDS), "default": "prompt"},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    },
    "required": ["query"],
    "additionalProperties": False,
}
FOUND = {name: {"type": "string"} for name in ("name", "kind", "title", "summary", "work_field", "url")}
OUTPUT = {
    "type": "object",
    "properties": {
        "results": {
            "type": "array",
            "items": {"type": "object", "properties": FOUND, "required": list(FOUND)},
        },
        "any_word": {"type": "boolean"},
    },
    "required": ["results", "any_word"],
}


def described():
    return types.Tool(
        name=NAME,
        title=_("Search the casebook"),
        description=_(
            "Finds published prompts (kind: prompt) or cases of their use (kind: case) by Korean or English words. "
            "The name of a prompt is its name in prompts/get. any_word: no result held all of the words."
        ),
        input_schema=INPUT,
        output_schema=OUTPUT,
        annotations=types.ToolAnnotations(read_only_hint=True, open_world_hint=False),
    )


def call(given):
    """Wrong input is told to the model, which can mend it, and not as an error of the protocol."""
    fault = _fault(given)
    if fault:
        return types.CallToolResult(content=[types.TextContent(text=fault)], is_error=True)
    found = search(given["query"], kind=given.get("kind", KINDS[0]))
    documents = for_listing(found.documents)[: given.get("limit", USUAL)]
    answer = {"results": [_row(each) for each in documents], "any_word": found.any_word}
    text = json.dumps(answer, ensure_ascii=False)
    return types.CallToolResult(content=[types.TextContent(text=text)], structured_content=answer)


def _fault(given):
    query, kind, limit = given.get("query"), given.get("kind", KINDS[0]), given.get("limit", USUAL)
    if not given.keys() <= INPUT["properties"].keys():
        return _("search_prompts takes query, kind and limit, and nothing else.")
    if not isinstance(query, str) or len(query) > MAX_QUERY_LENGTH or "\x00" in query:
        return _("query: a text of at most %(count)s characters.") % {"count": MAX_QUERY_LENGTH}
    if kind not in KINDS:
        return _("kind: prompt or case.")
    if type(limit) is not int or not 1 <= limit <= MOST:
        return _("limit: a whole number from 1 to %(count)s.") % {"count": MOST}
    return ""


def _row(document):
    return {
        "name": document.slug,
        "kind": document.kind,
        "title": document.title,
        "summary": document.summary,
        "work_field": document.work_field.name if document.work_field else "",
        "url": settings.SITE_URL + iri_to_uri(document.url),
    }
