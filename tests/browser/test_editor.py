"""Writing a prompt in a browser: rows that appear, saving by itself, two windows, no connection, no script."""

import re

import pytest
from playwright.sync_api import expect

from casebook.models import Prompt, PromptVersion
from casebook.states import VersionState
from tests.browser.walk import ko, press, write
from tests.casebook.drafting import COMPLETE, make_draft
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "{{민원요지}}에 대한 답변을 ${분량}으로 써 주세요."


def status(page):
    return page.locator("#save-status")


def wait_until_saved(page):
    page.keyboard.press("Control+s")
    expect(status(page)).to_have_attribute("data-state", "saved")


def open_draft(page, version):
    page.goto(f"/write/{version.pk}/")


def keys(page):
    return [key.input_value() for key in page.locator("[data-key]").all()]


def test_a_prompt_is_written_mended_and_handed_in(visit):
    page = visit(make_user("staff"))
    page.goto("/write/new/")
    page.fill("[name=title]", "민원 답변")
    page.fill("[data-message]", TEXT)
    expect(page.locator("[data-key]")).to_have_value("민원요지")
    expect(page.locator("#editor-preview mark")).to_have_text("{{민원요지}}")
    expect(status(page)).to_have_attribute("data-state", "saved")  # by itself
    expect(page).to_have_url(re.compile(r"/write/\d+/$"))
    expect(page.locator("[name=command]")).to_have_value("minwon-dapbyeon")

    page.locator("#editor-findings button[value^='fix:foreign']").click()
    expect(page.locator("[data-message]")).to_have_value(TEXT.replace("${분량}", "{{분량}}"))
    assert keys(page) == ["민원요지", "분량"]
    write(
        page, **{name: text for name, text in COMPLETE.items() if isinstance(text, str) and name != "licence"}
    )
    write(page, verification_checklist="사실을 확인했는가", summary="답변을 씁니다")
    press(page, "Ask for review")

    expect(page).to_have_url(re.compile(r"/write/$"))
    version = PromptVersion.objects.get()
    assert (version.state, version.record.slug) == (VersionState.IN_REVIEW, "민원-답변")


def test_rows_move_by_keyboard_and_a_blank_is_renamed_everywhere(visit):
    version = make_draft(messages=[{"role": "user", "content": "{{이름}} 님"}])
    page = visit(version.created_by)
    open_draft(page, version)

    press(page, "Add a message")
    page.keyboard.type("둘째 글")
    page.keyboard.press("Alt+ArrowUp")
    page.locator("[data-key]").fill("성함")
    page.locator("[data-key]").blur()
    wait_until_saved(page)

    page.reload()
    assert [text.input_value() for text in page.locator("[data-message]").all()] == ["둘째 글", "{{성함}} 님"]
    assert keys(page) == ["성함"]


def test_a_described_blank_that_left_the_text_is_marked(visit):
    version = make_draft(**COMPLETE)
    page = visit(version.created_by)
    open_draft(page, version)

    page.fill("[data-message]", "빈칸이 없습니다")

    expect(
        page.get_by_text(ko("The text holds this blank no longer. Remove it, or put it back into the text."))
    ).to_be_visible()


def test_confidential_information_closes_public_ai(visit):
    version = make_draft()
    page = visit(version.created_by)
    open_draft(page, version)

    page.locator("label", has=page.locator("xpath=self::*[@for='id_sensitivity_2']")).click()

    expect(page.locator("[name=channel][value=public_ai]")).to_be_disabled()
    expect(page.locator("[name=channel][value=agency_ai]")).to_be_checked()
    expect(page.locator("#channel-closed")).to_be_visible()


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "첫째 창"), ("Take the saved one", "둘째 창")])
def test_two_windows_and_both_texts(visit, choice, kept):
    version = make_draft()
    first, second = visit(version.created_by, refusals=True), visit(version.created_by)
    open_draft(first, version)
    open_draft(second, version)
    second.fill("[name=summary]", "둘째 창")
    wait_until_saved(second)
    first.fill("[name=summary]", "첫째 창")
    first.keyboard.press("Control+s")
    dialog = first.get_by_role("dialog")
    expect(dialog).to_contain_text("첫째 창")
    expect(dialog).to_contain_text("둘째 창")

    press(first, choice)

    expect(dialog).to_be_hidden()
    expect(first.locator("[name=summary]")).to_have_value(kept)
    wait_until_saved(first)
    assert PromptVersion.objects.get().content["summary"] == kept


def test_without_a_connection_the_text_is_kept_and_sent_later(visit):
    version = make_draft()
    page = visit(version.created_by)
    open_draft(page, version)
    page.evaluate("() => { window.really = fetch; window.fetch = () => Promise.reject(new TypeError()); }")
    page.fill("[name=summary]", "끊긴 동안 쓴 글")
    page.keyboard.press("Control+s")
    expect(status(page)).to_have_attribute("data-state", "offline")

    page.evaluate("() => { window.fetch = window.really; dispatchEvent(new Event('online')); }")

    expect(status(page)).to_have_attribute("data-state", "saved")
    assert PromptVersion.objects.get().content["summary"] == "끊긴 동안 쓴 글"


def test_an_ended_session_keeps_the_text_and_offers_to_log_in(visit):
    version = make_draft()
    page = visit(version.created_by, refusals=True)
    open_draft(page, version)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.fill("[name=summary]", "로그아웃된 동안 쓴 글")
    page.keyboard.press("Control+s")
    expect(status(page).get_by_role("link")).to_have_attribute("target", "_blank")

    page.context.add_cookies([cookie for cookie in cookies if cookie["name"] == "sessionid"])
    page.evaluate("dispatchEvent(new Event('focus'))")

    expect(status(page)).to_have_attribute("data-state", "saved")
    assert PromptVersion.objects.get().content["summary"] == "로그아웃된 동안 쓴 글"


def test_text_left_behind_in_this_browser_is_offered(visit):
    version = make_draft()
    page = visit(version.created_by)
    open_draft(page, version)
    page.evaluate(
        """() => {
          document.querySelector("[name=summary]").value = "두고 간 글";
          window.editorKeep.keep();
        }"""
    )
    page.reload()

    press(page, "Put it back")

    expect(page.locator("[name=summary]")).to_have_value("두고 간 글")
    expect(page.locator("#editor-kept")).to_be_hidden()


def test_all_of_it_works_without_script(visit):
    page = visit(make_user("staff"), java_script_enabled=False)
    page.goto("/write/new/")
    page.fill("[name=title]", "민원 답변")
    page.fill("[name=messages-0-content]", "{{민원요지}}에 답합니다")
    page.locator(".editor-bar [data-save]").click()
    page.fill("[name=messages-900000-content]", "둘째 글")
    page.locator(".editor-bar [data-save]").click()
    page.locator("[name=op][value='up:messages:1']").click()
    page.locator("#blanks summary").click()
    page.fill("[name=variables-0-help]", "한 줄로")
    page.locator(".editor-bar [data-save]").click()

    content = Prompt.objects.get().versions.get().content
    assert [message["content"] for message in content["messages"]] == ["둘째 글", "{{민원요지}}에 답합니다"]
    assert content["variables"][0]["help"] == "한 줄로"


def test_a_very_large_prompt_stays_usable(visit):
    text = " ".join(f"{{{{빈칸{number}}}}}" for number in range(500))
    version = make_draft(messages=[{"role": "user", "content": text + "가" * (144_260 - len(text))}])
    page = visit(version.created_by)
    open_draft(page, version)
    assert page.locator("[data-key]").count() == 500

    page.fill("[name=summary]", "아주 긴 글")
    wait_until_saved(page)

    assert len(PromptVersion.objects.get().content["variables"]) == 500
