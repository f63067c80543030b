"""Which records go into a file, and one prompt as a file of another tool."""

from uuid import UUID

from casebook.actions.evidence import tests_of
from casebook.community import visible_collections
from casebook.exports import FORMATS
from casebook.interchange import FORMATS as TOOLS
from casebook.interchange import Item, write_file
from casebook.interchange.names import file_stem
from casebook.search.query import FILTERS, search

ONE = [name for name, each in TOOLS.items() if not each.lists]


def selection_of(given):
    """What a query string asks for, as plain values for a job; {} means the whole casebook.

    given: a QueryDict with the names of a list page (q, kind, filters) or `collection`.
    """
    selection = {name: given.getlist(name)[:20] for name in FILTERS}
    selection |= {name: given.get(name, "").strip()[:200] for name in ("q", "kind", "collection")}
    return {name: value for name, value in selection.items() if value}


def chosen_records(selection, *, by):
    """Return {kind: keys of published records} of a selection, or None for the whole casebook.

    A collection that the person may not see holds nothing.
    """
    if not selection:
        return None
    if "collection" in selection:
        return _of_collection(selection["collection"], by)
    filters = {name: selection.get(name, []) for name in FILTERS}
    found = search(selection.get("q", ""), kind=selection.get("kind", ""), **filters).documents.order_by()
    pairs = list(found.values_list("prompt_id", "case_id"))
    return {"prompt": {prompt for prompt, _ in pairs} - {None}, "case": {case for _, case in pairs} - {None}}


def _of_collection(uid, by):
    try:
        found = visible_collections(by).filter(uid=UUID(uid)).first()
    except ValueError:
        found = None
    pairs = list(found.items.values_list("prompt_id", "case_id")) if found else []
    return {"prompt": {prompt for prompt, _ in pairs} - {None}, "case": {case for _, case in pairs} - {None}}


def file_extension(name, selection):
    """A filtered list in another tool's form is a zip, so that the page of losses lies beside the files."""
    found = FORMATS[name]
    return ".zip" if found.tool and selection else found.extension


def item_of(version):
    """A version with the test cases of its prompt, for files of other tools."""
    return Item(version.content["title"], version.content, tuple(tests_of(version.record)))


def prompt_file(version, name):
    """Return (Written, file name, media type) of one prompt in a form of `ONE`."""
    found = TOOLS[name]
    written = write_file(name, [item_of(version)])
    return written, file_stem(version.content["title"]) + found.extension, found.media_type
