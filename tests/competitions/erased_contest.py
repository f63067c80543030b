"""A contest that ended long ago, full of people, for tests of forgetting them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from accounts.models import Consent, Message
from accounts.permissions import scope_of
from casebook.content import content_sha256
from competitions.entry_files import storage, store
from competitions.models import (
    Award,
    CallFollow,
    CallQuestion,
    CandidateReport,
    Competition,
    EntryFingerprint,
    EntryNote,
    SimilarityFinding,
    Snapshot,
    TeamMember,
)
from competitions.receipts import receipt_number
from competitions.states import CompetitionState, EntryState
from tests.factories import (
    AT,
    entry_content,
    make_attachment,
    make_closed_competition,
    make_entry,
    make_message,
    make_user,
)

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SECRET = "잊혀야 할 사람"


def make_ended(*, days=365, **fields):
    """A competition whose results were published long ago."""
    values = {"state": CompetitionState.PUBLISHED, "published_at": LONG_AGO, "keep_days": days}
    return make_closed_competition(**values | fields)


def make_people_entry(competition, tmp_path, *, state=EntryState.NOT_AWARDED, **fields):
    """An entry with a team, a file, a note, a report, a fingerprint, a consent and a message, each naming SECRET."""
    person = make_user(name=SECRET)
    values = {"team": SECRET, "declared": {"district": SECRET}, "summary": SECRET, "correction_note": SECRET}
    entry = make_entry(competition, entrant=person, state=state, **values | fields)
    hand_in(entry, tmp_path)
    TeamMember.objects.create(
        entry=entry, user=person, email="secret@example.org", state="accepted", contribution=SECRET,
        invited_by=person, invited_at=AT, answered_at=AT, token_sha256=uuid4().hex,
    )  # fmt: skip
    EntryNote.objects.create(entry=entry, audience="entrant", text=SECRET, at=AT, idempotency_key=uuid4())
    CandidateReport.objects.create(
        entry=entry, kind="other", text=SECRET, by=person, at=AT, idempotency_key=uuid4()
    )
    Consent.objects.create(user=person, purpose=f"{competition.pk}:privacy", text_version="1", given_at=AT)
    make_message(person, about=scope_of(competition), body=SECRET)
    CallFollow.objects.create(user=person, competition=competition, at=AT)
    return entry


def hand_in(entry, tmp_path, *, number=1):
    """Freeze a submission with a file and the team in it."""
    data = tmp_path / "file"
    data.write_bytes(b"bytes")
    file = make_attachment(
        entry, name=f"{SECRET}.txt", kind="txt", size=5, received=5, sha256=f"{entry.pk:064x}",
        state="ready", finished_at=AT, text=SECRET, uploaded_by=entry.entrant,
    )  # fmt: skip
    file.path = store(data, file)
    file.save()
    content = entry_content(title=entry.title) | {
        "answers": {"phone": SECRET},
        "team": [{"name": SECRET, "contribution": ""}],
        "files": [{"id": str(file.pk), "name": file.name, "sha256": file.sha256}],
    }
    sha256 = content_sha256(content)
    entry.snapshot = Snapshot.objects.create(
        entry=entry, number=number, content=content, content_sha256=sha256, submitted_at=AT,
        receipt_number=receipt_number(entry.pk, entry.competition_id, number, AT, sha256),
        submitted_by=entry.entrant,
    )  # fmt: skip
    entry.save()
    EntryFingerprint.objects.update_or_create(
        entry=entry,
        defaults={"snapshot": entry.snapshot, "bands": [1, 2], "files": [file.sha256], "compared_at": AT},
    )
    return entry.snapshot


def make_alike(entry, other):
    return SimilarityFinding.objects.create(entry=entry, other=other, kind="copy", share=1, found_at=AT)


def ask(competition, person, *, is_public):
    return CallQuestion.objects.create(
        competition=competition, asked_by=person, asked_at=AT, text=SECRET, is_public=is_public,
        answer="답변", answered_at=AT, idempotency_key=uuid4(),
    )  # fmt: skip


def give_award(entry):
    return Award.objects.create(tier=entry.competition.award_tiers.first(), entry=entry, decided_at=AT)


def stored_files():
    """Paths of all bytes in the private storage."""
    folders, found = [""], []
    while folders:
        folder = folders.pop()
        try:
            inner, files = storage().listdir(folder)
        except FileNotFoundError:
            continue
        folders += [f"{folder}/{name}".strip("/") for name in inner]
        found += [f"{folder}/{name}".strip("/") for name in files]
    return found


def still_named(competition):
    """Every place of a database table that still holds SECRET, people's names apart."""
    rows = [
        *Competition.objects.filter(pk=competition.pk).values(),
        *competition.entries.values(),
        *Snapshot.objects.filter(entry__competition=competition).values(),
        *TeamMember.objects.filter(entry__competition=competition).values(),
        *EntryNote.objects.filter(entry__competition=competition).values(),
        *CandidateReport.objects.filter(entry__competition=competition).values(),
        *Message.objects.filter(about=scope_of(competition)).values(),
        *(row for entry in competition.entries.all() for row in entry.attachments.values()),
    ]
    return [row for row in rows if SECRET in str(row)]


YEAR = timedelta(days=365)
