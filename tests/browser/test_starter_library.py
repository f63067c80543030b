"""Every prompt of the starter library, filled in on its own page."""

import pytest
from playwright.sync_api import expect

from casebook.actions.starter import load_starter
from casebook.models import Prompt
from tests.browser.walk import press
from tests.factories import AT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_prompt_is_filled_by_its_examples(visit):
    load_starter(by=None, at=AT, publish=True)
    page = visit()

    for prompt in Prompt.objects.order_by("pk"):
        page.goto(prompt.get_absolute_url())
        press(page, "Fill in all examples")
        expect(page.locator("#prompt-text mark:not(.is-filled)")).to_have_count(0)
        expect(page.locator("#prompt-text")).not_to_contain_text("{{")
        expect(page.locator("[data-blank-input][aria-invalid='true']")).to_have_count(0)
