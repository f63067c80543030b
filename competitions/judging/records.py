"""What the tally reads and what it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal

Status = Literal["ranked", "tied_at_award_line", "below_floor", "not_advanced", "unscored"]
Total = Literal["weighted_percent", "sum_of_points"]
Over = Literal["judge_totals", "criteria"]
Method = Literal["mean", "median", "trimmed_mean", "rank_sum", "t_score"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """How the marks of several judges become one number.

    over: each judge's total of a sheet, or each criterion by itself.
    drop_high, drop_low: how many marks a trimmed mean leaves out at each end, 0 for the other methods.
    """

    over: Over = "criteria"
    method: Method = "mean"
    drop_high: int = 0
    drop_low: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A least score of a round: exactly one of percent (0..100 of what can be reached) and points."""

    percent: Decimal | None = None
    points: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advance:
    """Who goes on to the next round: the best `top` (None: no such limit) that reach the limit.

    per_track: the best of each track, not of all.
    """

    top: int | None = None
    least: Limit | None = None
    per_track: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """How round scores become places.

    places: decimals of the total, halves up, and it is the rounded total that is ranked; None: exact.
    tie_break: "criterion:CODE", "criterion:ROUND/CODE", "round:CODE", "submitted" or "joint", tried in order.
    """

    total: Total = "weighted_percent"
    places: int | None = None
    tie_break: tuple[str, ...] = ()
    one_prize_per_person: bool = False


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
    aggregate: Aggregate = Aggregate()
    floor: Limit | None = None  # an entry below it takes no place
    advance: Advance | None = None  # None: every entry goes on
    carries: bool = True  # False: the score decides who goes on and is not in the total

    def criteria_of(self, track: str) -> tuple[Criterion, ...]:
        """Return the criteria for the entries of a track, in order."""
        return tuple(each for each in self.criteria if each.track in {"", track})

    def is_for(self, track: str) -> bool:
        """Say whether the round judges a track: all its criteria may be of other tracks."""
        return not self.criteria or bool(self.criteria_of(track))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry under judgement. submitted_at: an ISO 8601 instant, or "" when not known.

    people: pseudonyms of who made it, only of those who made more than one entry.
    """

    code: str
    track: str = ""
    submitted_at: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What one judge gave one criterion of one entry. points None: not scored, never zero.

    judge: "" in a measured round, where points are brought in and nobody judges.
    """

    round: str
    judge: str
    entry: str
    criterion: str
    points: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """One award tier. count: how many entries receive it, at least 1. track: "" = of every track."""

    code: str
    count: int
    name: str = ""
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Votes:
    """How many voters chose an entry in a public vote; an entry without a row got none, which is a zero."""

    round: str
    entry: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Everything a result depends on. Only the order of the awards has a meaning."""

    competition: str
    rounds: tuple[Round, ...]
    judges: tuple[str, ...]
    entries: tuple[Entry, ...]
    marks: tuple[Mark, ...]
    awards: tuple[Award, ...] = ()
    scoring: Scoring = Scoring()
    votes: tuple[Votes, ...] = ()


# Judges in order, or such lists by criterion, as the round joins totals or criteria.
Judges = tuple[str, ...] | Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundOutcome:
    """One entry in one round.

    score: percent, 0..100 but for T scores; None when a required criterion (or every criterion) has no mark.
    points: the score as points of all criteria of the track; possible: how many can be reached. Only of sums of points.
    judges: how many judges gave at least one mark.
    criteria: the number of each criterion of the entry's track, None where nobody gave a mark. Over judge totals it is
    the mean of the judges whose totals are kept.
    kept, dropped: whose marks count and whose a trimmed mean left out.
    judge_totals: percent by judge, over judge totals only. incomplete: who left a required criterion unmarked there.
    is_fallback: too few marks to trim, so the mean of all stands. rank_sum: of all ranks given, by rank sums only.
    votes: of a public vote that decides by votes.
    """

    score: Fraction | None
    judges: int
    criteria: dict[str, Fraction | None]
    points: Fraction | None = None
    possible: Fraction = Fraction(100)
    kept: Judges = ()
    dropped: Judges = ()
    judge_totals: Mapping[str, Fraction] = field(default_factory=dict)
    incomplete: tuple[str, ...] = ()
    is_fallback: bool = False
    rank_sum: Fraction | None = None
    votes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryOutcome:
    """One entry in the end. total: percent or points, rounded if the rule says so; None when unscored.

    place: None when unscored or out. rounds: only those that judge the entry's track.
    tie_broken_by: the step of the tie chain that gave it a place of its own.
    passed_over_for: the entry of the same person that has the prize.
    """

    code: str
    track: str
    total: Fraction | None
    place: int | None
    rounds: dict[str, RoundOutcome]
    award: str | None
    status: Status
    tie_broken_by: str | None = None
    passed_over_for: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The whole result: ranked entries, best first, then those out by a floor or not advanced, then unscored.

    total: what the totals are, percent or points.
    """

    competition: str
    method: dict[str, object]
    inputs_sha256: str
    entries: tuple[EntryOutcome, ...] = field(default=())
    total: Total = "weighted_percent"
