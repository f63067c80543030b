"""Entering in a browser: a team on a phone, a lost connection, a file in pieces, two windows, no script."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from competitions.models import Attachment, ConsentTerm, Entry, FormField, Snapshot, Track
from tests.browser.test_accessibility import SPILL, axe, prepare
from tests.browser.walk import follow, ko, press, tick, write
from tests.factories import make_attachment, make_competition, make_entry, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = 390
STEPS = ("who", "prompts", "case", "files", "review")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
TEXT = "다음 민원에 대한 정중한 답변 초안을 써 주세요.\n\n민원: {{민원요지}}"


def make_call():
    """A call with two tracks, a question of each kind, a file and its own terms."""
    competition = make_competition()
    Track.objects.create(
        competition=competition, code="b", name="직원 부문", closes_at=now() + timedelta(days=2), position=1
    )
    asked = [
        ("office", "부서 이름", "text", "no"),
        ("use", "얼마나 자주 씁니까?", "choice", "submission"),
        ("since", "언제부터 썼습니까?", "date", "no"),
        ("proposal", "제안서", "file", "submission"),
    ]
    for position, (code, name, kind, required) in enumerate(asked):
        FormField.objects.create(
            competition=competition,
            code=code,
            name=name,
            kind=kind,
            required=required,
            position=position,
            tracks=["b"] if code == "office" else [],
            choices=["매일", "매주"] if kind == "choice" else [],
        )
    for purpose, title, required in (("privacy", "개인정보", True), ("news", "소식 받기", False)):
        ConsentTerm.objects.create(
            competition=competition, purpose=purpose, title=title, text="**한 해** 보관", is_required=required
        )
    return competition


def open_step(page, name):
    page.locator(f".steps a[href='#{name}']").click()
    expect(page.locator(f"section[data-step={name}]")).to_be_visible()


def status(page):
    return page.locator("#save-status")


def wait_until(page, state):
    expect(status(page)).to_have_attribute("data-state", state)


def enter(page, competition):
    page.goto(f"/competitions/{competition.slug}/enter/")


def write_all(page):
    open_step(page, "prompts")
    write(page, **{"prompts-0-title": "답변 초안", "prompts-0-user": TEXT})
    press(page, "Next")
    write(page, case__title="민원 답변 초안 만들기", case__summary="30분이 5분이 됩니다.")
    write(page, case__problem="답변이 늦었습니다.", case__approach="초안을 만들고 담당자가 고칩니다.")
    write(page, **{"case-effect-minutes_before": "30", "case-effect-minutes_after": "5"})


def look(page):
    """Nothing that axe finds, and nothing that sticks out of a narrow screen."""
    page.wait_for_load_state("load")  # the text may be there before its style
    prepare(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # where the bar covers nothing
    assert page.evaluate(SPILL) + axe(page, "tag", RULES) == []


def invitation_link(page):
    """The leader makes a link to pass on, and reads it."""
    press(page, "Make the invitation")
    return re.search(r"/invitations/[^/]+/", page.locator("#team-link").inner_text())[0]


def test_team_of_three_from_invitation_to_receipt(visit):
    """On phones; the network is cut while the leader types, and in the middle of a file."""
    competition = make_call()
    leader = visit(make_user(name="김대표"), width=PHONE, refusals=True)
    begin_as_team(leader, competition)
    take_part(visit, leader)
    write_while_cut_off(leader)
    answer_and_upload(leader)
    review_and_submit(leader)

    snapshot = Snapshot.objects.get()
    expect(leader.locator(".receipt")).to_contain_text(snapshot.receipt_number)
    assert [member["name"] for member in snapshot.content["team"]] == ["김대표", "이팀원", "박팀원"]
    assert snapshot.content["case"]["summary"] == "30분이 5분이 됩니다."
    assert [file["field"] for file in snapshot.content["files"]] == ["proposal"]
    assert Entry.objects.count() == 1
    go_back_after_submitting(leader)


def begin_as_team(page, competition):
    """The draft comes to be by itself, with an address of its own."""
    enter(page, competition)
    look(page)
    page.locator("label", has_text="주민 부문").click()
    write(page, team="새벽팀")
    expect(page).to_have_url(re.compile(r"/entries/\d+/$"))
    wait_until(page, "saved")


def take_part(visit, leader):
    for name in ("이팀원", "박팀원"):
        open_step(leader, "who")
        follow(leader, "Team: who takes part, and invitations")
        link = invitation_link(leader)
        member = visit(make_user(name=name), width=PHONE)
        member.goto(link)
        tick(member, "agrees")
        press(member, "Accept the invitation")
        expect(member.get_by_role("main")).to_contain_text(name)
        follow(leader, "Back to the entry")
    open_step(leader, "who")
    expect(leader.locator("[data-step=who]")).to_contain_text("이팀원, 박팀원")


def write_while_cut_off(page):
    page.context.set_offline(True)
    write_all(page)
    wait_until(page, "offline")
    assert Entry.objects.get().draft["case"].get("summary") == ""
    look(page)

    page.context.set_offline(False)
    wait_until(page, "saved")
    assert Entry.objects.get().draft["case"]["summary"] == "30분이 5분이 됩니다."


def answer_and_upload(page):
    press(page, "Next")
    expect(page.locator("[name=answers-office]")).to_be_hidden()  # of the other track
    page.select_option("[name=answers-use]", "매일")
    write(page, links="https://example.org/video")
    cut = []

    def cut_once(route):
        if not cut and "offset=1048576" in route.request.url:
            cut.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/files/*/?offset=*", cut_once)
    page.set_input_files(
        "#file-proposal", {"name": "제안서.txt", "mimeType": "text/plain", "buffer": b"a" * 2_500_000}
    )
    page.locator(".file-question").get_by_role("button", name=ko("Upload")).click()
    expect(page.locator(".file-question .file")).to_contain_text("제안서.txt")
    assert len(cut) == 1
    assert Attachment.objects.get().state == "ready"
    look(page)


def review_and_submit(page):
    press(page, "Next")
    review = page.locator("#entry-review")
    expect(review).to_contain_text(ko("Nothing is lacking. Read it once more, tick the consents and submit."))
    expect(review).to_contain_text("담당자가 고칩니다.")
    look(page)
    press(page, "Submit")
    expect(page.locator(".error-summary")).to_contain_text("개인정보")  # not agreed to yet
    assert not Snapshot.objects.exists()
    look(page)

    tick(page, "consent-privacy")
    page.get_by_role("button", name=ko("Submit"), exact=True).dblclick()
    page.wait_for_url("**/receipt/")
    look(page)


def go_back_after_submitting(page):
    page.go_back()
    expect(page.locator("#entry-status")).to_contain_text(ko("This entry is submitted as it stands here."))
    assert Snapshot.objects.count() == 1


def test_steps_follow_the_address_and_the_back_button(visit):
    entry = make_entry(make_call(), entrant=make_user())
    page = visit(entry.entrant, width=PHONE)
    page.goto(f"{entry.get_absolute_url()}#who")
    for step in STEPS:
        open_step(page, step)
        page.wait_for_timeout(500)
        look(page)

    page.go_back()

    expect(page.locator("section[data-step=files]")).to_be_visible()
    expect(page.locator(".steps [aria-current=step]")).to_contain_text(ko("Questions, links and files"))


def test_what_a_file_tells_is_shown_as_soon_as_it_is_known(visit):
    entry = make_entry(make_call(), entrant=make_user())
    received = {"state": "ready", "sha256": "ab" * 32, "finished_at": now()}
    file = make_attachment(entry, name="제안서.docx", **received)
    page = visit(entry.entrant, width=PHONE)
    page.goto(f"{entry.get_absolute_url()}#files")
    expect(page.locator(".file[data-waiting]")).to_be_visible()

    Attachment.objects.filter(pk=file.pk).update(
        examination="done", findings=[{"what": "author", "value": "김주무관"}]
    )

    expect(page.locator(".file:not([data-waiting])")).to_contain_text("김주무관")
    expect(page.get_by_text(ko("The file has been checked."))).to_be_visible()
    look(page)


def test_what_is_lacking_leads_to_its_field(visit):
    entry = make_entry(make_call(), entrant=make_user())
    page = visit(entry.entrant, width=PHONE)
    page.goto(f"{entry.get_absolute_url()}#review")

    page.locator("#entry-review a", has_text="얼마나 자주 씁니까?").click()

    expect(page.locator("[name=answers-use]")).to_be_focused()


def test_another_track_has_its_own_deadline_and_questions(visit):
    entry = make_entry(make_call(), entrant=make_user())
    page = visit(entry.entrant)
    page.goto(f"{entry.get_absolute_url()}#who")
    before = page.locator("#entry-deadline time").get_attribute("datetime")

    page.locator("label", has_text="직원 부문").click()

    expect(page.locator("#entry-deadline time")).not_to_have_attribute("datetime", before)
    expect(page.locator("#entry-deadline [data-deadline]")).not_to_contain_text("26")
    open_step(page, "files")
    expect(page.locator("[name=answers-office]")).to_be_visible()


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "첫째 창"), ("Take the saved one", "둘째 창")])
def test_two_windows_and_both_texts(visit, choice, kept):
    entry = make_entry(make_competition(), entrant=make_user())
    first, second = visit(entry.entrant, refusals=True), visit(entry.entrant)
    for page in (first, second):
        page.goto(f"{entry.get_absolute_url()}#case")
    write(second, case__summary="둘째 창")
    wait_until(second, "saved")
    write(first, case__summary="첫째 창")
    dialog = first.get_by_role("dialog")
    expect(dialog).to_contain_text("둘째 창")
    expect(dialog).to_contain_text("첫째 창")

    press(first, choice)

    expect(dialog).to_be_hidden()
    open_step(first, "case")
    expect(first.locator("[name=case-summary]")).to_have_value(kept)
    if choice == "Keep mine":
        wait_until(first, "saved")
    entry.refresh_from_db()
    assert entry.draft["case"]["summary"] == kept


def test_text_that_could_not_be_sent_is_offered_again(visit):
    entry = make_entry(make_competition(), entrant=make_user())
    page = visit(entry.entrant, refusals=True)
    page.goto(f"{entry.get_absolute_url()}#case")
    page.context.set_offline(True)
    text = "끊긴 동안 쓴 글. " * 1000  # too long for a browser to send while the page is left
    write(page, case__problem=text)
    wait_until(page, "offline")
    # Another window: a page that is only left may still send its text once the connection is back.
    page.close()
    page.context.set_offline(False)
    page = page.context.new_page()

    page.goto(entry.get_absolute_url())
    press(page, "Put it back")

    open_step(page, "case")
    expect(page.locator("[name=case-problem]")).to_have_value(text)
    entry.refresh_from_db()
    assert entry.draft["case"]["problem"] == text


def test_ended_session_keeps_the_text_and_offers_to_log_in(visit):
    entry = make_entry(make_competition(), entrant=make_user())
    page = visit(entry.entrant, refusals=True)
    page.goto(f"{entry.get_absolute_url()}#case")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    write(page, case__summary="로그아웃된 동안 쓴 글")
    expect(status(page).get_by_role("link")).to_have_attribute("target", "_blank")

    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])
    page.evaluate("dispatchEvent(new Event('focus'))")

    wait_until(page, "saved")
    entry.refresh_from_db()
    assert entry.draft["case"]["summary"] == "로그아웃된 동안 쓴 글"


def test_countdown_with_a_clock_an_hour_wrong_elsewhere_in_the_world(visit):
    competition = make_competition(closes_at=now() + timedelta(minutes=30))
    page = visit(make_user(), timezone_id="America/New_York")
    page.add_init_script("const real = Date.now; Date.now = () => real() + 3600000;")

    enter(page, competition)

    expect(page.locator("#entry-deadline [data-deadline]")).to_have_text(re.compile(r"00:29:\d\d"))
    expect(page.locator("#entry-deadline .quiet")).to_be_visible()


def test_everything_works_without_script(visit, tmp_path):
    competition = make_call()
    page = visit(make_user(), java_script_enabled=False)
    enter(page, competition)
    page.locator("label", has_text="주민 부문").click()
    write(page, **{"prompts-0-title": "답변 초안", "prompts-0-user": TEXT})
    write(
        page,
        case__title="민원 답변",
        case__summary="빨라집니다.",
        case__problem="늦음",
        case__approach="초안",
    )
    page.select_option("[name=answers-use]", "매주")
    press(page, "Add a prompt")
    expect(page.locator("[name=prompts-1-title]")).to_be_visible()
    press(page, "Save draft")
    page.locator("#file-proposal").set_input_files(
        {"name": "제안서.txt", "mimeType": "text/plain", "buffer": "제안".encode()}
    )
    page.locator(".file-question").get_by_role("button", name=ko("Upload")).click()
    expect(page.locator(".file-question .file")).to_contain_text("제안서.txt")
    page.locator("#entry-review a").click()
    expect(page.get_by_role("main")).to_contain_text(
        ko("This is what the judges will see, without the names of people and files.")
    )
    follow(page, "Back to the entry, to submit it")
    tick(page, "consent-privacy")
    press(page, "Submit")

    page.wait_for_url("**/receipt/")
    assert Snapshot.objects.get().content["answers"] == {"use": "매주"}
