"""People who may judge, from a file: all rows or none; the same file again changes nothing."""

from dataclasses import dataclass

from django.db import transaction

from accounts import audit
from competitions.actions.bringing_in.files import refused
from competitions.actions.committee.pool import FIELDS
from competitions.contest_files.errors import FileProblem
from competitions.contest_files.errors import gettext_noop as N_
from competitions.models import JudgeCandidate

RETIRED = N_(
    "“{value}” is in the pool as somebody who is not asked any more. Bring the person back there first."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtPool:
    new: int
    changed: int
    unchanged: int


@transaction.atomic
def bring_in_candidates(records, *, by, at):
    """Add who is new and change who is known by the e-mail address. Raises BringInRefused with every bad row."""
    known = {
        row.email.casefold(): row for row in JudgeCandidate.objects.filter(left_at=None).select_for_update()
    }
    gone = {email.casefold() for email in _emails_of_retired()} - set(known)
    problems = [
        FileProblem(each.line, "email", RETIRED, {"value": each.email})
        for each in records
        if each.email.casefold() in gone
    ]
    if problems:
        raise refused(problems)
    new = [_new(each, by=by, at=at) for each in records if each.email.casefold() not in known]
    changed = [row for each in records if (row := known.get(each.email.casefold())) and _changes(row, each)]
    JudgeCandidate.objects.bulk_create(new)
    JudgeCandidate.objects.bulk_update(changed, FIELDS)
    brought = BroughtPool(
        new=len(new), changed=len(changed), unchanged=len(records) - len(new) - len(changed)
    )
    audit.record("pool.brought_in", by=by, new=brought.new, changed=brought.changed)
    return brought


def _emails_of_retired():
    return JudgeCandidate.objects.exclude(left_at=None).values_list("email", flat=True)


def _new(record, *, by, at):
    return JudgeCandidate(added_by=by, added_at=at, **_fields(record))


def _fields(record):
    return {name: getattr(record, name) for name in FIELDS}


def _changes(row, record):
    """Write the record into the row; an empty cell leaves what is known. Returns whether anything changed."""
    wanted = {name: value for name, value in _fields(record).items() if value and getattr(row, name) != value}
    wanted.pop("email", None)  # the same but for capitals
    for name, value in wanted.items():
        setattr(row, name, value)
    return bool(wanted)
