"""Entries of blind contests whose texts say who entered, for tests."""

from uuid import uuid4

from django.core.files.base import ContentFile

from accounts.models import Department
from casebook.content import content_sha256
from competitions.entry_files import storage
from competitions.models import Attachment, Snapshot
from tests.competitions.conflicting import add_member
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.factories import AT, entry_content, make_attachment, make_department, make_user

NAME, MEMBER, TEAM, OFFICE = "한누리봄", "두루미솔", "온새미로팀", "달빛나루과"
EMAIL = "hidden-entrant@example.org"


def make_blind_competition(**fields):
    competition = make_judging_competition(**fields)
    competition.rounds.update(blind=True)
    return competition


def make_blind_entry(competition, *, code="E1", files=(), **case):
    """An accepted entry of two people. files: what `file_of` needs beside the entry."""
    department = Department.objects.filter(name=OFFICE).first() or make_department(OFFICE)
    entrant = make_user(name=NAME, email=f"{code}-{EMAIL}", department=department)
    texts = {
        "title": f"{NAME}의 은행나무 사례",
        "problem": f"{OFFICE}에서 {NAME}과 {MEMBER}이 겪었습니다. 문의 {EMAIL}, 내선 1234",
        "approach": f"저희 {TEAM}이 만들었습니다.",
        "department": OFFICE,
    }
    content = entry_content(**texts | case)
    entry = make_accepted_entry(
        competition, code=code, entrant=entrant, team=TEAM, title=content["case"]["title"], draft=content
    )
    add_member(entry, entrant)
    add_member(entry, make_user(name=MEMBER))
    frozen = [file_of(entry, **each) for each in files]
    return hand_in(entry, content | {"files": frozen, "team": [{"name": NAME, "contribution": ""}]})


def hand_in(entry, content):
    entry.snapshot = Snapshot.objects.create(
        entry=entry, number=entry.snapshots.count() + 1, content=content, content_sha256=content_sha256(content),
        receipt_number=f"R-{uuid4()}", submitted_at=AT,
    )  # fmt: skip
    entry.save()
    return entry


def file_of(entry, *, data=b"abc", text="", kind="txt", examination="done", **fields):
    """A received file of the entry; returns its row of a snapshot's "files"."""
    row = make_attachment(
        entry, name=f"{NAME} 제안서.{kind}", kind=kind, size=len(data), received=len(data), sha256="0" * 64, text=text,
        state=Attachment.State.READY, examination=examination, finished_at=AT,
        path=storage().save(f"{entry.pk}/{uuid4()}", ContentFile(data)), **fields,
    )  # fmt: skip
    return {"id": str(row.pk)} | {n: getattr(row, n) for n in ("name", "kind", "size", "sha256", "field")}
