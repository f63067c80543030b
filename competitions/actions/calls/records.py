"""A competition's rule as one plain record: what pages and files bring, and what the rows hold."""

import hashlib
from dataclasses import replace

from django.db.models import Prefetch

from competitions.contest_files.call_records import QuestionRecord, TermRecord
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.contest_files.rule_records import (
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
    ScoringRecord,
)
from competitions.models import Competition, Criterion

CALL_FIELDS = (
    "slug",
    "title",
    "kind",
    "profile",
    "call",
    "opens_at",
    "closes_at",
    "grace_seconds",
    "plan",
    "is_sealed",
    "keep_days",
    "verification_days",
    "one_prize_per_person",
)
JSON_FIELDS = ("eligibility", "files", "contact")  # one record each
JSON_LISTS = ("dates", "faq")
RECORD_FIELDS = (
    *CALL_FIELDS, *JSON_FIELDS, *JSON_LISTS, "scoring", "questions", "terms", "tracks", "rounds", "awards",
)  # fmt: skip
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
QUESTION_FIELDS = (
    "code",
    "name",
    "kind",
    "help",
    "required",
    "tracks",
    "choices",
    "longest",
    "least",
    "most",
    "is_personal",
)


def record_of(competition):
    """Return what the rows of a competition say. Needs seven queries."""
    rounds = competition.rounds.prefetch_related(
        Prefetch("criteria", Criterion.objects.select_related("track").order_by("position", "id"))
    )
    return CompetitionRecord(
        **{name: getattr(competition, name) for name in CALL_FIELDS},
        announced_at=competition.announced_at,
        eligibility=competition.eligibility_record,
        files=competition.files_record,
        contact=competition.contact_record,
        dates=tuple(competition.date_records),
        faq=tuple(competition.faq_records),
        questions=tuple(question_record(row) for row in competition.form_fields.all()),
        terms=tuple(term_record(row) for row in competition.consent_terms.filter(replaced_at=None)),
        tracks=tuple(_track_record(row) for row in competition.tracks.all()),
        judges=tuple(_judge_record(row) for row in competition.judges.select_related("track")),
        rounds=tuple(_round_record(row) for row in rounds),
        awards=tuple(_award_record(row) for row in competition.award_tiers.select_related("track")),
        scoring=ScoringRecord.of(competition.scoring),
    )


def _award_record(row):
    track = row.track.code if row.track else ""
    return AwardRecord(code=row.code, name=row.name, count=row.count, prize=row.prize, track=track)


def _track_record(row):
    names = ("code", "name", "description", "closes_at", "most_entries")
    return TrackRecord(**{name: getattr(row, name) for name in names})


def _judge_record(row):
    track = row.track.code if row.track else ""
    return JudgeRecord(code=row.code, name=row.name, side=row.side, is_chair=row.is_chair, track=track)


def question_record(row):
    values = {name: getattr(row, name) for name in QUESTION_FIELDS}
    return QuestionRecord(**values | {name: tuple(values[name]) for name in ("tracks", "choices")})


def term_record(row):
    values = {name: getattr(row, name) for name in ("purpose", "title", "text", "is_required")}
    return TermRecord(**values, covers=tuple(row.covers))


def _round_record(row):
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


def parts_of(record):
    return record.tracks, record.rounds, record.awards


def new_competition(record, **fields):
    return Competition(**column_values(record) | fields)


def column_values(record):
    """What a competition's own columns hold of a record, by column."""
    values = {name: getattr(record, name) for name in CALL_FIELDS}
    values |= {name: getattr(record, name).kept() for name in JSON_FIELDS}
    values["scoring"] = record.scoring.as_json()
    return values | {name: [each.kept() for each in getattr(record, name)] for name in JSON_LISTS}


def fingerprint(record):
    """Return a text that differs when anything an organiser writes differs; judges are named elsewhere."""
    written = replace(record, judges=(), announced_at=None, notices=())
    return hashlib.sha256(repr(written).encode()).hexdigest()
