"""The rule of a competition file as the tally reads it: for its words and its checks, without any entry."""

from collections.abc import Iterable
from dataclasses import replace
from typing import get_args

from competitions.contest_files.records import AwardRecord, CompetitionRecord, CriterionRecord, RoundRecord
from competitions.contest_files.rule_records import AdvanceRecord, AggregateRecord, LimitRecord, ScoringRecord
from competitions.judging.records import (
    Advance,
    Aggregate,
    Award,
    Contest,
    Criterion,
    Limit,
    Method,
    Round,
    Scoring,
)

METHODS: dict[str, Method] = {name: name for name in get_args(Method)}


def rule_of_record(record: CompetitionRecord) -> Contest:
    """Return a contest with the rounds, judges and awards of a record, and no entry."""
    rule = rule_of_parts(
        record.slug,
        rounds=record.rounds,
        awards=record.awards,
        scoring=record.scoring,
        one_prize_per_person=record.one_prize_per_person,
    )
    return replace(rule, judges=tuple(judge.code for judge in record.judges))


def rule_of_parts(
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
        rounds=tuple(round_of(each) for each in rounds),
        judges=(),
        entries=(),
        marks=(),
        awards=tuple(
            Award(code=each.code, count=each.count, name=each.name, track=each.track) for each in awards
        ),
        scoring=scoring_of(scoring, one_prize_per_person=one_prize_per_person),
    )


def round_of(record: RoundRecord) -> Round:
    """Return a round as the tally reads it."""
    return Round(
        code=record.code,
        name=record.name,
        kind=record.kind,
        weight=record.weight,
        criteria=tuple(criterion_of(each) for each in record.criteria),
        aggregate=aggregate_of(record.aggregate),
        floor=limit_of(record.floor) if record.floor else None,
        advance=advance_of(record.advance) if record.advance else None,
        carries=record.carries,
    )


def criterion_of(record: CriterionRecord) -> Criterion:
    """Return a criterion as the tally reads it."""
    return Criterion(
        code=record.code,
        name=record.name,
        max=record.max,
        weight=record.weight,
        required=record.required,
        track=record.track,
    )


def aggregate_of(record: AggregateRecord) -> Aggregate:
    """Return how marks are joined. Words nobody knows do not pass the checks of the file."""
    return Aggregate(
        over="judge_totals" if record.over == "judge_totals" else "criteria",
        method=METHODS[record.method],
        drop_high=record.drop_high,
        drop_low=record.drop_low,
    )


def limit_of(record: LimitRecord) -> Limit:
    """Return a least score."""
    return Limit(percent=record.percent, points=record.points)


def advance_of(record: AdvanceRecord) -> Advance:
    """Return who goes on."""
    has_least = record.percent is not None or record.points is not None
    return Advance(
        top=record.top,
        least=Limit(percent=record.percent, points=record.points) if has_least else None,
        per_track=record.per_track,
    )


def scoring_of(record: ScoringRecord, *, one_prize_per_person: bool) -> Scoring:
    """Return how places come about."""
    return Scoring(
        total="sum_of_points" if record.total == "sum_of_points" else "weighted_percent",
        places=record.places,
        tie_break=record.tie_break,
        one_prize_per_person=one_prize_per_person,
    )
