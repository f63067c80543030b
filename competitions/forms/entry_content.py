"""Between the flat fields of the form and the nested content of an entry."""

from copy import deepcopy

PARTS = ("system", "user")
TASK_NAMES = ("task", "before", "after")


def flat(content):
    """Return the form's values of a content, whatever of it is there."""
    case = content.get("case") or {}
    values = {f"case-{name}": case.get(name) for name in ("title", "summary", "problem", "approach")}
    values |= {f"case-effect-{name}": value for name, value in (case.get("effect") or {}).items()}
    for row, task in enumerate(case.get("before_after") or []):
        values |= {f"case-before_after-{row}-{name}": task.get(name) for name in TASK_NAMES}
    for row, prompt in enumerate(content.get("prompts") or []):
        values[f"prompts-{row}-title"] = prompt.get("title")
        messages = prompt.get("messages") or []
        values |= {f"prompts-{row}-{part}": _first(messages, part).get("content") for part in PARTS}
    values |= {f"answers-{code}": answer for code, answer in (content.get("answers") or {}).items()}
    values["links"] = "\n".join(content.get("links") or [])
    return {name: "" if value is None else value for name, value in values.items()}


def nested(values, *, base, rows):
    """Return the content of the form's values over `base`, whose other keys stay.

    rows: {"prompts": [form rows], "before_after": [form rows]}, the rows that say something.
    """
    case = deepcopy(base.get("case") or {})
    case |= {name: values[f"case-{name}"] for name in ("title", "summary", "problem", "approach")}
    effect = {
        name.removeprefix("case-effect-"): v for name, v in values.items() if name.startswith("case-effect-")
    }
    case["effect"] = (case.get("effect") or {}) | {
        name: value.strip() or None for name, value in effect.items()
    }
    tasks, prompts = case.get("before_after") or [], base.get("prompts") or []
    case["before_after"] = [_task(values, row, base=_at(tasks, row)) for row in rows["before_after"]]
    return {
        "case": case,
        "prompts": [_prompt(values, row, base=_at(prompts, row)) for row in rows["prompts"]],
        "answers": _answers(values),
        "links": [line.strip() for line in values.get("links", "").splitlines() if line.strip()],
    }


def _answers(values):
    """Answers that say something, by the code of their question."""
    texts = {
        name.removeprefix("answers-"): value.strip()
        for name, value in values.items()
        if name.startswith("answers-")
    }
    return {code: text for code, text in texts.items() if text}


def _task(values, row, *, base):
    return base | {name: values[f"case-before_after-{row}-{name}"] for name in TASK_NAMES}


def _prompt(values, row, *, base):
    old = base.get("messages") or []
    others = [message for message in old if message not in (_first(old, "system"), _first(old, "user"))]
    written = [{"role": part, "content": values[f"prompts-{row}-{part}"]} for part in PARTS]
    messages = [message for message in written if message["content"].strip()] + others
    return base | {"title": values[f"prompts-{row}-title"], "messages": messages}


def _first(messages, role):
    return next((message for message in messages if message.get("role", "user") == role), {})


def _at(items, index):
    return deepcopy(items[index]) if index < len(items) else {}
