"""From a template to an announced call in the form's steps, with what the rules still ask beside it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from competitions.actions.calls.records import record_of
from competitions.models import Competition
from tests.browser.contest_steps import PHONE, go_to_step
from tests.browser.test_accessibility import look_here
from tests.browser.walk import ko, press, press_and_agree, write
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STEPS = ("basics", "dates", "who", "plan", "tracks", "questions", "consents", "files", "judging", "contact")
TITLE = "가온시 주민 프롬프트 공모전"


def begin(page):
    page.goto("/organise/start/")
    page.get_by_role("link", name="주민 AI 프롬프트 공모전").click()
    expect(page.locator("#call-shown")).to_contain_text("생활 속 불편")


def gates_open(page):
    return page.locator(".call-gates > li:not(.done)")


def test_from_a_template_to_an_announced_call(visit):
    page = visit(make_user(Role.ORGANISER))
    begin(page)
    write(page, title=TITLE)
    expect(page.locator(".call-preview-title")).to_have_text(TITLE)

    # The full rules: what is lacking is told with its article and leads to its step.
    expect(gates_open(page)).to_have_count(1)
    go_to_step(page, "plan")
    write(page, plan__copyright="")
    expect(gates_open(page)).to_have_count(2)
    expect(gates_open(page).last).to_contain_text("제4조제2항")
    go_to_step(page, "tracks")
    gates_open(page).last.get_by_role("link").click()
    expect(page.locator("#step-plan")).to_be_visible()
    press(page, "Save as a draft")
    page.wait_for_url("**/organise/**")
    expect(page.get_by_role("main")).to_contain_text("제4조제1항")
    expect(page.get_by_role("main")).to_contain_text("제4조제2항")
    expect(page.get_by_role("button", name=ko("Announce"), exact=True)).to_have_count(0)

    # The light ones: nothing is lacking.
    page.goto(reverse("competitions:organise_edit", args=[Competition.objects.get().slug]))
    page.locator("[name=profile]").select_option("light")
    expect(gates_open(page)).to_have_count(0)
    press(page, "Save")
    press_and_agree(page, "Announce")
    expect(page.get_by_role("main")).to_contain_text(ko("The call is announced. Everybody can read it now."))


def test_rows_are_added_moved_and_taken_out_by_keyboard(visit):
    page = visit(make_user(Role.ORGANISER))
    begin(page)
    go_to_step(page, "tracks")
    tracks = page.locator("#rows-tracks")
    tracks.get_by_role("button", name=ko("Add a track")).press("Enter")
    tracks.locator("[name='tracks-2-name']").fill("새 부문")
    row = tracks.locator("[data-row]").nth(2)
    row.locator("[data-act=up]").press("Enter")
    expect(tracks.locator("[data-row]").nth(1).locator("[data-row-name]")).to_have_text("새 부문")
    tracks.locator("[data-row]").nth(0).locator("[data-act=out]").press("Enter")
    go_to_step(page, "judging")
    page.locator("[name='criteria-0-track']").select_option(label="새 부문")
    go_to_step(page, "basics")
    page.locator("[name=title]").press("Enter")  # saves, and presses no button of a row
    page.wait_for_url(lambda address: "/new/" not in address)

    record = record_of(Competition.objects.get())
    assert [each.name for each in record.tracks] == ["새 부문", "행정서비스 이용"]
    assert record.rounds[0].criteria[0].track == record.tracks[0].code


def test_refused_field_opens_its_step(visit):
    page = visit(make_user(Role.ORGANISER), refusals=True)
    begin(page)
    go_to_step(page, "files")
    write(page, files__total_mb="1")
    go_to_step(page, "who")
    write(page, who__team_max="1")
    go_to_step(page, "basics")
    press(page, "Save as a draft")

    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#step-who")).to_be_visible()
    expect(page.locator("[name='who-team_max']")).to_have_value("1")
    page.locator(".error-summary a").last.click()
    expect(page.locator("[name='files-total_mb']")).to_be_focused()
    assert list(look_here(page, "refused")) == []


def test_typed_text_is_not_left_without_a_warning(visit):
    page = visit(make_user(Role.ORGANISER))
    begin(page)
    write(page, title=TITLE)
    expect(page.locator(".call-preview-title")).to_have_text(TITLE)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.get_by_role("link", name=ko("Back without saving")).click()
    page.wait_for_url("**/organise/")

    assert asked == ["beforeunload"]


def test_without_script_the_form_is_one_page(visit):
    page = visit(make_user(Role.ORGANISER), java_script_enabled=False)
    page.goto("/organise/new/?template=departmental")

    for step in STEPS:
        expect(page.locator(f"#step-{step}")).to_be_visible()
    rows = page.locator("#rows-faq > [data-row-list] > [data-row]")
    before = rows.count()
    page.locator("#rows-faq [name=more]").click()
    expect(rows).to_have_count(before + 1)
    page.get_by_role("button", name=ko("Save as a draft")).click()

    assert Competition.objects.count() == 1


def test_every_step_can_be_read(visit):
    page = visit(make_user(Role.ORGANISER))
    begin(page)

    faults = []
    for step in STEPS:
        go_to_step(page, step)
        faults += look_here(page, step)
    page.set_viewport_size({"width": PHONE, "height": 900})
    for view in ("gates", "shown"):
        page.locator(f"[data-view={view}]").click()
        expect(page.locator(f"#call-{view}")).to_be_visible()
        faults += look_here(page, view, widths=(PHONE,))

    assert faults == []
