"""A record that is not stored, as the pages of a stored call take it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, eq=False)
class Many:
    """Rows behind `.all`, as behind a relation of a model."""

    rows: tuple[Any, ...]

    def all(self):
        return self.rows


@dataclass(frozen=True, eq=False)
class SketchedCall:
    tracks: Many
    award_tiers: Many


@dataclass(frozen=True, eq=False)
class SketchedTrack:
    pk: str
    name: str


@dataclass(frozen=True, eq=False)
class SketchedCriterion:
    name: str
    description: str
    max_points: Decimal
    weight: Decimal
    required: bool
    track_id: str | None


@dataclass(frozen=True, eq=False)
class SketchedRound:
    competition: SketchedCall
    name: str
    weight: Decimal
    criteria: Many


def sketched_call(record):
    tracks = tuple(SketchedTrack(pk=each.code, name=each.name) for each in record.tracks)
    return SketchedCall(tracks=Many(tracks), award_tiers=Many(record.awards))


def sketched_rounds(record, call):
    """The rounds that have criteria already."""
    return [
        SketchedRound(call, each.name, each.weight, Many(tuple(map(_criterion, each.criteria))))
        for each in record.rounds
        if each.criteria
    ]


def _criterion(record):
    return SketchedCriterion(
        name=record.name,
        description=record.description,
        max_points=record.max,
        weight=record.weight,
        required=record.required,
        track_id=record.track or None,
    )
