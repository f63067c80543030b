"""A competition as the YAML file that read_competition takes; what is the default is left out."""

from dataclasses import MISSING, fields
from datetime import datetime
from decimal import Decimal
from typing import Any

import yaml

from competitions.contest_files.moments import SEOUL
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    RoundRecord,
)
from competitions.contest_files.rule_records import RulePart

# Signs that a block text would lose or change.
UNSAFE_IN_BLOCKS = frozenset("\t\r\x85\u2028\u2029\ufeff")
WIDTH = 2**31  # no line is broken that the writer did not break
SHORT_KEYS = {
    "carries": "carry_over",
    "is_chair": "chair",
    "is_personal": "personal",
    "is_required": "required",
}


class Words(list[str]):
    """A list of words, written on one line."""


class Part(dict[str, Any]):
    """A few keys, written on one line."""


class Number(str):
    """A number, written without quotes."""


class Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and nothing by reference."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write everything out: the reader takes no anchors."""
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key."""
        super().increase_indent(flow, False)


def _text(dumper: Dumper, text: str) -> yaml.Node:
    is_unsafe = not UNSAFE_IN_BLOCKS.isdisjoint(text)
    style = '"' if is_unsafe else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _words(dumper: Dumper, words: Words) -> yaml.Node:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", words, flow_style=True)


def _part(dumper: Dumper, part: Part) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", part, flow_style=True)


def _number(dumper: Dumper, number: Number) -> yaml.Node:
    kind = "float" if "." in number else "int"
    return dumper.represent_scalar(f"tag:yaml.org,2002:{kind}", str(number))


def _moment(dumper: Dumper, moment: datetime) -> yaml.Node:
    written = moment.astimezone(SEOUL).isoformat()
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", written)


Dumper.add_representer(str, _text)
Dumper.add_representer(Words, _words)
Dumper.add_representer(Part, _part)
Dumper.add_representer(Number, _number)
Dumper.add_representer(datetime, _moment)


def written(record: CompetitionRecord) -> str:
    """Return the file. read_competition returns an equal record from it, but for its notices."""
    return yaml.dump(
        _filled(_competition(record)),
        Dumper=Dumper,
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=WIDTH,
    )


def _competition(record: CompetitionRecord) -> dict[str, Any]:
    names = ("slug", "title", "kind", "profile", "announced_at", "opens_at", "closes_at")
    return {
        **{name: getattr(record, name) for name in names},
        "grace_minutes": _minutes(record.grace_seconds) if record.grace_seconds else None,
        "sealed": record.is_sealed or None,
        "keep_days": None if record.keep_days == 365 else record.keep_days,
        "verification_days": None if record.verification_days == 10 else record.verification_days,
        "contact": _changed(record.contact),
        "eligibility": _changed(record.eligibility),
        "files": _changed(record.files),
        "call": record.call,
        "plan": dict(record.plan),
        "tracks": [_changed(each) for each in record.tracks],
        "questions": [_changed(each) for each in record.questions],
        "terms": [_changed(each) for each in record.terms],
        "judges": [_changed(each) for each in record.judges],
        "scoring": _changed(record.scoring),
        "rounds": [_round(each) for each in record.rounds],
        "awards": [_changed(each) for each in record.awards],
        "one_prize_per_person": record.one_prize_per_person or None,
        "dates": [_changed(each) for each in record.dates],
        "faq": [_changed(each) for each in record.faq],
    }


def _minutes(seconds: int) -> Number:
    return Number(plain_text((Decimal(seconds) / 60).quantize(Decimal("0.000001"))))


# What the reader takes for a key that is missing, where the record itself has no default.
DEFAULTS: dict[type, dict[str, Any]] = {
    CriterionRecord: {"description": "", "weight": Decimal(1), "required": True},
    RoundRecord: {"weight": Decimal(1)},
    AwardRecord: {"prize": ""},
}


def _round(record: RoundRecord) -> dict[str, Any]:
    """Return a round with its criteria last: they are what is longest."""
    values = _changed(record)
    criteria = values.pop("criteria")
    return {**values, "criteria": criteria} if criteria else values


def _changed(record: Any) -> dict[str, Any]:
    """Return what a record holds beside its defaults, by the keys of the file."""
    defaults = DEFAULTS.get(type(record), {})
    values = {}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in defaults and value == defaults[field.name]:
            continue
        default = field.default if field.default_factory is MISSING else field.default_factory()
        if field.name not in defaults and value == default:
            continue
        values[SHORT_KEYS.get(field.name, field.name)] = _plain(value)
    return values


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return Number(plain_text(value))
    if isinstance(value, RulePart):
        return Part(_changed(value))
    if isinstance(value, tuple):
        are_words = all(isinstance(each, str) for each in value)
        return Words(value) if are_words else [_changed(each) for each in value]
    return value


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None and value not in ("", [], {})}
