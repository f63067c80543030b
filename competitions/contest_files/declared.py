"""The declared rule of a contest, as the tally takes it."""

from collections.abc import Iterable
from dataclasses import asdict

from competitions.contest_files.records import AwardRecord, CompetitionRecord, CriterionRecord, RoundRecord
from competitions.contest_files.rule_records import AdvanceRecord, LimitRecord, ScoringRecord
from competitions.judging.records import (
    Advance,
    Aggregate,
    Award,
    Contest,
    Criterion,
    Limit,
    Round,
    Scoring,
)


def declared(
    slug: str,
    *,
    rounds: Iterable[RoundRecord],
    awards: Iterable[AwardRecord],
    scoring: ScoringRecord,
    one_prize_per_person: bool,
) -> Contest:
    """Return a contest that has its rule and nothing else: no judges, entries or marks."""
    return Contest(
        competition=slug,
        rounds=tuple(_round(each) for each in rounds),
        judges=(),
        entries=(),
        marks=(),
        awards=tuple(
            Award(code=each.code, count=each.count, name=each.name, track=each.track) for each in awards
        ),
        scoring=Scoring(
            total=scoring.total,  # type: ignore[arg-type]
            places=scoring.places,
            tie_break=scoring.tie_break,
            one_prize_per_person=one_prize_per_person,
        ),
    )


def declared_of(record: CompetitionRecord) -> Contest:
    """Return the rule of a competition's record."""
    return declared(
        record.slug,
        rounds=record.rounds,
        awards=record.awards,
        scoring=record.scoring,
        one_prize_per_person=record.one_prize_per_person,
    )


def _round(record: RoundRecord) -> Round:
    return Round(
        code=record.code,
        name=record.name,
        kind=record.kind,
        weight=record.weight,
        criteria=tuple(_criterion(each) for each in record.criteria),
        aggregate=Aggregate(**asdict(record.aggregate)),
        floor=_limit(record.floor) if record.floor else None,
        advance=_advance(record.advance) if record.advance else None,
        carries=record.carries,
    )


def _limit(record: LimitRecord | AdvanceRecord) -> Limit:
    return Limit(percent=record.percent, points=record.points)


def _advance(record: AdvanceRecord) -> Advance:
    has_least = record.percent is not None or record.points is not None
    return Advance(top=record.top, least=_limit(record) if has_least else None, per_track=record.per_track)


def _criterion(record: CriterionRecord) -> Criterion:
    return Criterion(
        code=record.code,
        name=record.name,
        max=record.max,
        weight=record.weight,
        required=record.required,
        track=record.track,
    )
