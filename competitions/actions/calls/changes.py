"""Replacing what a competition says: a draft freely, an announced call by a notice (notices.py)."""

from dataclasses import replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.calls.record_checks import check_record
from competitions.actions.calls.records import RECORD_FIELDS, column_values, fingerprint, parts_of, record_of
from competitions.actions.calls.stored_parts import remove_parts, store_form, store_parts
from competitions.errors import CompetitionError
from competitions.models import Competition
from competitions.states import CompetitionState


@transaction.atomic
def change_competition(competition, record, *, by, at, seen=None):
    """Replace what a draft says.

    seen: fingerprint of what the person saw when beginning, to notice what somebody else changed.
    """
    competition = locked(competition)
    if competition.state != CompetitionState.DRAFT:
        raise IllegalMove(_("The call is announced. Change it by a notice that says what changes and why."))
    before = record_of(competition)
    refuse_unseen(before, seen)
    check_record(record)
    store_change(competition, record, before=before)
    changed = changed_fields(before, record)
    audit.record("competition.changed", by=by, target=competition, fields=changed)
    return competition


def locked(competition):
    """Return the competition as it is now; nobody changes it, no entry comes in, no sheet is signed until the end."""
    return Competition.objects.select_for_update(no_key=True).get(pk=competition.pk)


def refuse_unseen(before, seen):
    if seen is not None and seen != fingerprint(before):
        raise CompetitionError(
            _(
                "Somebody else changed this competition while you were writing. "
                "What you typed is still here: compare it with the competition in another window, then save again."
            )
        )


def changed_fields(before, after):
    return [name for name in RECORD_FIELDS if getattr(before, name) != getattr(after, name)]


def store_change(competition, record, *, before):
    """Write the record over the rows; tracks, rounds and awards only while there is no entry."""
    if parts_of(_with_deadlines_of(before, record)) != parts_of(before):
        _store_parts_again(competition, record)
    else:
        _store_deadlines(competition, record)
    store_form(competition, record)
    values = column_values(record)
    for name, value in values.items():
        setattr(competition, name, value)
    try:
        with transaction.atomic():
            competition.save(update_fields=list(values))
    except IntegrityError as error:
        raise address_taken(record.slug) from error


def _with_deadlines_of(before, record):
    """The record with the deadlines that its tracks had, which may move while there are entries."""
    times = {each.code: each.closes_at for each in before.tracks}
    return replace(
        record,
        tracks=tuple(replace(each, closes_at=times.get(each.code, each.closes_at)) for each in record.tracks),
    )


def _store_parts_again(competition, record):
    if competition.entries.exists():
        raise CompetitionError(
            _(
                "There are entries already, so tracks, rounds, criteria and award tiers "
                "can no longer be changed."
            )
        )
    remove_parts(competition)
    store_parts(competition, record)


def _store_deadlines(competition, record):
    for each in record.tracks:
        competition.tracks.filter(code=each.code).update(closes_at=each.closes_at)


def address_taken(slug):
    return CompetitionError(
        _("Another competition already has the address “%(slug)s”. Choose another one.") % {"slug": slug}
    )
