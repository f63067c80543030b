"""What no view can read, through all middleware."""

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

from competitions.models import Entry
from tests.factories import make_competition, make_entry, make_user

pytestmark = pytest.mark.django_db
LARGE = "case-problem=" + "a" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def own(client):
    """A browser that is logged in and held to the CSRF token, and the address of an own entry."""
    client.handler.enforce_csrf_checks = True
    entry = make_entry(make_competition(), entrant=make_user())
    client.force_login(entry.entrant)
    client.get(entry.get_absolute_url())  # brings the cookie without which the body is not looked at
    return client, entry.get_absolute_url()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_request_too_large_is_said_in_the_language_of_the_page(own, language):
    client, address = own
    client.cookies["language"] = language

    response = client.post(address, LARGE, content_type=FORM)

    page = response.content.decode()
    assert response.status_code == 413
    assert f'<html lang="{language}"' in page
    with override(language):
        assert gettext("This is too large") in page
    assert Entry.objects.get().revision == 1


def test_a_script_is_told_in_json(own):
    client, address = own

    response = client.post(address, LARGE, content_type=FORM, headers={"accept": "application/json"})

    assert response.status_code == 413
    told = response.json()
    assert told["detail"] == told["problem"]
    assert told["problem"] in told["problems"]
    assert told["errors"] == []


def test_a_form_with_files_and_too_much_text_is_told_too(own):
    client, address = own

    response = client.post(address, {"case-problem": LARGE})  # multipart

    assert response.status_code == 413


def test_a_request_of_the_size_that_is_taken_is_read(own):
    client, address = own

    response = client.post(address, LARGE[: settings.DATA_UPLOAD_MAX_MEMORY_SIZE], content_type=FORM)

    assert response.status_code == 403  # no token


def test_a_visitor_with_a_request_too_large_is_told_too(client):
    client.handler.enforce_csrf_checks = True
    client.get("/accounts/login/")

    assert client.post("/accounts/login/", LARGE, content_type=FORM).status_code == 413


def test_a_request_that_makes_no_sense_is_a_plain_400(client):
    assert client.get("/?q=%00").status_code == 400
