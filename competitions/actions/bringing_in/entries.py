"""Entries received on paper: accepted as they come, each with a frozen snapshot."""

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_noop

from accounts import audit
from casebook.content import ContentRefused, clean_case, content_sha256
from competitions.actions.bringing_in.competitions import Brought, lock_for_bringing_in, unstorable
from competitions.actions.bringing_in.files import refused
from competitions.contest_files.errors import FileProblem
from competitions.models import Entry, Snapshot
from competitions.states import EntryState

SUMMARY_LENGTH = 300
COLUMNS = {"code": "code", "title": "title", "team": "team"}
TAKEN = gettext_noop(
    "The code “{code}” belongs to another entry already, with other contents. "
    "Give this row another code, or make it as it was."
)


@transaction.atomic
def bring_in_entries(competition, records, *, by, at):
    """Store the entries of a file; one already here as it stands in the file is left alone."""
    competition = lock_for_bringing_in(competition)
    tracks = {track.code: track for track in competition.tracks.all()}
    existing = _existing(competition, records)
    rows = [
        (record, _entry(competition, record, track=tracks.get(record.track), by=by, at=at))
        for record in records
    ]
    new = [(record, row) for record, row in rows if record.code not in existing]
    problems = [
        *(problem for record, row in new for problem in unstorable(row, COLUMNS, line=record.line)),
        *(
            FileProblem(record.line, "code", TAKEN, {"code": record.code})
            for record, row in rows
            if record.code in existing and not _same(existing[record.code], row, record)
        ),
    ]
    if problems:
        raise refused(sorted(problems, key=lambda problem: problem.line))
    store_entries([row for _record, row in new])
    brought = Brought(new=len(new), unchanged=len(rows) - len(new))
    audit.record(
        "entries.brought_in", by=by, target=competition, new=brought.new, unchanged=brought.unchanged
    )
    return brought


def _existing(competition, records):
    rows = competition.entries.filter(code__in=[record.code for record in records])
    return {entry.code: entry for entry in rows.select_related("snapshot", "track")}


def _entry(competition, record, *, track, by, at):
    content = _content(record)
    return Entry(
        competition=competition,
        track=track,
        code=record.code,
        team=record.team,
        title=record.title,
        summary=content["case"]["summary"],
        draft=content,
        state=EntryState.ACCEPTED,
        submitted_at=_submitted_at(competition, record, at=at),
        decided_by=by,
        decided_at=at,
        created_at=at,
        saved_at=at,
    )


def _content(record):
    """A summary too long for its line stays whole as the approach."""
    summary = " ".join(record.summary.split())
    case = {"title": record.title, "summary": summary}
    if len(summary) > SUMMARY_LENGTH:
        case = {
            "title": record.title,
            "summary": summary[: SUMMARY_LENGTH - 1] + "…",
            "approach": record.summary,
        }
    try:
        return {"case": clean_case(case), "prompts": []}
    except ContentRefused as error:
        raise refused(
            FileProblem(record.line, None, "{problem}", {"problem": problem.text()})
            for problem in error.problems
        ) from error


def _submitted_at(competition, record, *, at):
    """A row without a time counts as handed in at the close: the same whenever the file is read."""
    return record.submitted_at or min(competition.closes_at, at)


def _same(entry, row, record):
    """Whether a stored entry, brought in earlier, says what the row says."""
    return (
        entry.entrant_id is None
        and (entry.title, entry.team, entry.track_id) == (row.title, row.team, row.track_id)
        and entry.draft == row.draft
        and record.submitted_at in {None, entry.submitted_at}
    )


def store_entries(entries):
    """Store entries brought in, each with its frozen snapshot."""
    entries = Entry.objects.bulk_create(entries, batch_size=500)
    Snapshot.objects.bulk_create((_snapshot(entry) for entry in entries), batch_size=500)
    snapshot = Snapshot.objects.filter(entry=OuterRef("pk")).values("pk")[:1]
    Entry.objects.filter(pk__in=[entry.pk for entry in entries]).update(snapshot=Subquery(snapshot))


def _snapshot(entry):
    return Snapshot(
        entry=entry,
        number=1,
        content=entry.draft,
        content_sha256=content_sha256(entry.draft),
        receipt_number=f"P{entry.submitted_at.year}-{entry.competition_id:03d}-{entry.pk:06d}",
        submitted_at=entry.submitted_at,
    )
