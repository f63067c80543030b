import base64
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competitions import clock
from competitions.actions.bringing_in import waiting_files
from competitions.actions.bringing_in.files import entries_from_bytes
from competitions.forms import import_entries, screening
from competitions.models import Entry
from competitions.states import CompetitionState, EntryState
from tests.competitions.erased_contest import stored_files
from tests.competitions.whole_tables import ask, csv_of, zip_of
from tests.factories import AT, make_closed_competition, make_competition, make_user

pytestmark = pytest.mark.django_db
PAPER = "코드,제목\nE1,회의록\nE2,민원\n".encode()


@pytest.fixture
def competition():
    return make_competition(closes_at=AT)


@pytest.fixture
def organiser(client):
    user = make_user("administrator")
    client.force_login(user)
    return user


def page(competition):
    return reverse("competitions:organise_import_entries", args=[competition.slug])


def hand_over(client, competition, raw, *, files=None, name="entries.csv", **fields):
    data = {"file": SimpleUploadedFile(name, raw), "state": "accepted"} | fields
    if files is not None:
        data["archive"] = SimpleUploadedFile("files.zip", zip_of(files).getvalue())
    return client.post(page(competition), data)


def waiting_folders():
    return list((Path(settings.UPLOADS_DIR) / "tables").glob("*"))


def test_looking_at_a_file_stores_nothing_and_shows_what_would_come(client, organiser, competition):
    response = hand_over(client, competition, PAPER)

    preview = response.context["preview"]
    assert response.status_code == 200
    assert (preview["new"], preview["unchanged"], preview["is_whole"]) == (2, 0, False)
    assert [row["title"] for row in preview["rows"]] == ["회의록", "민원"]
    assert not Entry.objects.exists()
    assert len(waiting_folders()) == 1


def test_confirming_brings_in_and_keeps_nothing_waiting(client, organiser, competition):
    waiting = hand_over(
        client,
        competition,
        csv_of({"파일": "가.txt"}),
        files={"가.txt": b"text", "남는.txt": b"text"},
        state="submitted",
    ).context["waiting"]

    response = client.post(page(competition), {"waiting": waiting})

    entry = Entry.objects.get()
    assert response.url == reverse("competitions:organise_entries", args=[competition.slug])
    assert (entry.state, entry.attachments.count()) == (EntryState.SUBMITTED, 1)
    assert len(stored_files()) == 1
    assert waiting_folders() == []


def test_files_no_row_names_are_shown(client, organiser, competition):
    response = hand_over(client, competition, csv_of({}), files={"남는.txt": b"text"})

    assert response.context["preview"]["left"] == ["남는.txt"]


def test_confirming_twice_brings_in_once(client, organiser, competition):
    waiting = hand_over(client, competition, PAPER).context["waiting"]
    client.post(page(competition), {"waiting": waiting})

    response = client.post(page(competition), {"waiting": waiting})

    assert response.status_code == 422
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    "raw",
    [
        b"code\n",
        "제목\n회의록\n".encode(),
        csv_of({"문제": ""}),
        b"%PDF-1.7",
        b"\xff\xfe\x00",
        b"PK\3\4 broken",
    ],
)
def test_a_refused_file_leaves_nothing_behind(client, organiser, competition, raw):
    response = hand_over(client, competition, raw, files={"가.txt": b"text"})

    assert response.status_code == 422
    assert response.context["problems"]
    assert not Entry.objects.exists()
    assert stored_files() == []
    assert waiting_folders() == []


def test_a_refused_archive_leaves_nothing_behind(client, organiser, competition):
    response = hand_over(client, competition, csv_of({}), files={"../가.txt": b"text"})

    assert response.status_code == 422
    assert waiting_folders() == []


def test_every_problem_can_be_downloaded_with_its_line(client, organiser, competition):
    rows = [{"접수번호": f"E{number}", "문제": ""} for number in range(70)]

    response = hand_over(client, competition, csv_of(*rows))

    coded = re.search(r"base64,([^\"]+)\" download", response.content.decode())[1]
    lines = base64.b64decode(coded).decode("utf-8-sig").splitlines()
    assert len(response.context["problems"]) == 51
    assert len(lines) == 71
    assert lines[1].startswith("2,문제,")


def test_a_heading_is_no_formula_in_the_list_of_problems(client, organiser, competition):
    ask(competition, name="=1+1", required="submission")

    response = hand_over(client, competition, csv_of({"=1+1": ""}))

    coded = response.context["problem_list"].split("base64,")[1]
    assert ",'=1+1," in base64.b64decode(coded).decode("utf-8-sig")


def test_a_file_too_large_is_refused(client, organiser, competition, monkeypatch):
    monkeypatch.setattr(screening, "MOST_BYTES", 5)

    assert hand_over(client, competition, PAPER).status_code == 422


def test_an_archive_too_large_is_refused(client, organiser, competition, monkeypatch):
    monkeypatch.setattr(import_entries, "MOST_ARCHIVE", 5)

    response = hand_over(client, competition, PAPER, files={"가.txt": b"text"})

    assert response.status_code == 422
    assert waiting_folders() == []


def test_without_a_file_the_form_says_so(client, organiser, competition):
    assert client.post(page(competition), {"state": "accepted"}).status_code == 422


@pytest.mark.parametrize(
    "waiting",
    ["", "made-up", signing.dumps({"name": "x"}, salt="other")],
    ids=["none", "made up", "of another salt"],
)
def test_a_made_up_name_of_waiting_files_is_refused(client, organiser, competition, waiting):
    assert client.post(page(competition), {"waiting": waiting}).status_code == 422


def test_files_waiting_for_another_person_or_contest_are_refused(client, organiser, competition):
    waiting = hand_over(client, competition, PAPER).context["waiting"]
    other = make_closed_competition()

    assert client.post(page(other), {"waiting": waiting}).status_code == 422
    client.force_login(make_user("administrator"))
    assert client.post(page(competition), {"waiting": waiting}).status_code == 422
    assert not Entry.objects.exists()
    assert len(waiting_folders()) == 1


def test_files_wait_a_day(client, organiser, competition, monkeypatch):
    waiting = hand_over(client, competition, PAPER).context["waiting"]
    monkeypatch.setattr(waiting_files, "DAY", -1)

    assert client.post(page(competition), {"waiting": waiting}).status_code == 422


def test_the_clock_removes_what_waited_a_day(client, organiser, competition):
    hand_over(client, competition, PAPER)
    clock.remove_waiting_tables()
    assert len(waiting_folders()) == 1

    waiting_files.remove_old(before=waiting_folders()[0].stat().st_mtime + 1)

    assert waiting_folders() == []


def test_what_changed_meanwhile_is_refused_at_the_confirmation(client, organiser, competition):
    waiting = hand_over(client, competition, PAPER).context["waiting"]
    type(competition).objects.update(state=CompetitionState.DECIDED)

    response = client.post(page(competition), {"waiting": waiting})

    assert response.status_code == 422
    assert waiting_folders() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_needs_the_same_queries_however_many_rows(
    client, organiser, competition, django_assert_num_queries, count
):
    rows = [{"접수번호": f"E{number}"} for number in range(count)]
    hand_over(client, competition, csv_of({}))

    with django_assert_num_queries(15):
        hand_over(client, competition, csv_of(*rows))


@pytest.mark.parametrize("format", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_template_is_a_table_that_is_read_and_its_example_left_out(
    client, organiser, competition, format, language
):
    ask(competition, name="=1+1")
    ask(competition, code="why", name="왜 응모하셨습니까?")
    client.cookies["language"] = language

    response = client.get(reverse("competitions:organise_import_template", args=[competition.slug, format]))

    table, _problems = entries_from_bytes(competition, BytesIO(response.content).getvalue())
    assert table.entries == ()
    assert {"code", "prompt_1_text", "question:phone", "question:why"} <= set(table.headers)
    assert len(table.notices) == 2  # the example, and that there are no other rows


def test_the_example_would_come_in_under_another_code(client, organiser, competition):
    address = reverse("competitions:organise_import_template", args=[competition.slug, "csv"])
    text = client.get(address).content.decode("utf-8-sig")
    raw = text.replace("\r\n예시,", "\r\nE1,").replace("2026-05-12 18:00", "2026-05-01 18:00")

    response = hand_over(
        client, competition, raw.encode(), files={"제안서.pdf": b"text", "화면.png": b"text"}
    )

    assert response.status_code == 200
    assert response.context["preview"]["rows"][0]["files"] == 2


def test_another_format_of_the_template_is_not_found(client, organiser, competition):
    address = reverse("competitions:organise_import_template", args=[competition.slug, "ods"])

    assert client.get(address).status_code == 404
