"""A competition's rule as one plain record: what pages and files bring, and what the rows hold."""

import hashlib
from dataclasses import replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.errors import CompetitionError
from competitions.models import AwardTier, Competition, Criterion, Round, Track

RESERVED_SLUGS = {"new", "preview"}  # addresses below /organise/
CALL_FIELDS = ("slug", "title", "kind", "profile", "call", "opens_at", "closes_at")


def record_of(competition):
    """Return what the rows of a competition say. Needs five queries."""
    rounds = competition.rounds.prefetch_related(
        Prefetch("criteria", Criterion.objects.order_by("position", "id"))
    )
    return CompetitionRecord(
        **{name: getattr(competition, name) for name in CALL_FIELDS},
        announced_at=competition.announced_at,
        tracks=tuple(TrackRecord(code=row.code, name=row.name) for row in competition.tracks.all()),
        judges=tuple(JudgeRecord(code=row.code, name=row.name) for row in competition.judges.all()),
        rounds=tuple(_round_record(row) for row in rounds),
        awards=tuple(
            AwardRecord(code=row.code, name=row.name, count=row.count, prize=row.prize)
            for row in competition.award_tiers.all()
        ),
    )


def _round_record(row):
    return RoundRecord(
        code=row.code,
        name=row.name,
        kind=row.kind,
        weight=row.weight,
        criteria=tuple(
            CriterionRecord(
                code=each.code,
                name=each.name,
                description=each.description,
                max=each.max_points,
                weight=each.weight,
                required=each.required,
            )
            for each in row.criteria.all()
        ),
    )


def check_record(record):
    """Raise CompetitionError for the first rule the record breaks."""
    if record.slug in RESERVED_SLUGS:
        raise CompetitionError(
            _("The address “%(slug)s” is used by the site itself. Choose another.") % _slug(record)
        )
    if record.closes_at <= record.opens_at:
        raise CompetitionError(
            _("The competition closes before it opens. Set the closing time after the opening time.")
        )
    if not record.tracks:
        raise CompetitionError(_("There is no track. Add at least one."))
    if not record.rounds or any(not each.criteria for each in record.rounds):
        raise CompetitionError(_("A round has no criterion. Add at least one to each round."))
    _check_codes(record)
    _check_points(record)


def _slug(record):
    return {"slug": record.slug}


def _check_codes(record):
    lists = [
        record.tracks,
        record.judges,
        record.rounds,
        record.awards,
        *(each.criteria for each in record.rounds),
    ]
    for items in lists:
        codes = [item.code for item in items]
        repeated = next((code for code in codes if codes.count(code) > 1), None)
        if repeated:
            raise CompetitionError(
                _("The code “%(code)s” is used twice. Give each row a code of its own.") % {"code": repeated}
            )


def _check_points(record):
    for each in record.rounds:
        numbers = [
            each.weight,
            *(n for criterion in each.criteria for n in (criterion.max, criterion.weight)),
        ]
        if any(number <= 0 for number in numbers):
            raise CompetitionError(_("Points and weights must be above 0."))


def store_parts(competition, record):
    """Give a competition without parts its tracks, rounds, criteria and award tiers."""
    Track.objects.bulk_create(
        Track(competition=competition, position=position, code=each.code, name=each.name)
        for position, each in enumerate(record.tracks, start=1)
    )
    for position, each in enumerate(record.rounds, start=1):
        _store_round(competition, each, position=position)
    AwardTier.objects.bulk_create(
        AwardTier(
            competition=competition,
            position=position,
            code=each.code,
            name=each.name,
            count=each.count,
            prize=each.prize,
        )
        for position, each in enumerate(record.awards, start=1)
    )


def _store_round(competition, record, *, position):
    row = Round.objects.create(
        competition=competition,
        position=position,
        code=record.code,
        name=record.name,
        kind=record.kind,
        weight=record.weight,
    )
    Criterion.objects.bulk_create(
        Criterion(
            round=row,
            position=place,
            code=each.code,
            name=each.name,
            description=each.description,
            max_points=each.max,
            weight=each.weight,
            required=each.required,
        )
        for place, each in enumerate(record.criteria, start=1)
    )


def remove_parts(competition):
    competition.tracks.all().delete()
    competition.rounds.all().delete()
    competition.award_tiers.all().delete()


def parts_of(record):
    return record.tracks, record.rounds, record.awards


def new_competition(record, **fields):
    return Competition(**{name: getattr(record, name) for name in CALL_FIELDS} | fields)


def fingerprint(record):
    """Return a text that differs when anything an organiser writes differs; judges are named elsewhere."""
    written = replace(record, judges=(), announced_at=None, notices=())
    return hashlib.sha256(repr(written).encode()).hexdigest()
