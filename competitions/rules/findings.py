"""What a gate says of a competition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class GateState(StrEnum):
    MET = "met"
    MISSING = "missing"
    WAITING = "waiting"  # only time is lacking
    NOT_APPLICABLE = "not_applicable"


class Stage(StrEnum):
    """The act a gate stands before."""

    ANNOUNCE = "announce"
    CHANGE = "change"
    JUDGE = "judge"
    DECIDE = "decide"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a check found. remedy: an English sentence to translate, filled in with params.

    params: numbers, moments and tuples of codes (plan items, tracks); who shows them puts them in words.
    until: when a waiting gate is met.
    """

    state: GateState
    remedy: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    until: datetime | None = None


MET = Verdict(state=GateState.MET)
NOT_APPLICABLE = Verdict(state=GateState.NOT_APPLICABLE)


def missing(remedy: str, **params: Any) -> Verdict:
    return Verdict(state=GateState.MISSING, remedy=remedy, params=params)


def waiting(remedy: str, *, until: datetime) -> Verdict:
    return Verdict(state=GateState.WAITING, remedy=remedy, params={"until": until}, until=until)
