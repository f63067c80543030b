"""Steps of the road of judging: five entries by keyboard alone, one on a phone, and the sheets of the others."""

from decimal import Decimal

from django.utils.timezone import now
from playwright.sync_api import expect

from competitions.actions.judging.marks import Given
from competitions.actions.judging.sheets import sign_sheet
from competitions.models import Assignment, Judge, Score
from competitions.states import SheetState
from tests.browser.contest_steps import PHONE
from tests.browser.judging_steps import TITLES
from tests.browser.walk import ko

# Points for idea (40) and effect (60) by J1, J2 and J3. The middle total of three is what is left of them.
POINTS = {
    "민원 답변 초안": [(40, 46), (30, 60), (20, 50)],  # 86, by the idea before its equal
    "회의록 요약": [(30, 56), (40, 50), (20, 52)],  # 86
    "공고문 다듬기": [(30, 45), (30, 50), (40, 30)],  # 75
    "예산안 설명": [(20, 45), (30, 40), (20, 40)],  # 65
    "행사 안내문": [(20, 25), (20, 30), (20, 20)],  # 45, below the floor
}
LEVEL = {40: 0, 30: 1, 20: 2}  # which of the levels gives these points


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
