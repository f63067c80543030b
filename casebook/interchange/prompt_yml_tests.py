"""testData and evaluators of GitHub Models files, made tests, and back.

There every evaluator looks at every row of data; here each test has its own assertions.
"""

from collections.abc import Mapping
from typing import Any

from casebook.blanks import blanks_in, fill
from casebook.content.markers import N_
from casebook.interchange.draft import Draft
from casebook.interchange.item import Item
from casebook.interchange.values import group, items, words

_KINDS = {"contains": "contains", "equals": "equals", "startsWith": "starts_with", "endsWith": "ends_with"}
_THEIRS = {ours: theirs for theirs, ours in _KINDS.items()}
_MOST = 200


def read_tests(draft: Draft, given: Mapping[str, Any]) -> None:
    """Add a test for each row of data, with the evaluators that can be kept."""
    rows = [group(row) for row in items(given.get("testData"))]
    if len(rows) > _MOST:
        draft.note(
            N_("Of %(count)s rows of test data the first %(most)s were kept."), count=len(rows), most=_MOST
        )
    evaluators = [group(each) for each in items(given.get("evaluators"))]
    if not rows and not evaluators:
        return
    blanks = set(blanks_in(draft.content["messages"]))
    for number, row in enumerate(rows[:_MOST] or [{}], start=1):
        values = {draft.keys.known(name) or name: words(value) for name, value in row.items()}
        draft.tests.append(
            {
                "name": str(number),
                "inputs": {key: value for key, value in values.items() if key in blanks},
                "expected": values.get("expected", "") if "expected" not in blanks else "",
                "assertions": [each for evaluator in evaluators for each in _assertions(evaluator, values)],
                "judgement": "\n\n".join(filter(None, map(_judgement, evaluators))),
            }
        )
    for name in _unused_columns(rows, draft, blanks, evaluators):
        draft.note(
            N_("The test data carries “%(name)s”, which nothing uses; it was left out."), name=name[:100]
        )


def _assertions(evaluator: Mapping[str, Any], values: Mapping[str, str]) -> list[dict[str, str]]:
    checks = group(evaluator.get("string"))
    return [
        {"kind": ours, "value": fill(words(checks[theirs]), values)}
        for theirs, ours in _KINDS.items()
        if words(checks.get(theirs))
    ]


def _judgement(evaluator: Mapping[str, Any]) -> str:
    """What a model or a service judged there is for a person here."""
    name = words(evaluator.get("name"))
    if words(evaluator.get("uses")):
        return f"{name}: {words(evaluator['uses'])}"
    model = group(evaluator.get("llm"))
    if not model:
        return ""
    choices = [
        f"- {words(group(each).get('choice'))} ({words(group(each).get('score'))})"
        for each in items(model.get("choices"))
    ]
    return "\n".join(
        [f"{name}:", words(model.get("systemPrompt")), words(model.get("prompt")), *choices]
    ).strip()


def _unused_columns(
    rows: list[dict[str, Any]], draft: Draft, blanks: set[str], evaluators: list[dict[str, Any]]
) -> list[str]:
    texts = [{"content": words(check)} for each in evaluators for check in group(each.get("string")).values()]
    used = blanks | set(blanks_in(texts)) | {"expected"}
    names = dict.fromkeys(name for row in rows for name in row)
    return [name for name in names if (draft.keys.known(name) or name) not in used][:20]


def write_tests(item: Item) -> dict[str, Any]:
    """testData with what is expected, and the assertions that all tests share."""
    if not item.tests:
        return {}
    rows = [
        {**test["inputs"], **({"expected": test["expected"]} if test["expected"] else {})}
        for test in item.tests
    ]
    shared = [
        each
        for each in item.tests[0]["assertions"]
        if each["kind"] in _THEIRS and all(each in test["assertions"] for test in item.tests)
    ]
    evaluators = [
        {"name": f"{each['kind']}-{number}", "string": {_THEIRS[each["kind"]]: each["value"]}}
        for number, each in enumerate(shared, start=1)
    ]
    return {"testData": rows, "evaluators": evaluators}
