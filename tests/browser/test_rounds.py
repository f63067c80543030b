"""The room and the vote: the stage by keyboard alone, the judge's page beside it, a vote on a phone."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from competitions.models import Ballot, PresentationSlot
from tests.browser.round_pages import load_rounds, public_round_pages, stage_pages
from tests.competitions.rounds.making import make_voter
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def chair():
    judge = make_user()
    load_rounds(organiser=make_user(), judge=judge)
    return judge


def test_the_stage_by_keyboard_and_the_sheet_that_follows(visit, chair):
    stage_address, now_address = stage_pages()
    stage, sheet = visit(chair), visit(chair)
    stage.goto(stage_address)
    sheet.goto(now_address)
    expect(stage.locator("[data-timer]")).to_contain_text("9:")
    presenting = PresentationSlot.objects.get(state="presenting")
    expect(sheet.locator("#now-sheet")).to_contain_text(presenting.entry.code)

    stage.keyboard.press("Space")
    expect(stage.locator("[data-main-act]")).to_have_attribute("value", "begin")
    expect(sheet.locator("#now-sheet")).to_have_count(0)
    stage.keyboard.press("Space")
    expect(stage.locator("[data-main-act]")).to_have_attribute("value", "end")

    following = PresentationSlot.objects.get(state="presenting")
    assert following.position == presenting.position + 1
    expect(sheet.locator("#now-sheet")).to_contain_text(following.entry.code)
    stage.reload()
    expect(stage.locator("[data-timer]")).to_contain_text("9:")


def test_the_last_minute_and_the_time_after_it_look_other(visit, chair):
    stage_address, _now = stage_pages()
    page = visit(chair)
    for minutes, look in ((9, "warns"), (10, "over")):
        began_at = now() - timedelta(minutes=minutes, seconds=20)
        PresentationSlot.objects.filter(state="presenting").update(began_at=began_at)
        page.goto(stage_address)
        expect(page.locator(f"[data-timer].{look}")).to_be_visible()


def test_a_vote_on_a_phone_takes_as_many_as_allowed(visit, chair):
    voter = make_voter()
    page = visit(voter, width=390)
    page.goto(public_round_pages()[1])
    choices = page.locator(".vote-entry label")

    for number in (0, 1):
        choices.nth(number).click()
    expect(page.locator("input[name=entry]:disabled")).to_have_count(3)
    page.locator(".vote-end button").click()

    expect(page.locator("input[name=entry]:checked")).to_have_count(2)
    assert Ballot.objects.get(voter=voter).choices.count() == 2
