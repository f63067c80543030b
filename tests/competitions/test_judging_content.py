"""What a judge reads of an entry: answers, links, files and notes, and nothing that tells who entered."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from casebook.content import content_sha256
from competitions.entry_files import storage
from competitions.models import Attachment, EntryNote, FormField, Snapshot
from competitions.states import CompetitionState
from tests.competitions.files.made import make_docx
from tests.competitions.jury import make_judging_competition, make_sheet
from tests.factories import AT, make_user

pytestmark = pytest.mark.django_db


def address(sheet, *, number=None):
    name = "judging_sheet" if number is None else "judging_file"
    return reverse(f"competitions:{name}", args=[sheet.pk, *([number] if number else [])])


def hand_in(sheet, **parts):
    """A further snapshot with these parts beside the case and its prompts."""
    entry = sheet.entry
    content = entry.snapshot.content | parts
    entry.snapshot = Snapshot.objects.create(
        entry=entry,
        number=entry.snapshots.count() + 1,
        content=content,
        content_sha256=content_sha256(content),
        receipt_number=f"R-{uuid4()}",
        submitted_at=AT,
    )
    entry.save()


def make_file(sheet, data=b"abc", *, field="", **fields):
    """A received and examined file; returns its row of a snapshot's "files"."""
    entry = sheet.entry
    path = storage().save(f"{entry.pk}/{uuid4()}", ContentFile(data))
    values = {
        "entry": entry, "name": "김가온 제안서.txt", "kind": "txt", "size": len(data), "field": field, "path": path,
        "sha256": "0" * 64, "state": "ready", "examination": "done", "started_at": AT, "finished_at": AT,
    }  # fmt: skip
    row = Attachment.objects.create(**values | fields)
    return {"id": str(row.pk)} | {n: getattr(row, n) for n in ("name", "kind", "size", "sha256", "field")}


def ask(sheet, code, **fields):
    return FormField.objects.create(
        competition=sheet.entry.competition, **{"code": code, "name": f"질문 {code}"} | fields
    )


def page(as_user, sheet):
    return as_user(sheet.judge.user).get(address(sheet))


def test_judge_reads_answers_and_links(as_user):
    sheet = make_sheet()
    ask(sheet, "why")
    hand_in(sheet, answers={"why": "시간이 줄어서"}, links=["https://example.org/video"])

    response = page(as_user, sheet)

    assert response.context["shown"].answers == [("질문 why", "시간이 줄어서", "text")]
    assert 'href="https://example.org/video"' in response.content.decode()


def test_judge_never_reads_personal_answers_and_files(as_user):
    sheet = make_sheet()
    ask(sheet, "phone", is_personal=True)
    ask(sheet, "proof", is_personal=True, kind="file")
    hand_in(sheet, answers={"phone": "010-0000-0000"}, files=[make_file(sheet, field="proof")])

    response = page(as_user, sheet)

    assert "010-0000-0000" not in response.content.decode()
    assert response.context["shown"].files == []
    assert as_user(sheet.judge.user).get(address(sheet, number=1)).status_code == 404


def test_judge_gets_a_file_without_its_name(as_user):
    sheet = make_sheet()
    hand_in(sheet, files=[make_file(sheet)])

    text = page(as_user, sheet).content.decode()
    response = as_user(sheet.judge.user).get(address(sheet, number=1))

    assert "김가온" not in text
    assert address(sheet, number=1) in text
    assert (response.content, response["Content-Disposition"]) == (b"abc", 'attachment; filename="E1-1.txt"')
    assert "sandbox" in response["Content-Security-Policy"]


def test_judge_gets_a_copy_without_people(as_user):
    sheet = make_sheet()
    data = make_docx()
    findings = [{"what": "author", "value": "김가온"}]
    hand_in(sheet, files=[make_file(sheet, data, kind="docx", findings=findings)])

    response = as_user(sheet.judge.user).get(address(sheet, number=1))

    assert response.content[:2] == b"PK"
    assert response.content != data


def test_judge_is_told_when_no_copy_without_people_can_be_made(as_user):
    sheet = make_sheet()
    findings = [{"what": "author", "value": "김가온"}]
    hand_in(sheet, files=[make_file(sheet, b"no document", kind="docx", findings=findings)])

    response = as_user(sheet.judge.user).get(address(sheet, number=1))

    assert response.url == address(sheet)


@pytest.mark.parametrize(
    "fields",
    [
        {"examination": "waiting"},
        {"state": "refused", "virus": "found"},
        {"erased_at": AT},
        {"path": "gone"},
    ],
)
def test_file_that_is_not_ready_is_not_given_to_a_judge(as_user, fields):
    sheet = make_sheet()
    hand_in(sheet, files=[make_file(sheet, **fields)])

    assert page(as_user, sheet).status_code == 200
    assert as_user(sheet.judge.user).get(address(sheet, number=1)).status_code == 404


def test_file_of_another_judges_sheet_is_not_found(as_user):
    sheet = make_sheet()
    hand_in(sheet, files=[make_file(sheet)])

    assert as_user(make_user()).get(address(sheet, number=1)).status_code == 404


@pytest.mark.parametrize("number", [2, 99])
def test_file_with_another_number_is_not_found(as_user, number):
    sheet = make_sheet()
    hand_in(sheet, files=[make_file(sheet)])

    assert as_user(sheet.judge.user).get(address(sheet, number=number)).status_code == 404


def test_file_before_judging_begins_is_not_found(as_user):
    sheet = make_sheet(make_judging_competition(state=CompetitionState.ANNOUNCED))
    hand_in(sheet, files=[make_file(sheet)])

    assert as_user(sheet.judge.user).get(address(sheet, number=1)).status_code == 404


def test_judge_reads_the_notes_for_the_committee_alone(as_user):
    sheet = make_sheet()
    for audience in EntryNote.Audience.values:
        EntryNote.objects.create(
            entry=sheet.entry, audience=audience, text=f"<b>{audience}</b>", at=AT, idempotency_key=uuid4()
        )

    response = page(as_user, sheet)

    assert [note.audience for note in response.context["notes"]] == ["committee"]
    assert "&lt;b&gt;committee" in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_sheet_query_count_does_not_grow(as_user, count, django_assert_num_queries):
    sheet = make_sheet()
    for number in range(count):
        ask(sheet, f"q{number}")
        EntryNote.objects.create(
            entry=sheet.entry, audience="committee", text="참고", at=AT, idempotency_key=uuid4()
        )
    answers = {f"q{number}": "답" for number in range(count)}
    hand_in(sheet, answers=answers, files=[make_file(sheet) for _number in range(count)])
    client = as_user(sheet.judge.user)

    with django_assert_num_queries(SHEET_QUERIES):
        client.get(address(sheet))


SHEET_QUERIES = 14
