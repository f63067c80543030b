"""The declared rule of a stored competition: its parts as records, its words and its fingerprint."""

from django.db.models import Prefetch
from django.utils.translation import gettext

from casebook.content import content_sha256
from competitions.contest_files.records import AwardRecord, CriterionRecord, RoundRecord
from competitions.contest_files.rule_of_record import rule_of_parts
from competitions.contest_files.rule_records import (
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
    ScoringRecord,
)
from competitions.judging.rule import rule_of
from competitions.judging.words import rule_words
from competitions.models import AwardTier, Criterion, Round

# Columns of a round that are a field of its record by the same name.
ROUND_FIELDS = (
    "code",
    "name",
    "kind",
    "weight",
    "carries",
    "blind",
    "judges_per_entry",
    "due_at",
    "shows_peers",
    "votes_per_voter",
    "votes_from",
    "votes_until",
    "minutes",
)


def declared_rule(competition):
    """Return the rule as a contest without entries. Three queries."""
    return _declared(competition, rounds=round_records(competition), awards=award_records(competition))


def declared_rule_of_rows(competition):
    """The same of a competition whose rounds, criteria and award tiers with their tracks are prefetched."""
    return _declared(
        competition,
        rounds=[round_record(row) for row in competition.rounds.all()],
        awards=[award_record(row) for row in competition.award_tiers.all()],
    )


def _declared(competition, *, rounds, awards):
    return rule_of_parts(
        competition.slug,
        rounds=rounds,
        awards=awards,
        scoring=ScoringRecord.of(competition.scoring),
        one_prize_per_person=competition.one_prize_per_person,
    )


def rule_sha256(competition):
    """Return the fingerprint of the rule, in hex: what is announced is what is computed with."""
    return content_sha256(rule_of(declared_rule(competition)))


def rule_sentences(contest, *, tracks):
    """Return the rule in sentences of the current language. tracks: names by code."""
    return rule_words(contest, gettext, tracks=tracks)


def round_records(competition):
    criteria = Prefetch("criteria", Criterion.objects.select_related("track").order_by("position", "id"))
    rows = Round.objects.filter(competition=competition).prefetch_related(criteria)
    return tuple(round_record(row) for row in rows)


def award_records(competition):
    rows = AwardTier.objects.filter(competition=competition).select_related("track")
    return tuple(award_record(row) for row in rows)


def award_record(row):
    track = row.track.code if row.track else ""
    return AwardRecord(code=row.code, name=row.name, count=row.count, prize=row.prize, track=track)


def round_record(row):
    return RoundRecord(
        **{name: getattr(row, name) for name in ROUND_FIELDS},
        aggregate=AggregateRecord.of(row.aggregate),
        floor=LimitRecord.of(row.floor) if row.floor else None,
        advance=AdvanceRecord.of(row.advance) if row.advance else None,
        criteria=tuple(_criterion_record(each) for each in row.criteria.all()),
    )


def _criterion_record(row):
    return CriterionRecord(
        code=row.code,
        name=row.name,
        description=row.description,
        max=row.max_points,
        weight=row.weight,
        required=row.required,
        track=row.track.code if row.track else "",
        levels=tuple(LevelRecord.of(each) for each in row.levels),
    )
