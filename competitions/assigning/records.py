"""What an assignment starts from and what it answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

Translate = Callable[[str], str]
Pair = tuple[str, str]  # judge, entry
Kind = Literal["nothing", "entry_short", "judge_idle", "kept_in_conflict", "single", "groups", "overlap"]


class AssigningError(ValueError):
    """The inputs contradict each other: a code twice, an unknown code, a number below what makes sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryToJudge:
    """track: its code, "" = none. fields: what else it is about, in the words judges' expertise uses.

    wanted: judges for this entry; None = as many as for every entry, 0 = no more than are kept.
    """

    code: str
    track: str = ""
    fields: tuple[str, ...] = ()
    wanted: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeForEntries:
    """track: the only one whose entries the judge may have, "" = all; it counts as expertise.

    expertise: codes of tracks and fields; none named = neither preferred nor avoided.
    most: how many entries at most, those kept included; None = no limit, 0 = nothing new.
    """

    code: str
    track: str = ""
    expertise: tuple[str, ...] = ()
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Everything an assignment depends on; the order of rows has no meaning.

    wanted: judges per entry, at least 1. kept: pairs that stand and stay.
    overlap: entries each judge should share with others, as far as the judge has so many.
    seed: decides between equally good assignments, and nothing else.
    """

    entries: tuple[EntryToJudge, ...]
    judges: tuple[JudgeForEntries, ...]
    wanted: int
    conflicts: frozenset[Pair] = frozenset()
    kept: frozenset[Pair] = frozenset()
    overlap: int = 2
    seed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fairness:
    """How even an assignment is.

    judges: those who may be given entries or have some; loads are theirs. short: entries with fewer
    judges than wanted; missing: how many judges they lack together. expertise: share of the pairs
    whose judge is expert in the entry, of those where the judge names an expertise; None: no such pair.
    groups: sets of judges linked by common entries, judges without entries left out. overlap: entries
    a judge shares with others, over judges with entries. strangers: pairs of judges, of judge_pairs,
    without a common entry.
    """

    entries: int
    judges: int
    pairs: int
    load_min: int
    load_max: int
    load_mean: Fraction
    short: int
    missing: int
    expertise: Fraction | None
    groups: int
    overlap_min: int
    overlap_mean: Fraction
    strangers: int
    judge_pairs: int


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be met. judge, entry: the codes it is about, "" = the whole assignment."""

    kind: Kind
    msgid: str
    params: Mapping[str, object] = field(default_factory=dict)
    judge: str = ""
    entry: str = ""

    def text(self, translate: Translate = str) -> str:
        return translate(self.msgid) % dict(self.params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """pairs: all, those kept included; new: those added. Both in the order of their codes."""

    pairs: tuple[Pair, ...]
    new: tuple[Pair, ...]
    report_before: Fairness
    report_after: Fairness
    problems: tuple[Problem, ...]
