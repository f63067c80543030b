"""What the tally reads and what it answers."""

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Status = Literal["ranked", "tied_at_award_line", "unscored"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One thing judged. max: highest score, above 0. weight: above 0, any scale.

    track: the code of the only track whose entries are judged by it, "" = every track.
    """

    code: str
    max: Decimal
    name: str = ""
    weight: Decimal = Decimal(1)
    required: bool = True
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of judging. weight: its share of the total, above 0, any scale."""

    code: str
    criteria: tuple[Criterion, ...]
    name: str = ""
    kind: str = "written"
    weight: Decimal = Decimal(1)

    def criteria_of(self, track: str) -> tuple[Criterion, ...]:
        """Return the criteria for the entries of a track, in order."""
        return tuple(each for each in self.criteria if each.track in {"", track})

    def is_for(self, track: str) -> bool:
        """Say whether the round judges a track: all its criteria may be of other tracks."""
        return not self.criteria or bool(self.criteria_of(track))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry under judgement. submitted_at: an ISO 8601 instant, or "" when not known."""

    code: str
    track: str = ""
    submitted_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one judge gave one criterion of one entry. points None: not scored, never zero."""

    round: str
    judge: str
    entry: str
    criterion: str
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One award tier. count: how many entries receive it, at least 1."""

    code: str
    count: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Everything a result depends on. Only the order of the awards has a meaning."""

    competition: str
    rounds: tuple[Round, ...]
    judges: tuple[str, ...]
    entries: tuple[Entry, ...]
    marks: tuple[Mark, ...]
    awards: tuple[Award, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOutcome:
    """One entry in one round.

    score: 0..100, None when a required criterion (or every criterion) has no mark.
    judges: how many judges gave at least one mark.
    criteria: mean points by code of the criteria of the entry's track, None where nobody gave a mark.
    """

    score: Fraction | None
    judges: int
    criteria: dict[str, Fraction | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOutcome:
    """One entry in the end. total: 0..100; total and place are None when unscored.

    rounds: only those that judge the entry's track.
    """

    code: str
    track: str
    total: Fraction | None
    place: int | None
    rounds: dict[str, RoundOutcome]
    award: str | None
    status: Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The whole result, best entry first, unscored entries last."""

    competition: str
    method: dict[str, object]
    inputs_sha256: str
    entries: tuple[EntryOutcome, ...] = field(default=())
