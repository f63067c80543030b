"""Entries with a text that was handed in."""

from itertools import count
from uuid import uuid4

from casebook.content import content_sha256
from competitions.actions.screening.similarities import remember
from competitions.models import Attachment, Snapshot
from competitions.states import EntryState
from tests.competitions.similarity.texts import TEXT
from tests.factories import AT, make_closed_competition, make_entry, make_user

_numbers = count(1)


def content_with(text, *, prompts=(), **more):
    title = f"{next(_numbers)}번째 글"
    return {"case": {"title": title, "summary": "", "approach": text}, "prompts": list(prompts)} | more


def handed_in(text=TEXT, *, competition=None, state=EntryState.SUBMITTED, content=None, files=(), **fields):
    """An entry with a snapshot and its fingerprint. files: of the content, as in a snapshot."""
    competition = competition or make_closed_competition()
    fields.setdefault("entrant", make_user())
    entry = make_entry(competition, state=state, **fields)
    content = content or content_with(text)
    content |= {"files": list(files)} if files else {}
    entry.snapshot = snapshot_of(entry, content)
    entry.title = content["case"]["title"]
    entry.save()
    remember(entry.snapshot)
    return entry


def snapshot_of(entry, content, *, number=1):
    return Snapshot.objects.create(
        entry=entry,
        number=number,
        content=content,
        content_sha256=content_sha256(content),
        receipt_number=f"R-{uuid4()}",
        submitted_at=AT,
    )


def attached(entry, *, text="", sha256="ab" * 32):
    """A received file; returns how a snapshot names it."""
    row = Attachment.objects.create(
        entry=entry,
        name="계획서.pdf",
        size=10,
        state="ready",
        sha256=sha256,
        text=text,
        started_at=AT,
        finished_at=AT,
    )
    return {"id": str(row.pk), "name": row.name, "sha256": row.sha256}
