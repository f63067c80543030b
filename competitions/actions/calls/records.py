"""A competition's rule as one plain record: what pages and files bring, and what the rows hold."""

import hashlib
from dataclasses import asdict, replace

from django.db.models import Max, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from competitions.contest_files.call_records import QuestionRecord, TermRecord
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.errors import CompetitionError
from competitions.models import AwardTier, Competition, ConsentTerm, Criterion, FormField, Round, Track

RESERVED_SLUGS = {"new", "preview", "start", "alike"}  # addresses below /organise/
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
)
JSON_FIELDS = ("eligibility", "files", "contact")  # one record each
JSON_LISTS = ("dates", "faq")
RECORD_FIELDS = (*CALL_FIELDS, *JSON_FIELDS, *JSON_LISTS, "questions", "terms", "tracks", "rounds", "awards")
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
        terms=tuple(_term_record(row) for row in competition.consent_terms.filter(replaced_at=None)),
        tracks=tuple(_track_record(row) for row in competition.tracks.all()),
        judges=tuple(_judge_record(row) for row in competition.judges.select_related("track")),
        rounds=tuple(_round_record(row) for row in rounds),
        awards=tuple(
            AwardRecord(code=row.code, name=row.name, count=row.count, prize=row.prize)
            for row in competition.award_tiers.all()
        ),
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


def _term_record(row):
    values = {name: getattr(row, name) for name in ("purpose", "title", "text", "is_required")}
    return TermRecord(**values, covers=tuple(row.covers))


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
                track=each.track.code if each.track else "",
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
    _check_deadlines(record)
    _check_descriptions(record)


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


def _check_deadlines(record):
    late = next(
        (each for each in record.tracks if each.closes_at and each.closes_at > record.closes_at), None
    )
    if late:
        raise CompetitionError(
            _(
                "The track “%(name)s” closes after the competition. Set it earlier, or the competition's later."
            )
            % {"name": late.name}
        )


def _check_descriptions(record):
    described = [
        *((each, Track) for each in record.tracks),
        *((each, Criterion) for row in record.rounds for each in row.criteria),
    ]
    for each, model in described:
        most = model._meta.get_field("description").max_length
        if len(each.description) > most:
            raise CompetitionError(
                _("The description of “%(name)s” is longer than %(most)s characters. Shorten it.")
                % {"name": each.name, "most": most}
            )


def store_parts(competition, record):
    """Give a competition without parts its tracks, rounds, criteria and award tiers."""
    tracks = Track.objects.bulk_create(
        Track(competition=competition, position=position, **asdict(each))
        for position, each in enumerate(record.tracks, start=1)
    )
    by_code = {track.code: track for track in tracks}
    for position, each in enumerate(record.rounds, start=1):
        _store_round(competition, each, position=position, tracks=by_code)
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


def store_form(competition, record):
    """Make the questions and terms of a competition those of the record; a changed term is a new version."""
    competition.form_fields.exclude(code__in=[each.code for each in record.questions]).delete()
    for position, each in enumerate(record.questions, start=1):
        values = asdict(each) | {
            "position": position,
            "tracks": list(each.tracks),
            "choices": list(each.choices),
        }
        FormField.objects.update_or_create(competition=competition, code=each.code, defaults=values)
    _store_terms(competition, record.terms)


def _store_terms(competition, terms):
    now = timezone.now()
    current = {row.purpose: row for row in competition.consent_terms.filter(replaced_at=None)}
    gone = current.keys() - {each.purpose for each in terms}
    competition.consent_terms.filter(purpose__in=gone, replaced_at=None).update(replaced_at=now)
    for position, each in enumerate(terms, start=1):
        row = current.get(each.purpose)
        if row and _term_record(row) == each:
            ConsentTerm.objects.filter(pk=row.pk).update(position=position)
            continue
        rows = competition.consent_terms.filter(purpose=each.purpose)
        rows.filter(replaced_at=None).update(replaced_at=now)
        last = rows.aggregate(last=Max("version"))["last"] or 0
        values = asdict(each) | {"covers": list(each.covers), "position": position, "version": last + 1}
        ConsentTerm.objects.create(competition=competition, **values)


def _store_round(competition, record, *, position, tracks):
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
            track=tracks.get(each.track),
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
    return Competition(**column_values(record) | fields)


def column_values(record):
    """What a competition's own columns hold of a record, by column."""
    values = {name: getattr(record, name) for name in CALL_FIELDS}
    values |= {name: getattr(record, name).kept() for name in JSON_FIELDS}
    return values | {name: [each.kept() for each in getattr(record, name)] for name in JSON_LISTS}


def fingerprint(record):
    """Return a text that differs when anything an organiser writes differs; judges are named elsewhere."""
    written = replace(record, judges=(), announced_at=None, notices=())
    return hashlib.sha256(repr(written).encode()).hexdigest()
