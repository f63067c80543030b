"""A row of the entries table that holds a whole entry, in the shape of competitions/entry_content.py."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from competitions.contest_files.call_records import QuestionRecord
from competitions.contest_files.entries_table_columns import (
    EFFECT_COLUMNS,
    MOST_PROMPTS,
    MOST_TASKS,
    QUESTION,
)
from competitions.contest_files.records import WholeEntry
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.words import KnownCodes, one_line

LONGEST_CELL = 50_000
EVERY_TERM = {"all", "모두", "전부"}
METHOD_WORDS = {"실측": "measured", "측정": "measured", "추정": "estimated", "자기보고": "self_report"}
TASK_PARTS = {"": "task", "_before": "before", "_after": "after"} | {
    f"_minutes_{side}": f"minutes_{side}" for side in ("before", "after")
}
MESSAGE = re.compile(r"messages\.(\d+)")


def whole_entry(
    cells: Cells, *, case: Mapping[str, str], questions: Iterable[QuestionRecord], purposes: Collection[str]
) -> WholeEntry:
    """Read what a row says beside its paper columns. case: title and summary. purposes: of the call's terms."""
    places: dict[str, str] = {}
    asked = list(questions)
    texts = [each for each in asked if each.kind != "file"]
    content = {
        "case": {
            **case,
            "problem": _text(cells, "problem"),
            "approach": _text(cells, "approach"),
            "before_after": _tasks(cells, places),
            "effect": _effect(cells),
        },
        "prompts": _prompts(cells, places),
        "answers": {each.code: _text(cells, f"{QUESTION}{each.code}") for each in texts},
        "links": _parted(cells, "links", r"[;\s]+"),
    }
    return WholeEntry(
        content=content,
        places=places,
        files=tuple(_files(cells, asked)),
        consents=_consents(cells, purposes=purposes),
        email=one_line(cells.text("email", longest=254)),
    )


def column_of(path: str, places: Mapping[str, str]) -> str | None:
    """Return the column that holds what a path of the content names ("case.effect.n"); None: the whole row."""
    first, _dot, rest = path.partition(".")
    if first == "case":
        return _case_column(rest, places)
    if first == "prompts":
        index, _dot, field = rest.partition(".")
        column = places.get(f"prompts.{index}", "prompt_1")
        message = MESSAGE.match(field)
        roles = places.get(f"prompts.{index}.roles", "text").split()
        if message and int(message[1]) < len(roles):
            return f"{column}_{roles[int(message[1])]}"
        return f"{column}_title" if field == "title" else f"{column}_text"
    if first == "answers":
        return f"{QUESTION}{rest}"
    return first or None


def _case_column(path: str, places: Mapping[str, str]) -> str:
    first, _dot, rest = path.partition(".")
    if first == "effect":
        return "effect_note" if rest == "note" else rest
    if first == "before_after":
        index, _dot, field = rest.partition(".")
        column = places.get(f"before_after.{index}", "task_1")
        return column if field in {"", "task"} else f"{column}_{field}"
    return first


def _text(cells: Cells, column: str) -> str:
    """Return a cell; most of the columns there may be are not in the file."""
    return cells.text(column, longest=LONGEST_CELL) if column in cells.columns.headers else ""


def _parted(cells: Cells, column: str, separator: str) -> list[str]:
    return [part for each in re.split(separator, _text(cells, column)) if (part := each.strip())]


def _effect(cells: Cells) -> dict[str, str]:
    effect = {name: one_line(_text(cells, name)) for name in EFFECT_COLUMNS if name != "effect_note"}
    effect["method"] = METHOD_WORDS.get(effect["method"].replace(" ", ""), effect["method"])
    return effect | {"note": _text(cells, "effect_note")}


def _tasks(cells: Cells, places: dict[str, str]) -> list[dict[str, str]]:
    tasks: list[dict[str, str]] = []
    for number in range(1, MOST_TASKS + 1):
        task = {field: _text(cells, f"task_{number}{end}") for end, field in TASK_PARTS.items()}
        if any(task.values()):
            places[f"before_after.{len(tasks)}"] = f"task_{number}"
            tasks.append(task)
    return tasks


def _prompts(cells: Cells, places: dict[str, str]) -> list[dict[str, Any]]:
    prompts: list[dict[str, Any]] = []
    for number in range(1, MOST_PROMPTS + 1):
        title, system, text = (_text(cells, f"prompt_{number}_{end}") for end in ("title", "system", "text"))
        if not (title or system or text):
            continue
        roles = [("system", "system", system), ("text", "user", text)]
        given = [(end, {"role": role, "content": said}) for end, role, said in roles if said]
        places[f"prompts.{len(prompts)}"] = f"prompt_{number}"
        places[f"prompts.{len(prompts)}.roles"] = " ".join(end for end, _message in given)
        prompts.append({"title": title, "messages": [message for _end, message in given]})
    return prompts


def _files(cells: Cells, questions: Iterable[QuestionRecord]) -> Iterable[tuple[str, str]]:
    """Yield (code of the question it answers or "", name in the archive)."""
    columns = {"files": ""} | {
        f"{QUESTION}{each.code}": each.code for each in questions if each.kind == "file"
    }
    for column, field in columns.items():
        for name in _parted(cells, column, r"[;\r\n]+"):
            yield field, name


def _consents(cells: Cells, *, purposes: Collection[str]) -> tuple[str, ...]:
    given = _parted(cells, "consents", r"[;,\s]+")
    if len(given) == 1 and given[0].casefold() in EVERY_TERM:
        return tuple(purposes)
    known = KnownCodes(purposes)
    for purpose in given:
        if purpose not in known:
            cells.refuse_unknown("consents", purpose, among=known)
    return tuple(dict.fromkeys(given))
