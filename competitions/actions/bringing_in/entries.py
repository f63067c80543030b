"""Entries received on paper or by mail: all rows of a table or none, each with a frozen snapshot."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_noop

from accounts import audit
from casebook.content import ContentRefused, clean_case, content_sha256
from competitions.actions.bringing_in.competitions import Brought, lock_for_bringing_in, unstorable
from competitions.actions.bringing_in.entry_attachments import attachments_of, kept_bytes
from competitions.actions.bringing_in.files import refused
from competitions.actions.bringing_in.packed_files import NoFiles
from competitions.actions.bringing_in.whole_entries import (
    Checked,
    Checks,
    as_file_problem,
    checked,
    same_files,
    with_files,
)
from competitions.contest_files.entries_table import under_headings
from competitions.contest_files.errors import FileProblem
from competitions.models import Attachment, Entry, Snapshot
from competitions.states import EntryState

SUMMARY_LENGTH = 300
COLUMNS = {"code": "code", "title": "title", "team": "team"}
TAKEN = gettext_noop(
    "The code “{code}” belongs to another entry already, with other contents. "
    "Give this row another code, or make it as it was."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A row that would come in. files: [(code of its question, PackedFile)]."""

    record: object
    entry: Entry
    files: list = field(default_factory=list)


@transaction.atomic
def bring_in_entries(competition, records, *, by, at, state=EntryState.ACCEPTED, **table):
    """Store the entries of a file; one already here as it stands in the file is left alone.

    state: accepted, or submitted for screening. table: as for examined_entries. Raises BringInRefused with every
    fault; then nothing is stored, no file either.
    """
    competition = lock_for_bringing_in(competition)
    coming, unchanged = examined_entries(competition, records, by=by, at=at, state=state, **table)
    with kept_bytes() as keep:
        store_entries([each.entry for each in coming], files=_stored_files(coming, by=by, at=at, keep=keep))
        audit.record(
            "entries.brought_in",
            by=by,
            target=competition,
            new=len(coming),
            unchanged=unchanged,
            state=str(state),
        )
    return Brought(new=len(coming), unchanged=unchanged)


def try_entries(competition, records, *, by, at, state=EntryState.ACCEPTED, **table):
    """Say what bring_in_entries would do, and do nothing: (Brought, the entries that would come in)."""
    with transaction.atomic():
        competition = lock_for_bringing_in(competition)
        coming, unchanged = examined_entries(competition, records, by=by, at=at, state=state, **table)
    return Brought(new=len(coming), unchanged=unchanged), coming


def examined_entries(competition, records, *, by, at, state, files=None, headers=None, problems=()):
    """Return ([Coming], number of rows that are here already). Raises BringInRefused with every fault.

    files: PackedFiles the rows name. headers: of the table, for what is said of a column. problems: of other rows.
    """
    tracks = {track.code: track for track in competition.tracks.all()}
    checks = Checks.of(competition, files or NoFiles())
    existing = _existing(competition, records)
    coming, unchanged, problems = [], 0, list(problems)
    for record in records:
        row = _checked(record, checks, track=tracks.get(record.track))
        problems += row.problems
        if not row.content:
            continue
        entry = _entry(competition, record, row, track=tracks.get(record.track), by=by, at=at, state=state)
        if record.code not in existing:
            problems += unstorable(entry, COLUMNS, line=record.line)
            coming.append(Coming(record=record, entry=entry, files=row.files))
        elif _same(existing[record.code], entry, record, row.files):
            unchanged += 1
        else:
            problems.append(FileProblem(record.line, "code", TAKEN, {"code": record.code}))
    if problems:
        in_order = sorted(problems, key=lambda problem: problem.line)
        raise refused(under_headings(in_order, headers or {}))
    return coming, unchanged


def _checked(record, checks, *, track):
    if record.whole:
        return checked(record, checks, track=track)
    try:
        return Checked(content=_paper_content(record))
    except ContentRefused as error:
        return Checked(problems=[as_file_problem(each, record.line) for each in error.problems])


def _existing(competition, records):
    rows = competition.entries.filter(code__in=[record.code for record in records])
    return {entry.code: entry for entry in rows.select_related("snapshot", "track")}


def _entry(competition, record, row, *, track, by, at, state):
    is_decided = state == EntryState.ACCEPTED
    return Entry(
        competition=competition,
        track=track,
        code=record.code,
        team=record.team,
        title=record.title,
        summary=row.content["case"]["summary"],
        declared=row.declared,
        draft=row.content,
        state=state,
        submitted_at=_submitted_at(competition, record, at=at),
        decided_by=by if is_decided else None,
        decided_at=at if is_decided else None,
        created_at=at,
        saved_at=at,
    )


def _paper_content(record):
    """A summary too long for its line stays whole as the approach."""
    summary = " ".join(record.summary.split())
    case = {"title": record.title, "summary": summary}
    if len(summary) > SUMMARY_LENGTH:
        case = {
            "title": record.title,
            "summary": summary[: SUMMARY_LENGTH - 1] + "…",
            "approach": record.summary,
        }
    return {"case": clean_case(case), "prompts": []}


def _submitted_at(competition, record, *, at):
    """A row without a time counts as handed in at the close: the same whenever the file is read."""
    return record.submitted_at or min(competition.closes_at, at)


def _same(entry, row, record, files):
    """Whether a stored entry, brought in earlier, says what the row says."""
    return (
        entry.entrant_id is None
        and (entry.title, entry.team, entry.track_id) == (row.title, row.team, row.track_id)
        and (entry.draft, entry.declared) == (row.draft, row.declared)
        and record.submitted_at in {None, entry.submitted_at}
        and same_files(entry, files)
    )


def store_entries(entries, *, files=lambda entries: {}):
    """Store entries brought in, each with its frozen snapshot. files: stored entries -> {id: [Attachment]}."""
    entries = Entry.objects.bulk_create(entries, batch_size=500)
    attachments = files(entries)
    Attachment.objects.bulk_create((each for rows in attachments.values() for each in rows), batch_size=500)
    Snapshot.objects.bulk_create(
        (_snapshot(entry, attachments.get(entry.pk, ())) for entry in entries), batch_size=500
    )
    snapshot = Snapshot.objects.filter(entry=OuterRef("pk")).values("pk")[:1]
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(snapshot=Subquery(snapshot))


def _stored_files(coming, *, by, at, keep):
    def stored(entries):
        pairs = zip(entries, coming, strict=True)
        return {entry.pk: attachments_of(entry, each.files, by=by, at=at, keep=keep) for entry, each in pairs}

    return stored


def _snapshot(entry, attachments):
    content = with_files(entry.draft, attachments)
    return Snapshot(
        entry=entry,
        number=1,
        content=content,
        content_sha256=content_sha256(content),
        receipt_number=f"P{entry.submitted_at.year}-{entry.competition_id:03d}-{entry.pk:06d}",
        submitted_at=entry.submitted_at,
    )
