"""Every page with the demo city: axe finds nothing, nothing sticks out, and no script complains."""

from pathlib import Path

import pytest

from tests.browser import demo_pages
from tests.browser.walk import ko, press

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Only these rules look at colours; dark and light differ in nothing else.
COLOURS = ["color-contrast", "link-in-text-block"]
WIDE, PHONE = 1280, 390
FIND = """async (only) => {
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"], preload: false});
  return found.violations.flatMap((rule) => rule.nodes.map((node) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary.split("\\n").slice(1).join(" ").trim()}`));
}"""
# What fades in would be measured half way.
STILL = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("*, *::before, *::after { transition: none !important; animation: none !important; }");
  document.adoptedStyleSheets = [sheet];
}"""
SPILL = """() => {
  const width = document.documentElement.clientWidth;
  return document.documentElement.scrollWidth > width
    ? [`${document.documentElement.scrollWidth} px wide`] : [];
}"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_every_page(visit, server, subtests):
    """One test, so that the demo city is loaded once."""
    demo_pages.load()
    assert demo_pages.names_of_pages() - demo_pages.names_looked_at() == set()
    for role, addresses in demo_pages.pages().items():
        with subtests.test(role=role):
            page = open_as(visit, role)
            assert [fault for address in addresses for fault in look(page, address)] == []
    for mode in ("dark", "high-contrast"):
        with subtests.test(mode=mode):
            assert list(look_in(mode, visit, server)) == []
    for look_closer in (look_at_refusals, look_at_missing_page, look_at_open_parts):
        with subtests.test(look_closer.__name__):
            assert list(look_closer(visit)) == []


def open_as(visit, role, **options):
    return visit(None if role == demo_pages.VISITOR else demo_pages.person(role), **options)


def look_in(mode, visit, server):
    """What is wrong with the colours a person has chosen; every second page is enough to see them all."""
    for role in (demo_pages.VISITOR, "judge"):
        page = open_as(visit, role)
        page.context.add_cookies([{"name": "display_mode", "value": mode, "url": server.url}])
        for address in demo_pages.pages()[role][::2]:
            open_page(page, address)
            yield from named(f"{address} {mode}", axe(page, "rule", COLOURS))


def look_at_refusals(visit):
    for role, address, button in demo_pages.refused():
        page = open_as(visit, role, refusals=True)
        page.goto(address)
        for field in page.locator("main input[type=text]:visible, main textarea:visible").all():
            field.fill("")
        page.get_by_role("main").get_by_role("button", name=ko(button), exact=True).click()
        page.locator(".error-summary:focus").wait_for()
        yield from look_here(page, f"{address} refused")


def look_at_missing_page(visit):
    page = visit(refusals=True)
    page.goto("/competitions/there-is-none/")
    yield from look_here(page, "missing")


def look_at_open_parts(visit):
    """Menus, facets and the question of a button, each as it looks open."""
    page = open_as(visit, "organiser", width=PHONE)
    page.goto("/prompts/")
    for opener in page.locator("[data-disclose]:visible").all():
        opener.click()
    yield from look_here(page, "menu", widths=[PHONE])
    page = open_as(visit, "organiser")
    page.goto(demo_pages.asking())
    for dropdown in page.locator("details.dropdown").all():
        dropdown.locator("summary").click()
        yield from look_here(page, "dropdown", widths=[WIDE])
    press(page, "Announce")
    yield from look_here(page, "question")


def look(page, address):
    open_page(page, address)
    return look_here(page, address)


def open_page(page, address):
    answer = page.goto(address)
    assert answer.status == 200, f"{address}: {answer.status}"
    prepare(page)


def prepare(page):
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
        page.evaluate(STILL)


def look_here(page, place, *, widths=(PHONE, WIDE)):
    """What is wrong with a page as it is, in light and dark, narrow and wide."""
    prepare(page)
    for scheme, kind, values in (("light", "tag", TAGS), ("dark", "rule", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            yield from named(f"{place} {scheme} {width}", page.evaluate(SPILL) + axe(page, kind, values))


def axe(page, kind, values):
    return page.evaluate(FIND, {"type": kind, "values": values})


def named(place, faults):
    return [f"{place}: {fault}" for fault in faults]
