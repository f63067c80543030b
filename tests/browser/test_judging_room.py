"""A judge scores five entries by keyboard alone and one on a phone, with a lost connection and a second window."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from competitions.models import Assignment, Score
from competitions.states import SheetState
from tests.browser.test_accessibility import PHONE, look_here
from tests.browser.walk import ko, press
from tests.competitions.jury import make_judging_competition, make_sheet
from tests.factories import grant, make_judge, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LEVELS = [
    {"points": "40", "text": "누구도 하지 않은 생각입니다."},
    {"points": "25", "text": "알려진 방법을 새롭게 엮었습니다."},
    {"points": "10", "text": "이미 널리 쓰는 방법입니다."},
]


def make_room(count):
    """A judge with that many sheets; “idea” has levels, “effect” is typed, “bonus” is optional."""
    competition = make_judging_competition(title="프롬프트 공모전")
    written = competition.rounds.get()
    written.criteria.filter(code="idea").update(levels=LEVELS)
    written.criteria.create(code="bonus", name="가점", max_points=10, required=False, position=3)
    judge = make_judge(competition, user=make_user(name="심사위원"))
    grant(judge.user, Role.JUDGE, competition)
    return [make_sheet(competition, code=f"E{n}", judge=judge) for n in range(1, count + 1)]


def address(sheet, name="judging_sheet"):
    return reverse(f"competitions:{name}", args=[sheet.pk])


def points_of(sheet):
    rows = Score.objects.filter(assignment=sheet).order_by("criterion__position")
    return [None if points is None else float(points) for points in rows.values_list("points", flat=True)]


def keys(page, *pressed):
    for key in pressed:
        page.keyboard.press(key)


def test_five_entries_by_keyboard_alone(visit):
    sheets = make_room(5)
    page = visit(sheets[0].judge.user)
    page.goto("/judging/")
    assert list(look_here(page, "queue")) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("main a.primary").focus()
    keys(page, "Enter")
    for number, sheet in enumerate(sheets, start=1):
        page.wait_for_url(f"**{address(sheet)}")
        expect(page.locator("[data-keys-button]")).to_be_visible()
        if number == 1:
            look_at_the_keys(page)
        score_by_keyboard(page, number)

    page.wait_for_url("**/judging/")
    assert set(Assignment.objects.values_list("state", flat=True)) == {SheetState.SIGNED}
    assert [points_of(sheet) for sheet in sheets] == [[25, 10 + n, None] for n in range(1, 6)]
    assert list(look_here(page, "queue, all signed")) == []


def look_at_the_keys(page):
    assert list(look_here(page, "sheet")) == []
    page.set_viewport_size({"width": 1280, "height": 900})
    keys(page, "Shift+?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert list(look_here(page, "keys", widths=(1280,))) == []
    keys(page, "Escape")
    keys(page, "n")
    page.wait_for_url(lambda url: not url.endswith("/judging/"))
    expect(page.locator("a[rel=prev]")).to_be_visible()
    keys(page, "p")
    expect(page.locator("a[rel=prev]")).to_have_count(0)
    expect(page.locator("[data-keys-button]")).to_be_visible()


def score_by_keyboard(page, number):
    keys(page, "Enter")  # into the first criterion without points
    expect(page.locator("[data-level]").first).to_be_focused()
    keys(page, "2", "Enter")
    expect(page.locator("[data-points]").nth(1)).to_be_focused()
    page.keyboard.type(str(10 + number))
    expect(page.locator("[data-total]")).to_have_text(str(35 + number))
    expect(page.locator("[data-share]")).to_have_text(f"({35 + number}%)")
    keys(page, "Enter")
    expect(page.locator("[data-points]").nth(2)).to_be_focused()
    keys(page, "Escape")
    expect(page.locator("#sheet-title")).to_be_focused()
    keys(page, "Control+Enter")
    page.wait_for_url("**/sign/")
    expect(page.get_by_role("button", name=ko("Sign"), exact=True)).to_be_focused()
    if number == 1:
        assert list(look_here(page, "sign")) == []
        page.get_by_role("button", name=ko("Sign"), exact=True).focus()
    keys(page, "Enter")
    page.wait_for_url(lambda url: not url.endswith("/sign/"))


def test_one_entry_on_a_phone(visit):
    sheet, _other = make_room(2)
    page = visit(sheet.judge.user, width=PHONE, has_touch=True)
    page.goto(address(sheet))
    opener = page.locator("[data-panel]")
    expect(opener).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#sheet-body")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    opener.tap()
    page.locator("label[for$='_0']").first.tap()
    page.locator("[data-points]").nth(1).fill("55,5")
    page.locator("[data-points]").nth(1).fill("55.5")
    page.locator("#id_comment_entrant").fill("시민이 바로 쓸 수 있습니다.")
    expect(page.locator("[data-total]")).to_have_text("95.5")
    expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")
    opener.tap()
    expect(opener).to_contain_text("95.5")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    opener.tap()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": PHONE, "height": 844})
    press(page, "Go on to sign")
    page.wait_for_url("**/sign/")
    press(page, "Sign")

    page.wait_for_url(lambda url: not url.endswith("/sign/"))
    sheet.refresh_from_db()
    assert (sheet.state, sheet.comment_entrant) == (SheetState.SIGNED, "시민이 바로 쓸 수 있습니다.")
    assert points_of(sheet) == [40, 55.5, None]


def test_a_lost_connection_keeps_the_points_and_sends_them_later(visit):
    (sheet,) = make_room(1)
    page = visit(sheet.judge.user, refusals=True)
    page.goto(address(sheet))
    page.context.set_offline(True)
    page.locator("[data-points]").nth(1).fill("33")
    expect(page.locator("#save-status")).to_have_attribute("data-state", "offline")
    page.context.set_offline(False)

    expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")
    assert points_of(sheet)[1] == 33


def test_two_windows_of_one_sheet_show_both(visit):
    (sheet,) = make_room(1)
    first = visit(sheet.judge.user, refusals=True)
    first.goto(address(sheet))
    second = first.context.new_page()
    second.goto(address(sheet))
    first.locator("[data-points]").nth(1).fill("11")
    expect(first.locator("#save-status")).to_have_attribute("data-state", "saved")
    second.locator("[data-points]").nth(1).fill("22")
    dialog = second.locator("#editor-conflict")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("11")
    expect(dialog).to_contain_text("22")
    second.locator("[data-choose=mine]").click()

    expect(second.locator("#save-status")).to_have_attribute("data-state", "saved")
    assert points_of(sheet)[1] == 22


def test_an_ended_session_keeps_the_points(visit):
    (sheet,) = make_room(1)
    page = visit(sheet.judge.user, refusals=True)
    page.goto(address(sheet))
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator("[data-points]").nth(1).fill("44")
    expect(page.locator("#save-status")).to_have_attribute("data-state", "expired")
    page.context.add_cookies(cookies)
    page.reload()
    press(page, "Put it back")

    page.wait_for_url(f"**{address(sheet)}")
    expect(page.locator("[data-points]").nth(1)).to_have_value("44")
    assert points_of(sheet)[1] == 44


def test_without_script_a_level_gives_its_points(visit):
    (sheet,) = make_room(1)
    page = visit(sheet.judge.user, java_script_enabled=False)
    page.goto(address(sheet))
    page.locator("label[for$='_1']").first.click()
    page.locator("[data-points]").nth(1).fill("30")
    press(page, "Go on to sign")
    page.wait_for_url("**/sign/")
    press(page, "Sign")

    page.wait_for_url("**/judging/")
    assert points_of(sheet) == [25, 30, None]
