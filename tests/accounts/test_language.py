import pytest
from django.urls import reverse

from tests.factories import make_user

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def test_korean_is_the_default_whatever_nothing_is_said(client):
    assert '<html lang="ko"' in client.get(LOGIN).content.decode()


def test_language_switch_leads_back_and_stays(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": LOGIN})

    assert response.url == LOGIN
    assert '<html lang="en"' in client.get(LOGIN).content.decode()


@pytest.mark.parametrize("language", ["xx", ""])
def test_unknown_language_changes_nothing(client, language):
    client.post(reverse("set_language"), {"language": language, "next": LOGIN})

    assert '<html lang="ko"' in client.get(LOGIN).content.decode()


def test_language_switch_never_leads_elsewhere(client):
    response = client.post(reverse("set_language"), {"language": "en", "next": "https://evil.example/"})

    assert response.url == "/"


@pytest.mark.parametrize("mode", ["auto", "light", "dark", "high-contrast"])
def test_display_mode_is_kept(client, mode):
    response = client.post(reverse("display_mode"), {"mode": mode, "next": LOGIN})

    assert response.url == LOGIN
    assert client.get(LOGIN).context["display_mode"] == mode


@pytest.mark.parametrize("mode", ["neon", ""])
def test_unknown_display_mode_changes_nothing(client, mode):
    client.post(reverse("display_mode"), {"mode": "dark"})
    client.post(reverse("display_mode"), {"mode": mode})

    assert client.get(LOGIN).context["display_mode"] == "dark"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_display_mode_never_leads_elsewhere(client, address):
    assert client.post(reverse("display_mode"), {"mode": "dark", "next": address}).url == "/"


def test_display_mode_needs_a_post(client):
    assert client.get(reverse("display_mode")).status_code == 405


def test_display_mode_cookie_is_not_for_scripts(client):
    cookie = client.post(reverse("display_mode"), {"mode": "dark"}).cookies["display_mode"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_pages_of_a_person_have_both_switches(as_user):
    page = as_user(make_user()).get("/jobs/?page=1").content.decode()

    assert page.count('value="/jobs/?page=1"') == 2


def test_pages_are_korean_whatever_the_browser_prefers(client):
    response = client.get(LOGIN, headers={"accept-language": "en-US,en;q=0.9"})

    assert response.headers["Content-Language"] == "ko"
