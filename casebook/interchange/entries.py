"""Lists of prompts in JSON: each entry comes in or is refused for itself."""

import json
from collections.abc import Callable
from typing import Any

from casebook.content.markers import N_
from casebook.interchange.draft import Draft
from casebook.interchange.item import Result, Source, refused
from casebook.interchange.texts import json_of
from casebook.interchange.values import plain

MOST_ENTRIES = 5_000


def read_entries(
    data: bytes,
    name: str,
    *,
    format: str,
    lists: tuple[str, ...],
    entry: Callable[[Draft, dict[str, Any]], None],
) -> list[Result]:
    """Read a JSON list, an object that holds one under a name of `lists`, or one object.

    entry: fills a draft from one object.
    """
    value = json_of(data)
    listed = value if isinstance(value, list) else _listed(value, lists)
    results: list[Result] = []
    for number, each in enumerate(listed[:MOST_ENTRIES], start=1):
        source = Source(format, number=number)
        if not isinstance(each, dict):
            msgid = N_("Each item of the list must be an object with named values.")
            results.append(refused(name, source, msgid, line=number))
            continue
        draft = Draft(name, source)
        entry(draft, each)
        results.append(draft.finish())
    if len(listed) > MOST_ENTRIES:
        msgid = N_("The list has %(count)s items; those after %(most)s were not read. Split the file.")
        source = Source(format, number=MOST_ENTRIES + 1)
        results.append(refused(name, source, msgid, count=len(listed), most=MOST_ENTRIES))
    return results


def json_bytes(value: Any) -> bytes:
    return (json.dumps(plain(value), ensure_ascii=False, indent=2) + "\n").encode()


def _listed(value: Any, lists: tuple[str, ...]) -> list[Any]:
    if isinstance(value, dict):
        for name in lists:
            if isinstance(value.get(name), list):
                return list(value[name])
    return [value]
