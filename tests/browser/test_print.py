"""What is printed: a table stays a table, however narrow the sheet is."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import PHONE
from tests.factories import make_competition

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DISPLAY = "each => getComputedStyle(each).display"


def test_tables_are_stacked_on_a_phone_and_not_on_paper(visit):
    page = visit(width=PHONE)
    page.goto(make_competition(title="주민 프롬프트 공모전").get_absolute_url())
    cell = page.locator(".table:not(.keep) td").first
    expect(cell).to_be_attached()
    assert cell.evaluate(DISPLAY) == "flex"

    page.emulate_media(media="print")

    assert cell.evaluate(DISPLAY) == "table-cell"
    table = page.locator(".table:not(.keep)").first
    assert table.locator("thead").evaluate(DISPLAY) == "table-header-group"
    assert table.locator("thead").evaluate("each => getComputedStyle(each).position") == "static"
