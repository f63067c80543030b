"""What an entrant reads of the organiser on the page of an entry is readable by everybody."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from competitions.states import EntryState
from tests.browser.test_accessibility import look_here
from tests.competitions.test_standing_views import make_revoked, make_verified, note, own_of
from tests.factories import AT, make_competition, make_entry, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_notes_notices_and_candidates_are_readable(visit):
    user = make_user()
    written = make_entry(
        make_competition(),
        entrant=user,
        state=EntryState.SUBMITTED,
        correction_note="수치의 출처를 적어 주십시오.",
        correction_due=now(),
    )
    note(written, "동의서를 확인했습니다.")
    note(written, "표지에 과제명을 적어 주십시오.\n마감 전까지 부탁드립니다.", at=AT + timedelta(days=1))
    candidate = own_of(make_verified(), user, "E1")
    page = visit(user)
    faults = []

    for entry in (written, candidate, make_revoked(user)):
        page.goto(entry.get_absolute_url())
        faults += look_here(page, entry.get_absolute_url())

    assert faults == []
    page.goto(candidate.get_absolute_url())
    page.locator(".notice a").click()
    expect(page.locator("#candidates-title")).to_be_in_viewport()
