"""The rows that hang on a competition: tracks, rounds, criteria, award tiers, questions and terms."""

from dataclasses import asdict

from django.db.models import Max
from django.utils import timezone

from competitions.actions.calls.records import term_record
from competitions.declared import ROUND_FIELDS
from competitions.models import AwardTier, ConsentTerm, Criterion, FormField, Round, Track


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
            track=by_code.get(each.track),
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
        if row and term_record(row) == each:
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
        aggregate=record.aggregate.as_json(),
        floor=record.floor.as_json() if record.floor else None,
        advance=record.advance.as_json() if record.advance else None,
        **{name: getattr(record, name) for name in ROUND_FIELDS},
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
            levels=[level.as_json() for level in each.levels],
        )
        for place, each in enumerate(record.criteria, start=1)
    )


def remove_parts(competition):
    competition.tracks.all().delete()
    competition.rounds.all().delete()
    competition.award_tiers.all().delete()
