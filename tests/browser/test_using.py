"""Filling in and copying a prompt: what is typed stays in the browser, and identity numbers stop there."""

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from casebook.models import OpenTool, UsageCount
from tests.browser.walk import ko, press
from tests.casebook.test_using import make_steps, pinned
from tests.factories import make_prompt

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390
TEXT = "{{요지}}에 {{어조}} 말투로 답합니다. 대상 {{대상}}, 급함 {{급함}}, {{건수}}건, {{기한}}까지."
BLANKS = [
    {
        "key": "요지",
        "label": "민원 요지",
        "type": "longtext",
        "required": True,
        "example": "가로등 고장",
        "max_length": 20,
    },
    {"key": "어조", "label": "말투", "type": "select", "options": ["정중한", "쉬운"], "default": "정중한"},
    {"key": "대상", "label": "대상", "type": "multiselect", "options": ["주민", "직원", "학생"]},
    {"key": "급함", "label": "급함", "type": "bool"},
    {"key": "건수", "label": "건수", "type": "number"},
    {"key": "기한", "label": "기한", "type": "date"},
]
INSIDE = {"sensitivity": "internal", "channel": "agency_ai", "prohibited_inputs": "민원인의 이름"}


def make_filled(**fields):
    return make_prompt(published=True, messages=[TEXT], variables=BLANKS, **fields)


def identity_number():
    """A resident registration number of nobody, made here so that none stands in a file."""
    return f"{900101}-{1234567}"


def write(page, key, text):
    page.locator(f"[data-blank-input='{key}']").fill(text)


def tick(page, text):
    page.locator("label", has_text=re.compile(f"^{text}$")).click()


def copied(page):
    press(page, "Copy the prompt")
    expect(page.locator(".copy-status")).to_contain_text(ko("Copied"))
    return page.evaluate("navigator.clipboard.readText()")


@pytest.fixture
def clipboard():
    return {"permissions": ["clipboard-read", "clipboard-write"]}


def test_every_kind_of_blank_is_seen_in_the_text_and_copied(visit, clipboard):
    page = visit(**clipboard)
    page.goto(make_filled().get_absolute_url())
    write(page, "요지", "가로등이 꺼졌습니다 $& {{어조}}")
    page.locator("select[data-blank-input='어조']").select_option("쉬운")
    for label in ("학생", "주민", "아니요"):
        tick(page, label)
    write(page, "건수", "1,200")
    write(page, "기한", "2026-05-12")

    expected = "가로등이 꺼졌습니다 $& {{어조}}에 쉬운 말투로 답합니다. "
    expected += "대상 주민, 학생, 급함 아니요, 1,200건, 2026-05-12까지."
    expect(page.locator("#prompt-text")).to_have_text(expected)
    assert copied(page) == expected


def test_nothing_typed_is_sent_or_kept(visit, clipboard):
    page = visit(**clipboard)
    record, sent = make_filled(), []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    page.goto(record.get_absolute_url())
    write(page, "요지", "아무도 모를 말")
    assert "아무도 모를 말" in copied(page)
    page.wait_for_load_state("networkidle")
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")

    page.reload()

    assert not [each for each in sent if "아무도" in each or quote("아무도") in each]
    assert "아무도" not in kept
    expect(page.locator("[data-blank-input='요지']")).to_have_value("")


def test_a_view_a_fill_and_a_copy_are_counted_once(visit, clipboard):
    page = visit(**clipboard)
    page.goto(make_filled().get_absolute_url())
    with page.expect_response(
        lambda answer: answer.url.endswith("/used/") and "fill" in answer.request.post_data
    ):
        write(page, "요지", "하나")
    write(page, "요지", "둘")
    with page.expect_response(
        lambda answer: answer.url.endswith("/used/") and "copy" in answer.request.post_data
    ):
        copied(page)
    copied(page)
    page.wait_for_load_state("networkidle")

    assert list(UsageCount.objects.values_list("views", "fills", "copies")) == [(1, 1, 1)]


@pytest.mark.parametrize("fields", [{}, {"sensitivity": "personal", "channel": "on_device"}])
def test_an_identity_number_stops_copying_until_it_is_gone(visit, clipboard, fields):
    page = visit(**clipboard)
    page.goto(make_filled(**fields).get_absolute_url())
    if fields:
        tick(page, re.escape(ko("I have read this and enter nothing that must not be entered.")))
    field, copy = (
        page.locator("[data-blank-input='요지']"),
        page.get_by_role("button", name=ko("Copy the prompt")),
    )

    write(page, "요지", f"신청인 {identity_number()}입니다")

    expect(field).to_have_attribute("aria-invalid", "true")
    expect(copy).to_be_disabled()
    expect(page.locator("[data-act='download']")).not_to_have_attribute("href", re.compile("."))
    expect(page.locator("[data-why]")).to_have_text(
        ko("A number that identifies a person stands in a blank. Remove it first.")
    )
    assert identity_number() not in page.locator(".field-note").all_text_contents()
    write(page, "요지", "신청인입니다")
    expect(copy).to_be_enabled()
    assert copied(page).startswith("신청인입니다")


def test_an_identity_number_stops_even_who_copies_at_once(visit, clipboard):
    page = visit(**clipboard)
    page.goto(make_filled().get_absolute_url())
    page.evaluate("navigator.clipboard.writeText('앞의 것')")

    page.evaluate(
        """(number) => {
          const input = document.querySelector("[data-blank-input='요지']");
          input.value = number;
          input.dispatchEvent(new Event("input", {bubbles: true}));
          document.querySelector("[data-act='copy']").click();
        }""",
        identity_number(),
    )

    expect(page.locator("[data-act='copy']").first).to_be_disabled()
    assert page.evaluate("navigator.clipboard.readText()") == "앞의 것"


def test_other_personal_data_warns_and_copies(visit, clipboard):
    page = visit(**clipboard)
    page.goto(make_filled().get_absolute_url())

    write(page, "요지", "hong@example.org")

    expect(page.locator(".has-warning .field-note")).to_be_visible()
    assert copied(page).startswith("hong@example.org")


def test_too_long_and_no_number_are_said_beside_the_field(visit):
    page = visit()
    page.goto(make_filled().get_absolute_url())

    write(page, "요지", "가" * 23)
    write(page, "건수", "열두")

    for key, words in (
        ("요지", ko("{count} characters too long. Shorten it.").replace("{count}", "3")),
        ("건수", ko("Write a number, such as 1,200 or 3.5.")),
    ):
        expect(page.locator(f"[data-blank-field='{key}'] .field-note")).to_have_text(words)


def test_examples_fill_and_all_blanks_empty_again(visit):
    page = visit()
    page.goto(make_filled().get_absolute_url())
    field = page.locator("[data-blank-input='요지']")

    press(page, "Fill in all examples")
    expect(field).to_have_value("가로등 고장")
    press(page, "Empty all blanks")

    expect(field).to_have_value("")
    expect(page.locator("#prompt-text")).to_contain_text("{{요지}}에 {{어조}}")


def test_what_is_not_open_is_copied_after_the_advice_is_confirmed(visit, clipboard):
    OpenTool.objects.create(name="가온 AI", url="https://ai.invalid/?q={prompt}", channel="agency_ai")
    page = visit(**clipboard)
    page.goto(make_filled(**INSIDE).get_absolute_url())
    copy, tool = page.get_by_role("button", name=ko("Copy the prompt")), page.locator("[data-act='open']")

    expect(page.locator(".before-copy")).to_contain_text("민원인의 이름")
    expect(copy).to_be_disabled()
    expect(tool).to_have_attribute("aria-disabled", "true")
    tick(page, re.escape(ko("I have read this and enter nothing that must not be entered.")))

    expect(tool).to_have_attribute("href", "https://ai.invalid/")
    expect(tool).to_have_attribute("rel", "noopener noreferrer")
    assert "답합니다" in copied(page)


def test_one_message_is_copied_alone_and_all_with_their_roles(visit, clipboard):
    record = make_prompt(
        published=True,
        messages=[
            {"role": "system", "content": "돕습니다."},
            {"role": "user", "content": "{{가}}를 씁니다."},
        ],
        variables=[{"key": "가", "type": "text"}],
    )
    page = visit(**clipboard)
    page.goto(record.get_absolute_url())
    write(page, "가", "글")

    assert copied(page) == f"[{ko('Instruction')}]\n돕습니다.\n\n[{ko('User')}]\n글를 씁니다."
    press(page, f"2. {ko('User')}")
    page.wait_for_function("async () => (await navigator.clipboard.readText()) === '글를 씁니다.'")


def test_the_filled_text_is_saved_by_the_browser_itself(visit, tmp_path):
    page = visit()
    record = make_filled()
    page.goto(record.get_absolute_url())
    write(page, "요지", "가로등")

    with page.expect_download() as download:
        page.locator("[data-act='download']").click()

    assert download.value.suggested_filename == f"{record.slug}.txt"
    download.value.save_as(tmp_path / "x")
    assert (tmp_path / "x").read_text("utf-8").startswith("가로등에 정중한")


@pytest.mark.parametrize(("length", "in_address"), [(10, True), (3000, False)])
def test_open_text_goes_into_the_address_of_a_tool_while_it_is_short(visit, clipboard, length, in_address):
    OpenTool.objects.create(name="공개 AI", url="https://ai.invalid/?q={prompt}&m=1", channel="public_ai")
    page = visit(**clipboard)
    page.goto(make_prompt(published=True, messages=["{{가}}"]).get_absolute_url())
    write(page, "가", "가 &" * (length // 3))
    page.context.route("https://ai.invalid/**", lambda route: route.fulfill(body="opened"))

    with page.expect_popup() as popup:
        page.locator("[data-act='open']").click()

    assert ("q=" in popup.value.url) == in_address
    assert popup.value.evaluate("window.opener") is None
    assert page.evaluate("document.querySelector('.copy-status').textContent") == ko(
        "Copied. Paste it into the new window."
    )


def test_two_tabs_on_a_phone(visit, clipboard):
    page = visit(width=PHONE, **clipboard)
    page.goto(make_filled().get_absolute_url())
    text, blanks = page.locator("#prompt-text"), page.locator("[data-blank-input='요지']")
    expect(text).to_be_hidden()
    write(page, "요지", "가로등")

    page.get_by_role("tab", name=ko("The prompt"), exact=True).click()
    expect(text).to_contain_text("가로등에")
    expect(blanks).to_be_hidden()
    page.keyboard.press("ArrowLeft")

    expect(blanks).to_be_visible()
    assert copied(page).startswith("가로등에")


def test_the_next_step_opens_when_a_person_has_checked(visit):
    one = make_prompt(published=True, messages=["처음 {{가}}"])
    two = make_prompt(published=True, messages=["다음 {{나}}"])
    steps = [
        {"title": "하나", "prompt": pinned(one), "gate": "human", "check": "맞는지 봅니다."},
        {"title": "둘", "prompt": pinned(two), "gate": "auto"},
    ]
    page = visit()
    page.goto(make_steps(*steps).get_absolute_url())
    second = page.locator("#step-2-text")
    expect(second).to_be_hidden()

    tick(page, re.escape(ko("I have checked this.")))

    expect(second).to_be_visible()


@pytest.mark.parametrize("fields", [{}, INSIDE])
def test_without_script_the_text_can_be_read_after_the_advice(visit, fields):
    page = visit(java_script_enabled=False)
    page.goto(make_filled(verification_checklist=["날짜를 확인합니다."], **fields).get_absolute_url())
    if fields:
        expect(page.locator("#prompt-text")).to_be_hidden()
        expect(page.locator(".before-copy")).to_contain_text("민원인의 이름")
        page.locator(".before-copy a").click()

    expect(page.locator("#prompt-text")).to_have_text(TEXT)
    expect(page.locator(".needs-script:visible")).to_have_count(0)
    address = page.locator("[data-act='download']").get_attribute("href")
    assert page.request.get(address).text() == TEXT
