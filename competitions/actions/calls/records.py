"""A competition's rule as one plain record: what pages and files bring, and what the rows hold."""

import hashlib
from dataclasses import replace

from competitions.contest_files.call_records import QuestionRecord, TermRecord
from competitions.contest_files.records import (
    CompetitionRecord,
    JudgeRecord,
    TrackRecord,
)
from competitions.contest_files.rule_records import (
    ScoringRecord,
)
from competitions.declared import award_records, round_records
from competitions.models import Competition

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
        rounds=round_records(competition),
        awards=award_records(competition),
        scoring=ScoringRecord.of(competition.scoring),
    )


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
