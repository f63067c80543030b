"""What a format has no place for, carried along under one name and put back on the way home.

A kept field is put back only while the file's own words for it are those of the export: somebody who changes
the text in another tool means the changed text.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from casebook.content import Problem as ContentProblem
from casebook.content import clean_prompt, content_sha256
from casebook.content.labels import FIELD_LABELS
from casebook.content.markers import N_
from casebook.imports.problems import Problem, Term
from casebook.interchange.tests_field import clean_tests
from casebook.interchange.values import json_object

NAME = "prompt_casebook"
TESTS = "tests"
_EMPTY = clean_prompt({}, draft=True)


def difference(
    content: Mapping[str, Any], tests: Sequence[Mapping[str, Any]], back: Mapping[str, Any]
) -> dict[str, Any]:
    """Return what to carry along: the fields that `back`, a reading of the bare file, says otherwise.

    back: {field: value} with the tests under "tests"; {} when the bare file could not be read at all.
    """
    whole = whole_of(content, tests)
    fields = {name: value for name, value in whole.items() if name not in back or back[name] != value}
    fields |= {name: None for name in back if name not in whole}
    seen = {name: _stamp(back[name]) for name in fields if name in back and back[name] != _default(name)}
    return {"fields": fields, **({"seen": seen} if seen else {})} if fields else {}


def packed(extra: Mapping[str, Any]) -> str:
    """What is carried along as one line of JSON, for formats whose tools look into named values."""
    return json.dumps(extra, ensure_ascii=False, sort_keys=True) if extra else ""


def unpacked(value: Any) -> dict[str, Any]:
    """What was carried along, as text or as an object; {} when it is no such thing."""
    if isinstance(value, str):
        return json_object(value)
    return dict(value) if isinstance(value, Mapping) else {}


def whole_of(content: Mapping[str, Any], tests: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Content and tests under one roof."""
    return {**content, **({TESTS: [dict(test) for test in tests]} if tests else {})}


def put_back(
    native: Mapping[str, Any],
    tests: Sequence[dict[str, Any]],
    kept: Mapping[str, Any],
    notices: list[Problem],
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return content and tests with the kept fields. Raises ContentRefused when they make no prompt."""
    fields, seen = kept.get("fields"), kept.get("seen")
    if not isinstance(fields, Mapping):
        return dict(native), list(tests)
    stamps = seen if isinstance(seen, Mapping) else {}
    whole = whole_of(native, tests)
    for name, value in fields.items():
        if _stamp(whole.get(name, _default(name))) == stamps.get(name, _stamp(_default(name))):
            whole[name] = value
        else:
            msgid = N_("%(name)s was changed after the export from here; the changed text is taken.")
            notices.append(Problem(None, "", msgid, {"name": Term(FIELD_LABELS.get(name, name))}))
    found: list[ContentProblem] = []
    back = clean_tests(whole.pop(TESTS, None), found)
    notices += [Problem(None, "", each.msgid, each.params, each.path) for each in found]
    return clean_prompt({name: value for name, value in whole.items() if value is not None}), back


def _default(name: str) -> Any:
    return _EMPTY.get(name)


def _stamp(value: Any) -> str:
    return content_sha256({"value": value})[:16]
