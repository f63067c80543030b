"""The whole roads in one browser: from a call to a published case and out to another site, and through judging."""

import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect

from accounts.roles import Role
from casebook.models import Case, CaseVersion, Prompt, PromptVersion
from competitions.models import Competition, Judge
from competitions.states import SheetState
from tests.browser.contest_steps import (
    PHONE,
    PROMPT,
    TEXT,
    TITLE,
    WINNER,
    announce,
    change,
    close_the_window,
    decide,
    enter_and_withdraw,
    hand_in,
    judge,
    name_committee,
    quick_entry,
    read_results,
    screen,
    sign_up,
)
from tests.browser.deciding_steps import (
    award,
    certify,
    check_at_home,
    deliberate,
    look_how_firm,
    publish,
    take_home,
    tally,
    verify_candidates,
)
from tests.browser.judging_steps import (
    TITLES,
    accept_entries,
    announce_with_rule,
    assign_automatically,
    invite_committee,
    read_rule,
)
from tests.browser.scoring_steps import score_by_keyboard, score_on_a_phone
from tests.browser.walk import follow, ko, press, press_and_agree, run_waiting_jobs, tick
from tests.casebook.exchanging import wipe
from tests.factories import make_government, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAPER = """
slug: 종이-공모전
title: 종이로 치른 공모전
kind: resident
profile: light
announced_at: 2026-01-02
opens_at: 2026-02-01 09:00
closes_at: 2026-03-01 18:00
tracks: [{code: a, name: 주민}]
judges: [{code: J1, name: 첫째 위원}]
rounds:
  - code: written
    name: 서면 심사
    kind: written
    weight: 100
    criteria: [{code: idea, name: 창의성, max: 40, weight: 40}]
awards: [{code: grand, name: 대상, count: 1}]
"""
PAPER_ENTRIES = (
    "code,title,track,team,summary,submitted_at\nE1,회의록 정리,a,총무팀,줄인다,2026-02-10 10:00\n"
)
PAPER_SCORES = "round,judge,entry,criterion,points,comment\nwritten,J1,E1,idea,35.5,좋음\n"


def test_road(visit, tmp_path):
    make_government(name="가온시")
    organiser = visit(make_user(Role.ORGANISER, name="담당 주무관"))
    visitor = visit(permissions=["clipboard-read", "clipboard-write"])

    resident = sign_up(visit)
    announce(organiser)
    hand_in(resident)
    change(resident)
    enter_and_withdraw(visit)
    rivals = [quick_entry(title) for title in ("회의록 정리하기", "남의 글 옮기기")]
    close_the_window()
    screen(organiser, rivals)
    name_committee(organiser)
    judge(visit)
    decide(organiser)
    read_results(visitor)
    publish_as_case(organiser)
    review(visit)
    find_and_copy(visitor)
    read_without_script(visit)
    read_by_api(visitor)
    bring_in_a_paper_contest(organiser, tmp_path)
    book = export_casebook(visit, tmp_path)
    import_into_an_empty_site(visit, book)


def test_road_of_judging(visit, tmp_path):
    """A declared rule, a committee, sheets by keyboard and on a phone, a vote, verification, the check at home."""
    make_government(name="가온시")
    organiser = visit(make_user(Role.ORGANISER, name="담당 주무관"))
    visitor = visit()

    announce_with_rule(organiser)
    read_rule(visitor)
    entries = [quick_entry(title) for title in TITLES]
    close_the_window()
    accept_entries(organiser, entries)
    invite_committee(organiser, visit)
    assign_automatically(organiser)
    score_by_keyboard(visit)
    score_on_a_phone(visit)
    tally(organiser)
    look_how_firm(organiser)
    deliberate(organiser, visit)
    verify_candidates(organiser, visitor)
    award(organiser)
    publish(organiser)
    certify(organiser, visitor)
    check_at_home(*take_home(visitor, tmp_path))


# 6: the case


def publish_as_case(page):
    press(page, "Publish as case", exact=False)

    expect(page.get_by_role("main")).to_contain_text(ko("In review by the editors"))


def review(visit):
    page = visit(make_user(Role.EDITOR, name="편집위원"))
    for title in (PROMPT, WINNER):
        page.goto("/desk/")
        page.get_by_role("main").get_by_role("link", name=title, exact=True).click()
        points = page.get_by_role("group", name=ko("Checked")).get_by_role("checkbox")
        expect(points.first).to_be_attached()  # the desk has no such group: wait for the page
        for point in points.all():
            page.locator(f"label[for={point.get_attribute('id')}]").click()
        press_and_agree(page, "Publish this version")
        expect(page.get_by_role("main")).to_contain_text(ko("“%(title)s” is published.", title=title))

    expect(page.get_by_role("main")).to_contain_text(ko("Nothing waits for review."))


# 7: the casebook


def find_and_copy(page):
    case, prompt = Case.objects.get(), Prompt.objects.get()
    page.goto("/")
    page.locator("#site-search").fill("민원에 답변")
    page.locator("#site-search").press("Enter")
    follow(page, WINNER)
    assert page.url.endswith(case.get_absolute_url())
    origin = page.get_by_role("complementary").get_by_role("link", name=TITLE)
    assert origin.get_attribute("href") == case.origin_path
    page.locator(".case-steps a").click()
    expect(page.get_by_role("complementary").get_by_role("link", name=WINNER)).to_be_visible()

    copy_filled(page, width=1280)
    page.goto(prompt.get_absolute_url())
    copy_filled(page, width=PHONE)


def copy_filled(page, *, width):
    page.set_viewport_size({"width": width, "height": 900})
    page.locator("[data-blank-input='민원요지']").fill(f"가로등이 꺼졌습니다 {width}")
    press(page, "Copy the prompt")

    expect(page.locator(".copy-status")).to_have_text(ko("Copied"))
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.strip() == TEXT.replace("{{민원요지}}", f"가로등이 꺼졌습니다 {width}")


def read_without_script(visit):
    page = visit(java_script_enabled=False)
    page.goto(Prompt.objects.get().get_absolute_url())

    expect(page.locator("#prompt-text")).to_have_text(TEXT)
    expect(page.locator(".needs-script").first).to_be_hidden()


# 9 and 10: contests on paper, and the API


def bring_in_a_paper_contest(page, tmp_path):
    path = tmp_path / "contest.yaml"
    path.write_text(PAPER, "utf-8")
    call_command("import_competition", str(path), verbosity=0)
    paper = Competition.objects.get(slug="종이-공모전")
    counts = {"new": 1, "changed": 0, "unchanged": 0}
    came_in = ko("New: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s.", **counts)
    page.goto(reverse("competitions:organise_import_entries", args=[paper.slug]))
    page.locator("[type=file]").first.set_input_files(_table(PAPER_ENTRIES))
    press(page, "Look through the file")
    press(page, "Bring in")
    expect(page.get_by_role("main")).to_contain_text(came_in)
    page.goto(reverse("competitions:organise_committee", args=[paper.slug]))
    page.locator("details:has([type=file]) summary").click()
    page.locator("[type=file]").set_input_files(_table(PAPER_SCORES))
    page.locator("form:has([type=file]) button").click()
    expect(page.get_by_role("main")).to_contain_text(came_in)

    assert Judge.objects.get(competition=paper).assignments.get().state == SheetState.SIGNED


def _table(text):
    return {"name": "표.csv", "mimeType": "text/csv", "buffer": text.encode("cp949")}


def read_by_api(page):
    found = page.request.get("/api/v1/search/", params={"q": "민원 답변", "kind": "prompt"}).json()

    assert [row["uid"] for row in found["results"]] == [str(Prompt.objects.get().uid)]


# 8: out, and into another site


def export_casebook(visit, tmp_path):
    page = visit(make_user(Role.STAFF, name="직원"))
    page.goto("/editions/")
    press(page, "Make the file")
    page.wait_for_url("**/jobs/*/")
    run_waiting_jobs()
    with page.expect_download() as download:
        page.get_by_role("link", name=ko("Download")).click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)

    book = json.loads(path.read_text("utf-8"))
    kept = {
        (record["uid"], version["content_sha256"])
        for kind in ("prompts", "cases")
        for record in book[kind]
        for version in record["versions"]
    }
    assert kept == version_hashes()
    return path


def version_hashes():
    return {
        (str(uid), sha)
        for model in (PromptVersion, CaseVersion)
        for uid, sha in model.objects.values_list("record__uid", "content_sha256")
    }


def import_into_an_empty_site(visit, path):
    before = version_hashes()
    wipe()
    page = visit(make_user(Role.EDITOR))
    page.goto("/editions/import/")
    page.locator("[type=file]").set_input_files(path)
    press(page, "Look through the file")
    page.wait_for_url("**/editions/import/*-*/")
    run_waiting_jobs()
    page.get_by_role("button", name=ko("Import what is chosen")).wait_for()  # the page loads itself anew
    tick(page, "publish")
    press(page, "Import what is chosen")
    page.locator("#import-progress").wait_for()
    run_waiting_jobs()
    page.get_by_text(ko("This file has been imported. This is what became of each item.")).wait_for()

    assert version_hashes() == before
    page.goto("/prompts/")
    expect(page.get_by_role("main").get_by_role("link", name=PROMPT)).to_be_visible()
