"""What of an entry or a case is compared: what a person wrote, never figures, choices or personal answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

LONGEST = 50_000  # characters that count
CASE_TEXTS = (
    "summary",
    "problem",
    "approach",
    "data_used",
    "risks",
    "failures",
    "human_review",
    "prerequisites",
)
TASK_TEXTS = ("task", "before", "after", "note")
BETWEEN = "\n\n"


def text_of_entry(
    content: Mapping[str, Any], file_texts: Iterable[str] = (), *, personal: Collection[str] = ()
) -> str:
    """Return the compared text, one passage to a paragraph, at most LONGEST characters.

    content: of a snapshot or a draft. file_texts: what the files say. personal: codes of the questions whose
    answers are about a person; they are left out.
    """
    answers = content.get("answers") or {}
    said = [text for code, text in sorted(answers.items()) if code not in personal]
    parts = [*_of_case(content.get("case") or {}), *_of_prompts(content.get("prompts") or []), *said]
    return _joined([*parts, *file_texts])


def text_of_case(content: Mapping[str, Any]) -> str:
    """Return the compared text of a case of the casebook."""
    return _joined(_of_case(content))


def _joined(parts: Iterable[Any]) -> str:
    texts = [part.strip() for part in parts if isinstance(part, str)]
    return BETWEEN.join(text for text in texts if text)[:LONGEST]


def _of_case(case: Mapping[str, Any]) -> Iterator[Any]:
    yield case.get("title")
    yield from (case.get(name) for name in CASE_TEXTS)
    yield from (step.get("text") for step in case.get("steps") or [])
    for row in case.get("before_after") or []:
        yield from (row.get(name) for name in TASK_TEXTS)


def _of_prompts(prompts: Iterable[Mapping[str, Any]]) -> Iterator[Any]:
    for prompt in prompts:
        yield from (prompt.get("title"), prompt.get("summary"), prompt.get("purpose"))
        yield from (message.get("content") for message in prompt.get("messages") or [])
