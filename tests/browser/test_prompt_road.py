"""A prompt from its first word to its use: written, checked, reviewed, proposed against, compared, filled, copied."""

import re

import pytest
from playwright.sync_api import expect

from casebook.models import Prompt, PromptVersion, Proposal
from casebook.states import VersionState
from tests.browser.walk import ko, press, press_and_agree, write
from tests.factories import make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TEXT = "{{민원요지}}에 대한 답변을 ${분량}으로 써 주세요."
TEXTS = {
    "title": "민원 답변 초안",
    "summary": "민원 요지를 넣으면 답변 초안을 만듭니다.",
    "purpose": "답변의 첫 글을 빨리 쓰기 위함입니다.",
    "output_format": "세 문단",
    "example_input": "도로 파임 신고",
    "example_output": "안녕하십니까. 도로를 고치겠습니다.",
    "verification_checklist": "사실을 확인했는가",
    "prohibited_inputs": "이름, 연락처",
}


@pytest.fixture
def people():
    return {name: make_user(role) for name, role in PEOPLE.items()}


PEOPLE = {"author": "staff", "editor": "editor", "colleague": "staff"}
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.mark.parametrize("script", [True, False])
def test_a_prompt_goes_its_whole_road(visit, people, script):
    options = {} if script else {"java_script_enabled": False}
    author, editor, colleague = (visit(people[name], refusals=True, **options) for name in PEOPLE)

    version = write_and_hand_in(author, script=script)
    publish(editor, version, script=script)
    propose(colleague, version.record)
    accept(editor, script=script)
    compare(visit(**options), version.record)

    assert version.record.versions.filter(state=VersionState.PUBLISHED).count() == 2
    assert version.record.versions.get(number=2).created_by == people["colleague"]


def write_and_hand_in(page, *, script):
    """The first version has a blank of another tool; the lint says so and mends it."""
    page.goto("/write/new/")
    write(page, **TEXTS)
    page.locator("[data-message]").first.fill(TEXT)
    if script:
        expect(page.locator("#save-status")).to_have_attribute("data-state", "saved")
    else:
        press(page, "Save")
    page.locator("#editor-findings button[value^='fix:foreign']").click()
    expect(page.locator("[data-message]").first).to_have_value(TEXT.replace("${분량}", "{{분량}}"))
    press(page, "Ask for review")
    expect(page).to_have_url(re.compile(r"/write/$"))
    version = PromptVersion.objects.select_related("record").get()
    assert version.state == VersionState.IN_REVIEW
    return version


def publish(page, version, *, script):
    page.goto("/desk/")
    page.get_by_role("link", name=version.record.title).click()
    points = page.get_by_role("group", name=ko("Checked")).get_by_role("checkbox")
    expect(points.first).to_be_attached()  # the desk has no such group: wait for the page
    for point in points.all():
        page.locator(f"label[for='{point.get_attribute('id')}']").click()
    (press_and_agree if script else press)(page, "Publish this version")
    expect(page.get_by_role("main")).to_contain_text(
        ko("“%(title)s” is published.", title=version.record.title)
    )


def propose(page, prompt):
    page.goto(f"/prompts/{prompt.slug}/propose/")
    write(page, output_format="네 문단, 맨 앞에 결론", note="결론이 먼저 나오면 좋겠습니다.")
    press(page, "Show what changes")
    expect(page.locator("ins").first).to_be_visible()
    press(page, "Send the proposal")
    assert Proposal.objects.get().state == Proposal.State.OPEN


def accept(page, *, script):
    page.goto("/proposals/")
    page.get_by_role("main").get_by_role("link", name=TEXTS["title"]).first.click()
    (press_and_agree if script else press)(page, "Accept and publish")
    expect(page.get_by_role("main")).to_contain_text(ko("Change accepted"))


def compare(page, prompt):
    page.goto(f"/prompts/{prompt.slug}/compare/?a=1&b=2")
    expect(page.locator("del").first).to_contain_text("세")
    expect(page.locator("ins").first).to_contain_text("네")


def test_what_was_published_is_filled_and_copied_without_identity_numbers(visit, people):
    author = visit(people["author"], refusals=True)
    version = write_and_hand_in(author, script=True)
    publish(visit(people["editor"]), version, script=True)
    page = visit(people["colleague"], **CLIPBOARD)
    page.goto(Prompt.objects.get().get_absolute_url())
    blank, copy = page.locator("[data-blank-input='민원요지']"), ko("Copy the prompt")

    blank.fill(f"신청인 {900101}-{1234567}의 도로 파임")
    expect(page.get_by_role("button", name=copy)).to_be_disabled()
    blank.fill("도로 파임")
    page.get_by_role("button", name=copy).click()

    expect(page.locator(".copy-status")).to_contain_text(ko("Copied"))
    assert page.evaluate("navigator.clipboard.readText()").startswith("도로 파임에 대한 답변을")
