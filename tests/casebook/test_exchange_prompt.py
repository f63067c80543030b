"""The page that gives one prompt as a file of another tool."""

from urllib.parse import unquote

import pytest

from casebook.actions.export_prompts import ONE
from casebook.actions.versions import add_version
from casebook.interchange import Item, read_file
from tests.factories import AT, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db
CLOSED = {"sensitivity": "internal", "channel": "agency_ai", "prohibited_inputs": "이름"}


def address(prompt, query=""):
    return f"/prompts/{prompt.slug}/export/{query}"


@pytest.mark.parametrize("name", ONE)
def test_every_form_is_downloaded_and_read_again(client, name):
    prompt = make_prompt(published=True, title="공문 초안")

    response = client.get(address(prompt, f"?format={name}&download=1"))

    file_name = unquote(response["Content-Disposition"]).partition("''")[2]
    assert file_name.startswith("공문-초안.")
    [item] = read_file(file_name, response.content)
    assert isinstance(item, Item)


def test_page_says_what_the_form_does_not_hold(client):
    prompt = make_prompt(published=True, licence="KOGL-1")

    assert client.get(address(prompt, "?format=librechat")).context["losses"]
    assert client.get(address(prompt, "?format=markdown")).context["losses"] == []


def test_page_says_what_only_this_site_reads(client):
    prompt = make_prompt(published=True, licence="KOGL-1")

    assert client.get(address(prompt, "?format=prompty")).context["carried"]


def test_unknown_form_is_the_first(client):
    assert client.get(address(make_prompt(published=True), "?format=exe")).context["format"] == "markdown"


def test_prompt_of_steps_is_not_forced_into_a_form(client):
    held = make_prompt(published=True)
    step = {"title": "하나", "prompt": {"uid": str(held.uid), "version": 1}, "gate": "auto", "check": ""}
    prompt = make_prompt(published=True, messages=[], steps=[step])

    response = client.get(address(prompt, "?format=prompty&download=1"))

    assert not response.context["can_download"]
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(("query", "kind"), [("", "text/html"), ("&ack=1", "text/markdown")])
def test_what_is_not_open_is_handed_out_after_the_advice(client, query, kind):
    prompt = make_prompt(published=True, **CLOSED)

    response = client.get(address(prompt, f"?format=markdown&download=1{query}"))

    assert response["Content-Type"].startswith(kind)


def test_version_asked_for_is_the_one_exported(client):
    prompt = make_prompt(published=True, title="첫째")
    add_version(prompt, prompt_content(title="둘째"), by=None, at=AT)

    assert "첫째" in client.get(address(prompt, "?format=json&download=1")).content.decode()
    assert client.get(address(prompt, "?format=json&download=1&version=2")).status_code == 404  # a draft


def test_draft_is_for_its_author(client):
    author = make_user("staff")
    prompt = make_prompt(by=author)

    assert client.get(address(prompt)).status_code == 404
    client.force_login(author)
    assert client.get(address(prompt)).status_code == 200
