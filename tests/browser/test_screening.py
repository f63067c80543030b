"""An organiser screens entries: by keyboard, with a copied entry found and another sent back and corrected."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from accounts.models import AuditRecord, Message
from accounts.roles import Role
from competitions.actions.entries.drafts import save_draft
from competitions.actions.entries.submissions import submit_entry
from competitions.actions.screening.similarities import look_for_similar
from competitions.models import Entry
from competitions.states import EntryState
from tests.browser.test_accessibility import PHONE, look_here
from tests.browser.walk import ko, press, write
from tests.competitions.similar_entries import handed_in
from tests.competitions.similarity.texts import OTHER, TEXT
from tests.factories import entry_content, grant, make_closed_competition, make_competition, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOTE = "개인정보 처리 동의서를 다시 올려 주십시오."


def address(name, competition, *arguments):
    return reverse(f"competitions:organise_{name}", args=[competition.slug, *arguments])


def make_contest():
    """Returns (competition, original, copied, to be corrected)."""
    competition = make_closed_competition(title="주민 프롬프트 공모전")
    original = handed_in(TEXT, competition=competition, code="E1")
    copied = handed_in(TEXT, competition=competition, code="E2")
    correct = handed_in(OTHER, competition=competition, code="E3", entrant=make_user(name="김주민"))
    for entry in (original, copied, correct):
        look_for_similar(entry, at=now())
    return competition, original, copied, correct


def organiser_of(competition):
    person = make_user(name="담당 주무관")
    grant(person, Role.ORGANISER, competition)
    return person


def test_screening_with_a_copy_and_a_correction(visit):
    competition, original, copied, correct = make_contest()
    organiser = organiser_of(competition)
    page = visit(organiser)

    walk_the_list_by_keyboard(page, competition)
    settle_the_copy(page, original, copied)
    disqualify(page, copied)
    give_back(page, competition, correct)
    answer_the_correction(correct)
    accept_what_was_corrected(page, competition, correct)
    accept_by_keyboard(page, competition, original)

    states = competition.entries.order_by("code").values_list("state", flat=True)
    assert list(states) == [EntryState.ACCEPTED, EntryState.DISQUALIFIED, EntryState.ACCEPTED]
    verbs = ("entry.returned", "entry.accepted", "entry.disqualified")
    assert AuditRecord.objects.filter(verb__in=verbs, by=organiser).count() == 4
    kinds = set(Message.objects.filter(person=correct.entrant).values_list("kind", flat=True))
    assert {"entry.returned", "entry.accepted"} <= kinds


def walk_the_list_by_keyboard(page, competition):
    page.goto(address("entries", competition) + "?waiting=me")
    links = page.locator("[data-row] th a")
    expect(links).to_have_count(3)
    for key, row in (("j", 0), ("j", 1), ("k", 0), ("ArrowDown", 1)):
        page.keyboard.press(key)
        expect(links.nth(row)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[name='entries']").nth(1)).to_be_checked()
    page.keyboard.press("x")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    links.nth(1).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?waiting=me")
    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def settle_the_copy(page, original, copied):
    for key, entry in (("p", original), ("n", copied)):
        page.keyboard.press(key)
        page.wait_for_url(f"**/{entry.pk}/?waiting=me")
    expect(page.locator(".similar-list a", has_text=original.title)).to_be_visible()
    assert list(look_here(page, "entry")) == []
    page.locator(".similar-list a", has_text=original.title).click()
    expect(page.locator(".similar-side mark").first).to_be_visible()
    assert list(look_here(page, "side by side")) == []
    write(page, reason="같은 글입니다. 실격합니다.")
    press(page, "Settle")
    page.wait_for_url("**/similar/")


def disqualify(page, copied):
    page.goto(address("entry", copied.competition, copied.pk) + "?waiting=me")
    page.keyboard.press("d")
    expect(page.locator("#disqualify_reason")).to_be_focused()
    page.keyboard.type("다른 응모작을 옮겼습니다.")
    write(page, article="공고 제3조")
    press(page, "Disqualify")
    expect(page.get_by_role("main")).to_contain_text("공고 제3조")


def give_back(page, competition, correct):
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(address("entry", competition, correct.pk))
    write(page, note=NOTE, due=localtime(now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"))
    press(page, "Return for correction")
    expect(page.get_by_role("main")).to_contain_text(NOTE)
    assert Entry.objects.get(pk=correct.pk).state == EntryState.RETURNED


def answer_the_correction(entry):
    entry.refresh_from_db()
    save_draft(
        entry.competition,
        entry_content(title="고쳐 낸 응모작"),
        by=entry.entrant,
        at=now(),
        track=entry.track,
        entry=entry,
        revision=entry.revision,
    )
    submit_entry(entry, by=entry.entrant)


def accept_what_was_corrected(page, competition, correct):
    page.goto(address("entries", competition) + "?waiting=corrected")
    expect(page.locator("[data-row]")).to_have_count(1)
    page.locator("[data-row] th a").click()
    page.get_by_role("link", name=ko("Compare two versions")).click()
    expect(page.locator(".diff ins").first).to_be_visible()
    assert list(look_here(page, "versions")) == []
    page.goto(address("entry", competition, correct.pk))
    press(page, "Accept")
    expect(page.get_by_role("main")).to_contain_text(ko("The entry is accepted."))


def accept_by_keyboard(page, competition, original):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address("entries", competition) + "?state=submitted")
    assert list(look_here(page, "list")) == []
    page.keyboard.press("j")
    expect(page.locator("[data-row] th a")).to_be_focused()
    page.keyboard.press("a")
    expect(page.locator("[data-row]")).to_have_count(0)
    assert Entry.objects.get(pk=original.pk).state == EntryState.ACCEPTED


def test_many_are_returned_at_once_after_their_words_were_written(visit):
    competition, *_entries = make_contest()
    page = visit(organiser_of(competition), refusals=True)

    page.goto(address("entries", competition))
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("x")
    page.keyboard.press("r")
    expect(page.locator("[name='note']")).to_be_visible()
    assert list(look_here(page, "bulk")) == []
    press(page, "Return for correction")
    expect(page.locator(".error-summary")).to_be_visible()
    write(page, note=NOTE, due=localtime(now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M"))
    press(page, "Return for correction")

    expect(page.locator("[data-row]")).to_have_count(3)
    assert competition.entries.filter(state=EntryState.RETURNED).count() == 2


def test_keys_can_be_switched_off(visit):
    competition, *_entries = make_contest()
    page = visit(organiser_of(competition))

    page.goto(address("entries", competition))
    page.keyboard.press("?")
    page.locator("label[for='keys-switch']").click()
    page.get_by_role("dialog").get_by_role("button", name=ko("Close")).click()
    page.reload()
    page.keyboard.press("j")

    expect(page.locator("[data-row] th a").first).not_to_be_focused()


def test_a_sealed_entry_is_opened_once_with_a_reason(visit):
    competition = make_competition(is_sealed=True)
    entry = handed_in(TEXT, competition=competition)
    page = visit(organiser_of(competition))

    page.goto(address("entries", competition))
    expect(page.get_by_role("main")).not_to_contain_text(entry.title)
    page.get_by_role("link", name=entry.code, exact=True).click()
    assert list(look_here(page, "sealed")) == []
    write(page, reason="민원이 들어와 확인합니다.")
    press(page, "Open this entry")

    expect(page.get_by_role("main")).to_contain_text(entry.title)
    assert list(look_here(page, "opened")) == []
    page.goto(address("entry", competition, entry.pk))
    expect(page.get_by_role("main")).not_to_contain_text(entry.title)


def test_screening_works_without_script(visit):
    competition, original, *_others = make_contest()
    page = visit(organiser_of(competition), java_script_enabled=False)

    page.goto(address("entries", competition))
    expect(page.locator("[data-keys-button]")).to_be_hidden()
    page.locator(f"label[for='tick-{original.pk}']").click()
    press(page, "Accept the ticked entries")

    expect(page.locator("[data-row]")).to_have_count(3)
    assert Entry.objects.get(pk=original.pk).state == EntryState.ACCEPTED
