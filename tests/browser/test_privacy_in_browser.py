"""The same lines through the detector in Python and in Chromium: the same places, to the character."""

import json
from pathlib import Path
from random import Random

import pytest
from django.contrib.staticfiles import finders
from django.template import Context, Template
from django.utils.translation import override

from accounts.privacy import BLOCKING, browser_patterns, find
from tests.accounts.personal_lines import HARMLESS, PERSONAL
from tests.accounts.personal_texts import LABELS, numbers, sentence, spelling

pytestmark = pytest.mark.browser
FIND = "(texts) => texts.map((text) => window.personalData.find(text))"
EMBED = """(patterns) => {
  const script = document.createElement("script");
  script.id = "privacy-patterns";
  script.type = "application/json";
  script.textContent = patterns;
  document.head.append(script);
}"""


@pytest.fixture
def detector(chromium):
    page = chromium.new_context().new_page()
    page.evaluate(EMBED, json.dumps(browser_patterns()))
    page.add_script_tag(path=Path(finders.find("js/privacy.js")))
    yield lambda texts: page.evaluate(FIND, texts)
    page.context.close()


def corpus():
    random = Random(3)
    lines = [line for lines in PERSONAL.values() for line in lines] + HARMLESS
    drawn = [
        sentence(kind, spelling(numbers(kind, random), random), random)
        for kind in LABELS
        for _number in range(40)
    ]
    # Signs outside the basic plane count twice in a browser.
    return [*lines, *drawn, *(f"😀𝟗{line}😀" for line in lines), "\n".join([*lines, *drawn])]


def as_in_browser(text, finding):
    """A browser counts UTF-16 units."""
    return (finding.kind, _units(text[: finding.start]), _units(text[: finding.end]))


def _units(text):
    return len(text.encode("utf-16-le")) // 2


def test_browser_finds_what_the_server_finds(detector):
    texts = corpus()
    answers = detector(texts)

    assert len(texts) > 500
    for text, answer in zip(texts, answers, strict=True):
        expected = [as_in_browser(text, finding) for finding in find(text)]
        assert [(each["kind"], each["start"], each["end"]) for each in answer] == expected, text


def test_browser_says_what_blocks_and_its_name(detector):
    [[rrn, phone]] = detector(["주민번호 900101-1234567, 전화 010-1234-5678"])

    assert rrn["blocking"] is ("rrn" in BLOCKING) is True
    assert rrn["label"] == "Resident registration number"
    assert phone["blocking"] is False


def test_tag_embeds_the_patterns_in_the_language_of_the_page():
    with override("en"):
        html = Template("{% privacy_patterns %}").render(Context())

    assert '<script id="privacy-patterns" type="application/json">' in html
    assert "Resident registration number" in html
    assert "js/privacy" in html
