"""What an answer must hold, and whether it does (docs/evidence.md). No Django, no database.

A verdict is {"kind", "value", "passed"}; passed is None when it could not be decided.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from casebook.content.markers import N_
from casebook.content.text import normal_text
from casebook.evidence.pattern_search import is_expression, search

MOST_ANSWER = 200_000  # characters
MOST_VALUE = 10_000
MOST_PATTERN = 300
MOST_ASSERTIONS = 100
_LEFT_BLANK = re.compile(r"\{\{[^{}\n]{1,200}+\}\}")


@dataclass(frozen=True)
class Answer:
    """An answer with the text it was given to; all normal texts."""

    text: str
    filled: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Assertion:
    """value: text, number, pattern, or "" for a kind that takes none."""

    label: str
    value: str
    holds: Callable[[Answer, str], bool]


def check(
    output: str, assertions: Iterable[Mapping[str, str]], *, filled: str, inputs: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return a verdict for each assertion, in order.

    output: what the model answered. filled: all messages as they were sent. inputs: {blank: text}.
    """
    asked = [(each["kind"], normal_text(each["value"])) for each in assertions]
    given = tuple(normal_text(value) for value in inputs.values() if value.strip())
    answer = Answer(normal_text(output).strip(), normal_text(filled), given)
    patterns = list(dict.fromkeys(value for kind, value in asked if kind == "pattern"))
    found = dict(zip(patterns, search(patterns, answer.text), strict=True))
    return [
        {"kind": kind, "value": value, "passed": _holds(kind, value, answer, found)} for kind, value in asked
    ]


def needs_person(assertions: Iterable[Any], judgement: str) -> bool:
    """Whether a person must judge: a question is asked, or nothing else is."""
    return bool(judgement) or not list(assertions)


def passed(verdicts: Iterable[Mapping[str, Any]], judgement: str, *, needs_judgement: bool) -> bool | None:
    """Whether a run passed; None while a person has yet to judge. judgement: pass, fail or ""."""
    results = [verdict["passed"] for verdict in verdicts]
    if False in results:
        return False
    if judgement:
        return judgement == "pass"
    return None if needs_judgement or None in results else True


def clean_assertions(
    given: Iterable[Mapping[str, str]],
) -> tuple[list[dict[str, str]], list[tuple[int, str]]]:
    """Return the assertions in their one form, and (index, msgid) of what is wrong with some."""
    kept, wrong = [], []
    for index, each in enumerate(given):
        kind, value = each["kind"], normal_text(each.get("value", "")).strip()
        value = value if kind in ASSERTIONS and ASSERTIONS[kind].value else ""
        problem = _problem(kind, value)
        if problem:
            wrong.append((index, problem))
        else:
            kept.append({"kind": kind, "value": value})
    return kept, wrong


def _problem(kind: str, value: str) -> str:
    if kind not in ASSERTIONS:
        return N_("Choose what is checked.")
    takes = ASSERTIONS[kind].value
    if takes and not value:
        return N_("Write what is looked for.")
    if len(value) > MOST_VALUE:
        return N_("This is longer than 10,000 characters. Look for a shorter part.")
    if takes == "number" and not re.fullmatch(r"[0-9]{1,6}", value):
        return N_("Write a number of characters, such as 500.")
    if takes == "pattern" and (len(value) > MOST_PATTERN or not is_expression(value)):
        return N_("This is no regular expression of up to 300 characters. Check its brackets.")
    return ""


def _holds(kind: str, value: str, answer: Answer, found: Mapping[str, bool | None]) -> bool | None:
    if kind == "pattern":
        return found[value]
    return ASSERTIONS[kind].holds(answer, value) if kind in ASSERTIONS else None


def _is_json(answer: Answer, _value: str) -> bool:
    try:
        json.loads(answer.text, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return False
    return True


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _uses_all_blanks(answer: Answer, _value: str) -> bool:
    """Every value given stands in what was sent, and no {{blank}} is left there or in the answer."""
    unfilled = _LEFT_BLANK.search(answer.filled) or _LEFT_BLANK.search(answer.text)
    return not unfilled and all(value in answer.filled for value in answer.inputs)


ASSERTIONS: dict[str, Assertion] = {
    "contains": Assertion(N_("Contains"), "text", lambda answer, value: value in answer.text),
    "not_contains": Assertion(N_("Does not contain"), "text", lambda answer, value: value not in answer.text),
    "equals": Assertion(N_("Is exactly"), "text", lambda answer, value: answer.text == value.strip()),
    "starts_with": Assertion(
        N_("Begins with"), "text", lambda answer, value: answer.text.startswith(value.lstrip())
    ),
    "ends_with": Assertion(
        N_("Ends with"), "text", lambda answer, value: answer.text.endswith(value.rstrip())
    ),
    "pattern": Assertion(N_("Matches the regular expression"), "pattern", lambda _answer, _value: False),
    "min_length": Assertion(
        N_("Has at least so many characters"),
        "number",
        lambda answer, value: len(answer.text) >= int(value),
    ),
    "max_length": Assertion(
        N_("Has at most so many characters"),
        "number",
        lambda answer, value: len(answer.text) <= int(value),
    ),
    "json": Assertion(N_("Is valid JSON"), "", _is_json),
    "all_blanks_used": Assertion(N_("Uses all values; no blank is left open"), "", _uses_all_blanks),
}
