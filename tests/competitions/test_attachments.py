from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.errors import IllegalMove
from competitions.actions.entries.attachments import (
    LARGEST_PIECE,
    FileLimit,
    WrongOffset,
    begin_upload,
    receive,
    remove_abandoned,
    remove_attachment,
)
from competitions.actions.entries.clean_copies import replace_with_clean_copy
from competitions.actions.entries.submissions import submit_entry
from competitions.actions.screening.similarities import remember
from competitions.entry_files import part_path, storage
from competitions.errors import CompetitionError, TooEarly, TooLate
from competitions.examination import examine
from competitions.models import Attachment, Competition, EntryFingerprint, Snapshot
from competitions.states import EntryState
from tests.competitions.files.clamd import clamd
from tests.competitions.files.made import WORDS, make_docx, make_picture
from tests.competitions.test_entries_action import CONTENT
from tests.competitions.test_submit_race import together
from tests.factories import AT, make_attachment, make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
GB = 1024**3


@pytest.fixture
def person():
    return make_user()


@pytest.fixture
def entry(person):
    return make_entry(make_competition(), entrant=person)


def begin(entry, size, **fields):
    values = {"id": uuid4(), "name": "제안서.docx", "size": size, "by": entry.entrant}
    return begin_upload(entry, **values | fields)


def upload(entry, data, **fields):
    return receive(begin(entry, len(data), **fields), offset=0, data=data, by=entry.entrant)


def close(entry, **fields):
    Competition.objects.filter(pk=entry.competition_id).update(opens_at=AT - timedelta(days=9), **fields)


def test_file_in_two_pieces_is_received_and_examined(entry, person, django_capture_on_commit_callbacks):
    data = make_docx()
    attachment = begin(entry, len(data))

    receive(attachment, offset=0, data=data[:1000], by=person)
    attachment = receive(attachment, offset=1000, data=data[1000:], by=person)
    examine(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.kind, attachment.name) == ("ready", "docx", "제안서.docx")
    assert storage().open(attachment.path).read() == data
    assert attachment.examination == "done"
    assert WORDS in attachment.text
    assert {"what": "change_author", "value": "고친 이"} in attachment.findings


def test_entry_is_compared_again_once_its_file_is_read(entry, person, django_capture_on_commit_callbacks):
    attachment = upload(entry, make_docx())
    entry.draft = CONTENT
    entry.save()
    remember(submit_entry(entry, by=person))

    examine(attachment.pk)

    assert not EntryFingerprint.objects.filter(entry=entry).exists()  # the clock's round makes it anew


def test_five_gigabytes_never_start(entry):
    with pytest.raises(FileLimit):
        begin(entry, 5 * GB)

    assert not Attachment.objects.exists()


@pytest.mark.parametrize("limits", [{"most": 1}, {"total_mb": 1}, {"most": 0}])
def test_file_beyond_the_limits_of_the_call_is_refused(entry, limits):
    make_attachment(entry, size=1000)
    close(entry, files=limits)

    with pytest.raises(FileLimit):
        begin(entry, 1024 * 1024)


def test_removed_and_refused_files_do_not_count(entry):
    make_attachment(entry, removed_at=AT)
    make_attachment(entry, state="refused")
    close(entry, files={"most": 1})

    assert begin(entry, 10).received == 0


def test_empty_file_is_refused(entry):
    with pytest.raises(FileLimit):
        begin(entry, 0)


def test_same_id_is_the_same_upload(entry):
    key = uuid4()

    assert begin(entry, 10, id=key) == begin(entry, 10, id=key)
    with pytest.raises(CompetitionError):
        begin(entry, 11, id=key)


def test_file_for_a_question_nobody_asked_is_refused(entry):
    with pytest.raises(CompetitionError):
        begin(entry, 10, field="nothing")


def test_wrong_offset_tells_the_right_one(entry, person):
    attachment = begin(entry, 10)
    receive(attachment, offset=0, data=b"abc", by=person)

    with pytest.raises(WrongOffset) as refused:
        receive(attachment, offset=0, data=b"abc", by=person)

    assert refused.value.offset == 3


def test_more_bytes_than_declared_are_refused(entry, person):
    with pytest.raises(FileLimit):
        receive(begin(entry, 2), offset=0, data=b"abc", by=person)


def test_too_large_piece_is_refused(entry, person):
    with pytest.raises(FileLimit):
        receive(begin(entry, LARGEST_PIECE + 1), offset=0, data=bytes(LARGEST_PIECE + 1), by=person)


def test_what_a_killed_process_left_behind_is_cut_off(entry, person):
    attachment = begin(entry, 6)
    receive(attachment, offset=0, data=b"abc", by=person)
    with part_path(attachment).open("ab") as part:
        part.write(b"never acknowledged")

    attachment = receive(attachment, offset=3, data=b"def", by=person)

    assert storage().open(attachment.path).read() == b"abcdef"


def test_file_of_a_bad_kind_is_refused_and_forgotten(entry, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        attachment = upload(entry, b"\0\1\2")

    assert attachment.state == "refused"
    assert attachment.refusal
    assert not part_path(attachment).exists()


def test_kind_the_call_does_not_take_is_refused(entry):
    close(entry, files={"kinds": ["pdf"]})

    assert upload(entry, b"text").state == "refused"


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"closes_at": AT}, TooLate),
        ({"opens_at": datetime(2098, 1, 1, tzinfo=UTC)}, TooEarly),
        ({"state": "judging"}, TooLate),
    ],
)
def test_upload_outside_the_window_is_refused(entry, fields, error):
    Competition.objects.filter(pk=entry.competition_id).update(**fields)

    with pytest.raises(error):
        begin(entry, 10)


def test_upload_may_be_finished_within_the_grace_only(entry, person):
    attachment = begin(entry, 4)
    closes = timezone.now() - timedelta(seconds=10)
    close(entry, closes_at=closes, grace_seconds=600)
    attachment = receive(attachment, offset=0, data=b"ab", by=person)
    close(entry, closes_at=closes, grace_seconds=5)

    with pytest.raises(TooLate):
        receive(attachment, offset=2, data=b"cd", by=person)


def test_withdrawn_entry_takes_no_file(person):
    entry = make_entry(make_competition(), entrant=person, state=EntryState.WITHDRAWN)

    with pytest.raises(IllegalMove):
        begin(entry, 10)


def test_removed_file_is_deleted_unless_handed_in(entry, person, django_capture_on_commit_callbacks):
    loose, held = upload(entry, b"one"), upload(entry, b"two")
    Snapshot.objects.create(
        entry=entry, number=1, content={"files": [{"id": str(held.pk)}]}, receipt_number="R", submitted_at=AT
    )

    with django_capture_on_commit_callbacks(execute=True):
        remove_attachment(loose, by=person)
        remove_attachment(held, by=person)

    assert not storage().exists(loose.path)
    assert storage().exists(held.path)
    assert not entry.attachments.kept().exists()


def test_removed_file_takes_no_piece(entry, person):
    attachment = begin(entry, 10)
    remove_attachment(attachment, by=person)

    with pytest.raises(CompetitionError):
        receive(attachment, offset=0, data=b"abc", by=person)


def test_clean_copy_takes_the_place_of_the_file(entry, person, django_capture_on_commit_callbacks):
    attachment = upload(entry, make_picture("jpeg"), name="사진.jpg")

    with django_capture_on_commit_callbacks(execute=True):
        clean = replace_with_clean_copy(attachment, by=person)
    examine(clean.pk)

    clean.refresh_from_db()
    assert (clean.cleaned_from, clean.name, clean.findings) == (attachment, "사진.jpg", [])
    assert list(entry.attachments.kept()) == [clean]
    assert not storage().exists(attachment.path)
    with pytest.raises(CompetitionError):
        replace_with_clean_copy(Attachment.objects.get(pk=attachment.pk), by=person)


def test_virus_refuses_and_deletes_the_file(entry, settings, django_capture_on_commit_callbacks):
    attachment = upload(entry, b"text")

    with (
        clamd(b"stream: Eicar FOUND\0") as (settings.CLAMD, received),
        django_capture_on_commit_callbacks(execute=True),
    ):
        examine(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.virus, attachment.examination) == ("refused", "found", "done")
    assert bytes(received) == b"text"
    assert not storage().exists(attachment.path)


def test_scanner_out_of_reach_leaves_the_file_waiting(entry, settings):
    attachment = upload(entry, b"text")
    settings.CLAMD = "unix:/nowhere/clamd"

    examine(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.examination, attachment.virus) == ("waiting", "unscanned")


def test_file_in_the_hands_of_another_worker_is_left_to_it(entry):
    attachment = upload(entry, b"text")
    Attachment.objects.filter(pk=attachment.pk).update(checked_at=timezone.now())

    examine(attachment.pk)

    attachment.refresh_from_db()
    assert attachment.examination == "waiting"


def test_unreadable_file_is_a_state(entry):
    attachment = upload(entry, b"%PDF-1.7 nothing %%EOF")

    examine(attachment.pk)

    attachment.refresh_from_db()
    assert (attachment.state, attachment.examination) == ("ready", "failed")


def test_upload_abandoned_for_two_days_is_removed(entry, person):
    old, fresh = begin(entry, 10), begin(entry, 10)
    receive(old, offset=0, data=b"abc", by=person)
    Attachment.objects.filter(pk=old.pk).update(started_at=timezone.now() - timedelta(days=2, minutes=1))

    remove_abandoned()

    assert list(entry.attachments.kept()) == [fresh]
    assert not Path(part_path(old)).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_pieces_at_once_one_is_taken(entry, person):
    attachment = begin(entry, 100)

    told = together(*[lambda: receive(attachment, offset=0, data=b"abc", by=person)] * 2)

    assert sorted(type(each).__name__ for each in told) == ["Attachment", "WrongOffset"]
    attachment.refresh_from_db()
    assert attachment.received == 3
    assert part_path(attachment).read_bytes() == b"abc"
