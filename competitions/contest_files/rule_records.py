"""The parts of a declared rule: how marks are joined, floors, who goes on, how places come about. Kept as JSON."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from decimal import Decimal
from typing import Any, Self

from competitions.contest_files.numbers import plain_text

TOTALS = ("weighted_percent", "sum_of_points")
OVERS = ("judge_totals", "criteria")
METHODS = ("mean", "median", "trimmed_mean", "rank_sum", "t_score")
SHOWS_PEERS = ("never", "after_signing")
NUMBERS = frozenset({"percent", "points"})  # the keys that hold a decimal


class RulePart:
    """A part of the rule as JSON: the keys of the file, numbers as texts, what is the default left out."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Return the record of its JSON; missing keys have their default, unknown keys are left out."""
        names = {field.name for field in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: _read(name, value) for name, value in kept.items() if name in names})

    def as_json(self) -> dict[str, Any]:
        """Return its JSON; what `of` reads back as an equal record. {} when all is the default."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        defaults = {field.name: field.default for field in fields(self)}  # type: ignore[arg-type]
        return {
            name: _written(value)
            for name, value in values.items()
            if defaults[name] is MISSING or value != defaults[name]
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AggregateRecord(RulePart):
    """How the marks of several judges become one number. drop_high, drop_low: of a trimmed mean."""

    over: str = "criteria"
    method: str = "mean"
    drop_high: int = 0
    drop_low: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRecord(RulePart):
    """A least score of a round: exactly one of percent and points."""

    percent: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvanceRecord(RulePart):
    """Who goes on to the next round: the best `top`, those of at least percent or points, or both."""

    top: int | None = None
    percent: Decimal | None = None
    points: Decimal | None = None
    per_track: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringRecord(RulePart):
    """How round scores become places. places: decimals of the total, None = exact. tie_break: steps, in order."""

    total: str = "weighted_percent"
    places: int | None = None
    tie_break: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRecord(RulePart):
    """What a number of points of a criterion stands for."""

    points: Decimal
    text: str


def _read(name: str, value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Decimal(str(value)) if name in NUMBERS and value is not None else value


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return plain_text(value) if isinstance(value, Decimal) else value
