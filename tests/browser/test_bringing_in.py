"""An organiser brings in entries on paper with their files: a refused table, a mended one, a look, and in."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from competitions.models import Entry
from competitions.states import EntryState
from tests.browser.test_accessibility import PHONE, look_here
from tests.browser.walk import ko, press
from tests.competitions.erased_contest import stored_files
from tests.competitions.whole_tables import csv_of, zip_of
from tests.factories import AT, grant, make_competition, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ROWS = ({"파일": "제안서.txt"}, {"접수번호": "E2", "작품명": "민원 답변", "파일": ""})


def choose(page, raw, *, archive=None):
    page.locator("[name=file]").set_input_files({"name": "응모작.csv", "mimeType": "text/csv", "buffer": raw})
    if archive:
        packed = {"name": "첨부.zip", "mimeType": "application/zip", "buffer": archive.getvalue()}
        page.locator("[name=archive]").set_input_files(packed)
    press(page, "Look through the file")


def test_a_table_with_files_is_refused_mended_looked_at_and_brought_in(visit):
    competition = make_competition(closes_at=AT)
    organiser = make_user(name="담당 주무관")
    grant(organiser, Role.ORGANISER, competition)
    page = visit(organiser, width=PHONE, refusals=True)
    page.goto(reverse("competitions:organise_import_entries", args=[competition.slug]))

    choose(page, csv_of(*ROWS, {"접수번호": "E3", "문제": ""}), archive=zip_of({"제안서.txt": b"text"}))
    expect(page.get_by_role("alert")).to_contain_text("4")
    with page.expect_download() as problems:
        page.get_by_role("link", name=ko("Download every problem (CSV)")).click()
    assert problems.value.path().read_text("utf-8-sig").splitlines()[1].startswith("4,문제,")
    assert list(look_here(page, "refused")) == []

    choose(page, csv_of(*ROWS), archive=zip_of({"제안서.txt": b"text", "남는 글.txt": b"text"}))
    expect(page.get_by_role("cell", name="민원 답변")).to_be_visible()
    expect(page.get_by_text("남는 글.txt")).to_be_visible()
    assert not Entry.objects.exists()
    assert list(look_here(page, "preview")) == []

    press(page, "Bring in")
    expect(page.get_by_role("link", name="회의록 정리")).to_be_visible()
    assert [entry.state for entry in Entry.objects.all()] == [EntryState.ACCEPTED] * 2
    assert len(stored_files()) == 1
