"""Steps of the road of judging: a call with a declared rule, entries, a committee by invitation, scored sheets."""

from decimal import Decimal

from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.models import Message, User
from competitions.actions.judging.marks import Given
from competitions.actions.judging.sheets import sign_sheet
from competitions.models import Assignment, Competition, Judge, Score
from competitions.states import CompetitionState, SheetState
from tests.browser.contest_steps import PHONE, go_to_step, minute
from tests.browser.walk import follow, ko, press, press_and_agree, tick, write
from tests.factories import make_user

TITLE = "2026 심사 공모전"
LEVELS = "40: 누구도 하지 않은 생각\n30: 알려진 방법을 새롭게 엮음\n20: 널리 쓰는 방법"
TITLES = ["민원 답변 초안", "회의록 요약", "공고문 다듬기", "예산안 설명", "행사 안내문"]
# Points for idea (40) and effect (60) by J1, J2 and J3. The middle total of three is what is left of them.
POINTS = {
    "민원 답변 초안": [(40, 46), (30, 60), (20, 50)],  # 86, by the idea before its equal
    "회의록 요약": [(30, 56), (40, 50), (20, 52)],  # 86
    "공고문 다듬기": [(30, 45), (30, 50), (40, 30)],  # 75
    "예산안 설명": [(20, 45), (30, 40), (20, 40)],  # 65
    "행사 안내문": [(20, 25), (20, 30), (20, 20)],  # 45, below the floor
}
LEVEL = {40: 0, 30: 1, 20: 2}  # which of the levels gives these points
NAMES = ("김가온", "이나루", "박다온")


# The call, with its rule


def announce_with_rule(page):
    page.goto("/organise/new/")
    write(page, title=TITLE)
    page.locator("[name=profile]").select_option("light")
    go_to_step(page, "dates")
    write(page, opens_at=minute(days=-1), closes_at=minute(days=7))
    go_to_step(page, "plan")
    write(page, call="## 목적\n\n심사를 끝까지 걸어 봅니다.")
    go_to_step(page, "tracks")
    write(page, **{"tracks-0-name": "주민 부문"})
    go_to_step(page, "judging")
    write_rule(page)
    press(page, "Save as a draft")
    press_and_agree(page, "Announce")

    expect(page.get_by_role("main")).to_contain_text(ko("The call is announced. Everybody can read it now."))


def write_rule(page):
    round_ = page.locator("[name='rounds-0-method']")
    page.locator("#rows-rounds details summary").first.click()
    round_.select_option("trimmed_mean")
    page.locator("[name='rounds-0-over']").select_option("judge_totals")
    write(page, **{"rounds-0-drop_high": "1", "rounds-0-drop_low": "1", "rounds-0-floor": "60"})
    write(page, **{"rounds-0-judges_per_entry": "3"})
    write(page, **{"criteria-0-name": "창의성", "criteria-0-max": "40", "criteria-0-levels": LEVELS})
    write(page, **{"criteria-1-name": "효과", "criteria-1-max": "60"})
    write(page, **{"rule-places": "2", "rule-tie_break": f"창의성\n{ko('Joint place')}"})
    write(page, **{"awards-0-name": "대상", "awards-0-count": "1"})


def read_rule(page):
    """The call says in words how the places come about."""
    competition = Competition.objects.get()
    page.goto(competition.get_absolute_url())
    rule = page.get_by_role("main")
    for words in ("60", "창의성"):
        expect(rule).to_contain_text(words)
    assert competition.rule_sha256


# The committee


def invite_committee(organiser, visit):
    """Three are invited; each opens the link of the letter, pledges, declares and accepts."""
    competition = Competition.objects.get()
    for number, name in enumerate(NAMES, start=1):
        email = f"judge{number}@example.org"
        make_user(name=name, email=email)
        organiser.goto(reverse("competitions:organise_committee", args=[competition.slug]))
        follow(organiser, "Invite a judge")
        write(organiser, name=name, email=email)
        tick(organiser, "side", "private")
        press(organiser, "Send the invitation")
        expect(organiser.locator("#main .table")).to_contain_text(name)
        accept(visit(User.objects.get(email=email), width=PHONE if number == 2 else 1280))

    assert list(Judge.objects.active().values_list("code", flat=True)) == ["J1", "J2", "J3"]
    make_chair(organiser, competition)


def accept(page):
    page.goto(Message.objects.filter(kind="judge.invited").latest("pk").link)
    tick(page, "agrees")
    tick(page, "pledges")
    tick(page, "says", "nothing")
    press(page, "Accept and join the committee")
    page.wait_for_url("**/judging/ties/**")
    page.context.close()


def make_chair(page, competition):
    chair = Judge.objects.get(code="J1")
    page.goto(reverse("competitions:organise_member", args=[competition.slug, chair.pk]))
    tick(page, "is_chair")
    press(page, "Save")
    page.wait_for_url("**/committee/")


def accept_entries(page, entries):
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_entries", args=[competition.slug]))
    for entry in entries:
        tick(page, "entries", entry.pk)
    press(page, "Accept the ticked entries")
    page.wait_for_load_state()
    assert competition.entries.judged().count() == len(entries)


def assign_automatically(page):
    competition = Competition.objects.get()
    page.goto(reverse("competitions:organise_committee", args=[competition.slug]))
    follow(page, "Assign automatically", exact=False)
    expect(page.locator("#plan-title")).to_be_visible()
    page.locator("section:has(#plan-title) form button").click()
    expect(page.get_by_role("main")).to_contain_text(ko("New score sheets: %(count)s.", count=15))
    page.goto(reverse("competitions:organise_competition", args=[competition.slug]))
    press(page, "Start judging")
    expect(page.get_by_role("main")).to_contain_text(
        ko("Judging has begun. The judges can fill in their sheets.")
    )

    assert Competition.objects.get().state == CompetitionState.JUDGING


# The sheets


def user_of(code):
    return Judge.objects.get(code=code).user


def points_for(code, title):
    return POINTS[title][int(code[1]) - 1]


def score_by_keyboard(visit):
    """The first judge: five entries, a level and typed points each, signed, and the mouse is never touched."""
    page = visit(user_of("J1"))
    page.goto("/judging/")
    page.locator("main a.primary").focus()
    page.keyboard.press("Enter")
    for _number in range(len(TITLES)):
        page.wait_for_url(lambda address: address.rstrip("/").split("/")[-1].isdigit())
        expect(page.locator("[data-keys-button]")).to_be_visible()
        type_points(page, title_of(page))

    page.wait_for_url("**/judging/")
    assert signed_by("J1") == len(TITLES)


def type_points(page, title):
    idea, effect = points_for("J1", title)
    page.keyboard.press("Enter")  # into the first criterion without points
    expect(page.locator("[data-level]").first).to_be_focused()
    page.keyboard.press(str(LEVEL[idea] + 1))
    page.keyboard.press("Enter")
    expect(page.locator("[data-points]").nth(1)).to_be_focused()
    page.keyboard.type(str(effect))
    expect(page.locator("[data-total]")).to_have_text(str(idea + effect))
    page.keyboard.press("Escape")
    here = page.url
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sign/")
    expect(page.get_by_role("button", name=ko("Sign"), exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address not in {here, f"{here}sign/"})


def title_of(page):
    heading = page.get_by_role("heading", level=1).inner_text()
    return next(title for title in TITLES if heading.endswith(title))


def score_on_a_phone(visit):
    """The second judge: one entry by thumb. The others sign the rest."""
    page = visit(user_of("J2"), width=PHONE, has_touch=True)
    page.goto("/judging/")
    page.locator("main a.primary").tap()
    title = title_of(page)
    idea, effect = points_for("J2", title)
    page.locator("[data-panel]").tap()
    page.locator(f"label[for$='_{LEVEL[idea]}']").first.tap()
    page.locator("[data-points]").nth(1).fill(str(effect))
    page.locator("#id_comment_entrant").fill("시민이 바로 쓸 수 있습니다.")
    expect(page.locator("[data-total]")).to_have_text(str(idea + effect))
    expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE
    page.get_by_role("button", name=ko("Go on to sign")).tap()
    page.wait_for_url("**/sign/")
    page.get_by_role("button", name=ko("Sign"), exact=True).tap()
    page.get_by_text(ko("The sheet is signed. Here is the next entry.")).wait_for()

    assert signed_by("J2") == 1
    sign_the_rest()


def sign_the_rest():
    sheets = Assignment.objects.exclude(state=SheetState.SIGNED).select_related(
        "judge__user", "entry", "round"
    )
    for sheet in sheets:
        given = points_for(sheet.judge.code, sheet.entry.title)
        criteria = sheet.round.criteria.order_by("position")
        marks = {row.pk: Given(Decimal(points), "") for row, points in zip(criteria, given, strict=True)}
        sign_sheet(sheet, marks, by=sheet.judge.user, at=now(), seen_at=sheet.saved_at)

    assert Score.objects.filter(points__isnull=False).count() == 2 * 3 * len(TITLES)


def signed_by(code):
    return Assignment.objects.signed().filter(judge__code=code).count()
