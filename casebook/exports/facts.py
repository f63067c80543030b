"""Short facts of a record as (label, value) lines, shared by the formats that people read."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from casebook.content import hours_saved_per_month
from casebook.content.choices import (
    CHANNELS,
    LICENCES,
    METHODS,
    SENSITIVITIES,
    STAGES,
    TASK_TYPES,
    TRUST_LEVELS,
)
from casebook.content.labels import FIELD_LABELS
from casebook.content.markers import N_
from casebook.content.problems import Translate

Facts = list[tuple[str, str]]
_CHOICES: dict[str, Mapping[str, str]] = {
    "task_type": TASK_TYPES,
    "sensitivity": SENSITIVITIES,
    "channel": CHANNELS,
    "trust": TRUST_LEVELS,
    "licence": LICENCES,
    "method": METHODS,
    "stage": STAGES,
}
_PROMPT_FACTS = ("task_type", "audience", "sensitivity", "channel", "trust", "language")
_CASE_FACTS = ("department", "stage", "difficulty")
_RIGHTS = ("licence", "attribution")
_EFFECT = (
    "minutes_before",
    "minutes_after",
    "review_minutes",
    "cases_per_month",
    "adoption_rate",
    "n",
    "method",
    "period",
    "note",
)


def prompt_facts(content: Mapping[str, Any], *, translate: Translate) -> Facts:
    return [*_lines(content, (*_PROMPT_FACTS, *_RIGHTS), translate), *_shared(content, translate)]


def case_facts(content: Mapping[str, Any], *, translate: Translate) -> Facts:
    tools = ", ".join(_tool(tool, translate) for tool in content["tools"])
    lines = _lines(content, (*_CASE_FACTS, *_RIGHTS), translate)
    award = [value for value in (content["award"] or {}).values() if value]
    lines += _filled("award", " · ".join(award), translate)
    lines += _filled("tools", tools, translate)
    lines += _filled("contact", " · ".join(filter(None, content["contact"].values())), translate)
    return [*lines, *_shared(content, translate)]


def advice_of(content: Mapping[str, Any], *, translate: Translate) -> list[str]:
    return [translate(FIELD_LABELS[name]) for name, given in content["advice"].items() if given]


def effect_facts(effect: Mapping[str, Any], *, translate: Translate) -> Facts:
    """Return the saving first, always with its number, method and period; [] when nothing is known."""
    if not any(effect.values()):
        return []
    saved = hours_saved_per_month(effect)
    missing = translate(N_("Not stated"))
    shown = missing if saved is None else f"{saved.quantize(Decimal('0.1'), ROUND_HALF_UP):f}"
    lines = [(translate(N_("Hours saved per month")), shown)]
    for name in _EFFECT:
        value = _shown(name, effect[name], translate)
        if value or name in ("n", "method", "period"):
            lines.append((translate(FIELD_LABELS[name]), value or missing))
    return lines


def _shared(content: Mapping[str, Any], translate: Translate) -> Iterator[tuple[str, str]]:
    if content["ai_mark"]:
        yield translate(FIELD_LABELS["ai_mark"]), translate(N_("Yes"))
    yield from _filled("legal_basis", ", ".join(content["legal_basis"]), translate)
    yield from _filled("tags", ", ".join(content["tags"]), translate)


def _lines(content: Mapping[str, Any], names: tuple[str, ...], translate: Translate) -> Facts:
    shown = [(name, _shown(name, content[name], translate)) for name in names]
    return [line for name, value in shown for line in _filled(name, value, translate)]


def _shown(name: str, value: str | None, translate: Translate) -> str:
    if not value:
        return ""
    return translate(_CHOICES[name][value]) if name in _CHOICES else value


def _filled(name: str, value: str, translate: Translate) -> Facts:
    return [(translate(FIELD_LABELS[name]), value)] if value else []


def _tool(tool: Mapping[str, str], translate: Translate) -> str:
    channel = _shown("channel", tool["channel"], translate)
    return f"{tool['name']} ({channel})" if channel else tool["name"]
