"""In English, pages show Korean only where the stored content is Korean."""

import re

import pytest
from django.apps import apps
from lxml import html

from competitions.actions.calls.templates import call_templates
from tests.config.test_every_url import address
from tests.config.url_table import ROWS
from tests.config.world import make_world

HANGUL_WORD = re.compile("[가-힣]+")
OWN_NAMES = {"한국어"}  # the language switch names each language in itself
# Made of stored Korean content: the offered attribution of a copy, and a text with its blank filled in.
MADE_OF_CONTENT = {"원저작", "제", "판", "고장에"}


def words(text):
    return set(HANGUL_WORD.findall(text))


def stored_words():
    models = [
        model
        for name in ("accounts", "casebook", "learning", "competitions")
        for model in apps.get_app_config(name).get_models()
    ]
    return {word for model in models for row in model.objects.values() for word in words(str(row))}


def shown(page):
    """The page without what it says to be Korean, such as the Korean words of a letter."""
    document = html.document_fromstring(page.content.decode())
    for element in document.xpath("//body//*[@lang='ko']"):
        element.drop_tree()
    return html.tostring(document, encoding="unicode")


def is_page(response):
    return response.status_code == 200 and response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("role", ["visitor", "resident", "judge", "organiser", "administrator"])
def test_english_pages_say_nothing_in_korean(client, db, role):
    world = make_world()
    if role != "visitor":
        client.force_login(world.people[role])
    client.cookies["language"] = "en"

    pages = {key: client.get(address(key, row, world)) for key, row in ROWS.items() if row.get[role] == 200}

    allowed = stored_words() | words(str(call_templates())) | OWN_NAMES | MADE_OF_CONTENT
    found = {key: words(shown(page)) - allowed for key, page in pages.items() if is_page(page)}
    assert {key: left for key, left in found.items() if left} == {}
