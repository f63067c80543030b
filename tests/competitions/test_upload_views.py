from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from competitions.entry_files import storage
from competitions.models import Attachment, TeamMember
from tests.competitions.files.made import make_picture
from tests.factories import (
    AT,
    make_attachment,
    make_closed_competition,
    make_competition,
    make_entry,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make_entry(make_competition(), entrant=make_user())


def url(name, entry, attachment=None):
    more = [attachment.pk] if attachment else []
    return reverse(f"competitions:{name}", args=[entry.pk, *more])


def put(client, entry, attachment, data, offset=0):
    address = url("upload", entry, attachment) + f"?offset={offset}"
    return client.put(address, data, content_type="application/octet-stream")


def sent(client, entry, data, name="제안서.txt"):
    key = uuid4()
    client.post(url("begin_upload", entry), {"id": str(key), "name": name, "size": len(data)})
    put(client, entry, Attachment.objects.get(pk=key), data)
    return Attachment.objects.get(pk=key)


def test_file_comes_in_pieces_and_can_be_fetched(as_user, entry):
    client, key = as_user(entry.entrant), uuid4()

    begun = client.post(url("begin_upload", entry), {"id": str(key), "name": "제안서.txt", "size": 6})
    attachment = Attachment.objects.get()
    first = put(client, entry, attachment, b"abc")
    asked = client.get(url("upload", entry, attachment))
    last = put(client, entry, attachment, b"def", offset=3)
    fetched = client.get(url("attachment", entry, attachment))

    assert (begun.status_code, begun.json()) == (201, {"id": str(key), "offset": 0})
    assert first.json() == asked.json()
    assert asked.json()["received"] == 3
    assert last.json()["state"] == "ready"
    assert b"".join(fetched.streaming_content) == b"abcdef"
    assert fetched["Content-Disposition"].startswith("attachment; filename*=utf-8''%EC%A0%9C")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched["Content-Security-Policy"]


@pytest.mark.parametrize(("size", "status"), [(5 * 1024**3, 413), ("", 422), ("-1", 422), ("9" * 30, 422)])
def test_announced_size_is_checked(as_user, entry, size, status):
    response = as_user(entry.entrant).post(url("begin_upload", entry), {"name": "a.txt", "size": size})

    assert response.status_code == status
    assert response.json()["problem"]


def test_number_of_the_upload_is_checked(as_user, entry):
    response = as_user(entry.entrant).post(url("begin_upload", entry), {"id": "x", "name": "a", "size": 1})

    assert response.status_code == 422


def test_wrong_offset_is_a_conflict_with_the_right_one(as_user, entry):
    response = put(as_user(entry.entrant), entry, make_attachment(entry), b"abc", offset=7)

    assert (response.status_code, response.json()["received"]) == (409, 0)


def test_too_large_piece(as_user, entry):
    response = put(as_user(entry.entrant), entry, make_attachment(entry), bytes(5 * 1024**2 + 1))

    assert response.status_code == 413


def test_refused_file_says_why(as_user, entry):
    response = put(as_user(entry.entrant), entry, make_attachment(entry, size=3), b"a\0b")

    assert response.status_code == 422
    assert response.json()["state"] == "refused"
    assert response.json()["problem"]


def test_too_late(as_user):
    entry = make_entry(make_closed_competition(), entrant=make_user())

    response = as_user(entry.entrant).post(url("begin_upload", entry), {"name": "a.txt", "size": 1})

    assert response.status_code == 422


def test_stranger_finds_nothing(as_user, entry):
    attachment, client = make_attachment(entry), as_user(make_user())

    assert client.post(url("begin_upload", entry)).status_code == 404
    assert client.post(url("upload_form", entry)).status_code == 404
    assert put(client, entry, attachment, b"abc").status_code == 404
    assert client.get(url("upload", entry, attachment)).status_code == 404
    assert client.get(url("attachment", entry, attachment)).status_code == 404
    assert client.post(url("remove_attachment", entry, attachment)).status_code == 404
    assert client.post(url("clean_attachment", entry, attachment)).status_code == 404


def test_file_of_another_own_entry_is_not_found(as_user, entry):
    other = make_attachment(make_entry(make_competition(), entrant=entry.entrant))

    assert as_user(entry.entrant).get(url("upload", entry, other)).status_code == 404


def test_team_member_may_fetch(as_user, entry):
    member = make_user()
    TeamMember.objects.create(entry=entry, user=member, state="accepted", invited_at=AT, answered_at=AT)
    attachment = sent(as_user(entry.entrant), entry, b"abc")

    assert as_user(member).get(url("attachment", entry, attachment)).status_code == 200


def test_one_request_without_script(as_user, entry):
    file = SimpleUploadedFile("사진.png", make_picture("png"))

    response = as_user(entry.entrant).post(url("upload_form", entry), {"file": file})

    assert response["Location"] == entry.get_absolute_url()
    assert entry.attachments.get().kind == "png"


@pytest.mark.parametrize("data", [{}, {"file": b"a\0b"}])
def test_refused_request_without_script_keeps_nothing(as_user, entry, data):
    files = {name: SimpleUploadedFile("a.txt", value) for name, value in data.items()}

    response = as_user(entry.entrant).post(url("upload_form", entry), files, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not entry.attachments.kept().exists()


def test_remove_and_clean(as_user, entry, django_capture_on_commit_callbacks):
    client = as_user(entry.entrant)
    attachment = sent(client, entry, make_picture("jpeg"), name="사진.jpg")

    client.post(url("clean_attachment", entry, attachment))
    clean = entry.attachments.kept().get()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("remove_attachment", entry, clean), headers={"accept": "application/json"})

    assert clean.cleaned_from == attachment
    assert response.status_code == 200
    assert not storage().exists(clean.path)
    assert client.get(url("attachment", entry, clean)).status_code == 404


def test_clean_copy_of_an_unfinished_file_is_refused(as_user, entry):
    address = url("clean_attachment", entry, make_attachment(entry))

    response = as_user(entry.entrant).post(address, headers={"accept": "application/json"})

    assert response.status_code == 422


def test_part_of_the_page_shows_names_states_and_findings(rf, entry):
    found = [{"what": "author", "value": "가온시 담당자"}]
    make_attachment(entry, name="제안서.pdf", findings=found)
    request = rf.get("/")
    request.user = entry.entrant

    shown = render_to_string(
        "competitions/_files.html",
        {"entry": entry, "attachments": entry.attachments.kept(), "files": entry.competition.files_record},
        request=request,
    )

    assert "제안서.pdf" in shown
    assert "가온시 담당자" in shown
    assert url("clean_attachment", entry, entry.attachments.get()) in shown
