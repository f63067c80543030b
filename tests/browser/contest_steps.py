"""The first half of the road: a contest from its call to its published results."""

import re
from datetime import timedelta
from uuid import uuid4

from django.core import mail
from django.urls import reverse
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from accounts.models import User
from competitions.actions.entries.consents import ENTRY_CONSENTS
from competitions.actions.entries.drafts import save_draft
from competitions.actions.entries.submissions import submit_entry
from competitions.models import Assignment, Competition, Entry, Result, Snapshot
from competitions.states import CompetitionState, EntryState, SheetState
from tests.browser.walk import follow, ko, press, press_and_agree, run_waiting_jobs, tick, write
from tests.factories import PASSWORD, entry_content, make_user

PHONE = 390
TITLE = "2026 주민 프롬프트 공모전"
CALL = "## 목적\n\n- 민원 답변을 **쉽고 빠르게** 쓰는 프롬프트를 찾습니다."
WINNER = "민원 답변 초안 만들기"
PROMPT = "민원 답변 초안 프롬프트"
TEXT = "다음 민원에 대한 정중한 답변 초안을 써 주세요.\n\n민원: {{민원요지}}"


# 1 and 2: the call and the entries


def sign_up(visit):
    page = visit()
    page.goto("/")
    page.get_by_role("banner").get_by_role("link", name=ko("Sign up")).click()
    write(page, name="김주민", email="resident@example.org", password1=PASSWORD, password2=PASSWORD)
    tick(page, "consent")
    press(page, "Sign up")
    expect(page.get_by_role("heading", level=1)).to_have_text(ko("Confirm your e-mail address"))

    page.goto(re.search(r"https?://\S+", mail.outbox[-1].body)[0])
    press(page, "Yes, confirm it")
    page.wait_for_url("**/accounts/login/**")
    write(page, login="resident@example.org", password=PASSWORD)
    press(page, "Log in")
    expect(page.get_by_role("banner")).to_contain_text("김주민")
    return page


def announce(page):
    page.goto("/organise/")
    page.get_by_role("link", name=ko("New competition")).click()
    page.get_by_role("link", name=ko("Begin with an empty form")).click()
    write(page, title=TITLE)
    go_to_step(page, "dates")
    write(page, opens_at=minute(days=-1), closes_at=minute(days=7))
    go_to_step(page, "plan")
    write(page, call=CALL)
    go_to_step(page, "tracks")
    write(page, **{"tracks-0-name": "주민 부문"})
    go_to_step(page, "judging")
    write(page, **{"criteria-0-name": "창의성", "criteria-0-max": "40"})
    write(page, **{"criteria-1-name": "효과", "criteria-1-max": "60", "awards-0-name": "대상"})
    press(page, "Save as a draft")
    press_and_agree(page, "Announce")

    expect(page.get_by_role("main")).to_contain_text(ko("The call is announced. Everybody can read it now."))


def go_to_step(page, code):
    """Open a step of the call's form."""
    page.locator(f".call-steps a[href='#step-{code}']").click()
    expect(page.locator(f"#step-{code}")).to_be_visible()


def minute(**ahead):
    return localtime(now() + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M")


def read_call(page):
    page.goto("/competitions/")
    page.get_by_role("main").get_by_role("link", name=TITLE).click()
    expect(page.locator(".prose strong")).to_have_text("쉽고 빠르게")
    follow(page, "Enter the competition")


def hand_in(page):
    """A draft first; then a double click on submit, which is one entry and one receipt."""
    read_call(page)
    open_step(page, "case")
    write(page, case__title=WINNER)
    press(page, "Save draft")
    expect(page.get_by_role("main")).to_contain_text(ko("Saved as a draft. It is not submitted yet."))
    expect(page.locator("[name='case-title']")).to_have_value(WINNER)

    write_entry(page)
    page.get_by_role("button", name=ko("Submit"), exact=True).dblclick()
    page.wait_for_url("**/receipt/")
    snapshot = Snapshot.objects.get()
    expect(page.locator(".receipt")).to_contain_text(snapshot.receipt_number)
    expect(page.locator(".receipt")).to_contain_text(snapshot.content_sha256)


def open_step(page, name):
    page.locator(f".steps a[href='#{name}']").click()


def write_entry(page):
    open_step(page, "prompts")
    write(page, **{"prompts-0-title": PROMPT, "prompts-0-user": TEXT})
    open_step(page, "case")
    write(page, case__summary="답변 시간이 30분에서 5분이 됩니다.", case__problem="답변이 늦었습니다.")
    write(page, case__approach="프롬프트로 초안을 만들고 담당자가 고칩니다.")
    write(page, **{"case-effect-minutes_before": "30", "case-effect-minutes_after": "5"})
    open_step(page, "review")
    agree(page)


def agree(page):
    for purpose in ENTRY_CONSENTS:
        tick(page, purpose)


def change(page):
    follow(page, "Change the entry")
    open_step(page, "case")
    write(page, case__problem="민원이 많아 답변이 늦었습니다.")
    open_step(page, "review")
    press(page, "Submit again")

    page.wait_for_url("**/receipt/")
    hashes = [snapshot.content_sha256 for snapshot in Snapshot.objects.order_by("-number")]
    assert len(set(hashes)) == 2
    expect(page.locator(".receipt-facts .hash")).to_have_text(hashes[0])


def enter_and_withdraw(visit):
    page = visit(make_user(name="이주민"), width=PHONE)
    read_call(page)
    open_step(page, "case")
    write(page, case__title="그만둘 응모작")
    write_entry(page)
    press(page, "Submit")
    page.wait_for_url("**/receipt/")

    follow(page, "Change the entry")
    follow(page, "Withdraw this entry")
    press(page, "Withdraw this entry")

    page.wait_for_url("**/entries/")
    assert Entry.objects.get(title="그만둘 응모작").state == EntryState.WITHDRAWN


def quick_entry(title):
    competition, by = Competition.objects.get(), make_user()
    entry = save_draft(
        competition,
        entry_content(title=title),
        by=by,
        at=now(),
        track=competition.tracks.get(),
        idempotency_key=uuid4(),
    )
    submit_entry(entry, by=by, consents=list(ENTRY_CONSENTS))
    return entry


def close_the_window():
    Competition.objects.update(closes_at=now() - timedelta(seconds=1))


# 3 and 4: screening, committee and sheets


def screen(page, rivals):
    accepted, copied = rivals
    winner = Entry.objects.get(title=WINNER)
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_entries", args=[competition.slug]))
    for entry in (winner, accepted):
        tick(page, "entries", entry.pk)
    press(page, "Accept the ticked entries")
    page.get_by_role("link", name=copied.title).click()
    write(page, reason="다른 사람의 글을 옮겼습니다.")
    press(page, "Disqualify")

    expect(page.get_by_role("main")).to_contain_text("다른 사람의 글을 옮겼습니다.")
    states = competition.entries.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["accepted", "withdrawn", "accepted", "disqualified"]


def name_committee(page):
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_committee", args=[competition.slug]))
    for number in (1, 2):
        judge = make_user(name=f"심사위원 {number}", email=f"judge{number}@example.org")
        write(page, email=judge.email)
        press(page, "Add to the committee")
        expect(page.locator(".table")).to_contain_text(judge.email)
    press(page, "Give all entries to all judges", exact=False)
    expect(page.get_by_role("main")).to_contain_text(ko("New score sheets: %(count)s.", count=4))
    page.goto(reverse("competitions:organise_competition", args=[competition.slug]))
    press(page, "Start judging")

    expect(page.get_by_role("main")).to_contain_text(
        ko("Judging has begun. The judges can fill in their sheets.")
    )


def judge(visit):
    """Both judges, on a phone: a draft of the first sheet, then every sheet signed."""
    for user in User.objects.filter(email__startswith="judge"):
        page = visit(user, width=PHONE)
        page.goto("/judging/")
        pledge(page)
        page.goto("/judging/")
        page.locator("main a.primary").click()
        give_points(page)
        press(page, "Save draft")
        expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")
        sign(page)
        page.get_by_text(ko("The sheet is signed. Here is the next entry.")).wait_for()
        give_points(page)
        sign(page)
        page.get_by_text(ko("The sheet is signed. It was the last one waiting for you here.")).wait_for()

    assert set(Assignment.objects.values_list("state", flat=True)) == {SheetState.SIGNED}


def pledge(page):
    follow(page, "To the pledge", exact=False)
    tick(page, "agrees")
    tick(page, "pledges")
    tick(page, "says", "nothing")
    press(page, "Declare")
    page.wait_for_load_state()


def give_points(page):
    """The winner has 36 and 50 points, the other 20 and 30."""
    is_winner = page.get_by_role("heading", level=1).inner_text().endswith(WINNER)
    page.locator("[data-panel]").click()
    points, comments = page.locator("[data-points]"), page.locator("textarea[name^='comment_']")
    for number, value in enumerate(("36", "50") if is_winner else ("20", "30")):
        points.nth(number).fill(value)
        comments.nth(number).fill("근거가 뚜렷합니다.")
    expect(page.locator("[data-total]")).to_have_text("86" if is_winner else "50")


def sign(page):
    press(page, "Go on to sign")
    page.wait_for_url("**/sign/")
    press(page, "Sign")


# 5: results


def decide(page):
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_result", args=[competition.slug]))
    press(page, "Compute the result")
    expect(page.get_by_role("progressbar").last).to_be_visible()
    run_waiting_jobs()
    follow(page, "Show the result")
    follow(page, "Decide the awards")
    press(page, "Look at the decision")
    press(page, "Decide the awards")
    expect(page.get_by_role("main")).to_contain_text(
        ko("The awards are decided. Nobody else sees them until you publish the results.")
    )
    press_and_agree(page, "Publish the results")

    page.get_by_role("heading", name=ko("Winning entries as cases")).wait_for()
    assert Competition.objects.get().state == CompetitionState.PUBLISHED


def read_results(page):
    competition = Competition.objects.get()
    page.goto(competition.get_absolute_url())
    follow(page, "See the results")
    expect(page.get_by_role("heading", name=WINNER)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(Result.objects.get().file_sha256)

    answer = page.request.get(reverse("competitions:results_file", args=[competition.slug]))
    totals = [(row["total"], row["place"], row["award"]) for row in answer.json()["entries"]]
    assert totals == [("86", 1, "a1"), ("50", 2, None)]
