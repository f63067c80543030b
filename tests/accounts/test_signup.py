import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from accounts.actions.profile import NOTICE_VERSION
from accounts.demo import DEMO_PASSWORD
from accounts.models import AuditRecord, Consent, User
from accounts.roles import Role
from tests.factories import PASSWORD, make_government, make_user

pytestmark = pytest.mark.django_db
WANTED = {
    "name": "김가온",
    "email": "Kim@Example.org",
    "password1": PASSWORD,
    "password2": PASSWORD,
    "consent": "on",
}


@pytest.fixture(autouse=True)
def _fresh_rate_limits():
    cache.clear()


def sign_up(client, **changes):
    return client.post(reverse("account_signup"), WANTED | changes)


def make_confirmed(email="kim@example.org", **fields):
    user = make_user(email=email, **fields)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def log_in(client, email="kim@example.org", password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_sign_up_keeps_name_consent_and_audit(client):
    response = sign_up(client)

    user = User.objects.get()
    consent = Consent.objects.get()
    assert response.url == reverse("account_email_verification_sent")
    assert (user.name, user.email) == ("김가온", "kim@example.org")
    assert (consent.user, consent.purpose, consent.text_version) == (user, "account", NOTICE_VERSION)
    assert AuditRecord.objects.filter(verb="account.created", about=user).count() == 1


def test_sign_up_then_confirm_then_log_in(client):
    sign_up(client)
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    assert client.get(link).status_code == 200
    client.post(link)
    response = log_in(client)

    assert response.url == "/"
    assert client.get(reverse("profile")).status_code == 200


def test_sign_up_mail_speaks_korean_and_names_the_site(client):
    make_government(name="가온시")

    sign_up(client)

    assert mail.outbox[0].to == ["kim@example.org"]
    assert "testserver" not in mail.outbox[0].subject
    assert "kim@example.org" in mail.outbox[0].body


def test_sign_up_without_consent_is_refused_and_keeps_what_was_typed(client):
    response = sign_up(client, consent="")

    assert User.objects.count() == 0
    assert "consent" in response.context["form"].errors
    assert 'value="김가온"' in response.content.decode()


def test_sign_up_without_a_name_is_refused(client):
    response = sign_up(client, name="   ")

    assert User.objects.count() == 0
    assert "name" in response.context["form"].errors


@pytest.mark.parametrize("password", ["short1", "password123", "8301928374", "Kim@Example.org"])
def test_sign_up_with_a_weak_password_is_refused(client, password):
    response = sign_up(client, password1=password, password2=password)

    assert User.objects.count() == 0
    assert "password1" in response.context["form"].errors


def test_sign_up_with_two_different_passwords_is_refused(client):
    response = sign_up(client, password2="another-9041-text")

    assert User.objects.count() == 0
    assert "password2" in response.context["form"].errors


def test_sign_up_with_a_known_address_in_other_case_tells_only_its_owner(client):
    make_confirmed()

    response = sign_up(client, email="KIM@example.ORG")

    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    assert Consent.objects.count() == 0
    assert mail.outbox[0].to == ["kim@example.org"]
    assert reverse("account_reset_password") in mail.outbox[0].body


def test_sign_up_by_a_robot_opens_nothing(client):
    response = sign_up(client, homepage="https://spam.example")

    assert response.url == reverse("account_email_verification_sent")
    assert User.objects.count() == 0
    assert mail.outbox == []


def test_sign_up_page_has_no_inline_style(client):
    assert "style=" not in client.get(reverse("account_signup")).content.decode()


def test_password_fields_take_pasted_text(client):
    page = client.get(reverse("account_signup")).content.decode()

    assert "onpaste" not in page
    assert page.count('autocomplete="new-password"') == 2


def test_login_with_a_wrong_password_is_refused(client):
    make_confirmed()

    response = log_in(client, password="wrong-9041-text")

    assert response.status_code == 200
    assert len(response.context["form"].non_field_errors()) == 1
    assert "_auth_user_id" not in client.session


def test_login_of_an_unknown_address_says_the_same_as_a_wrong_password(client):
    make_confirmed()

    wrong = log_in(client, password="wrong-9041-text").context["form"].non_field_errors()
    unknown = log_in(client, email="nobody@example.org").context["form"].non_field_errors()

    assert wrong == unknown


def test_login_in_other_case(client):
    user = make_confirmed()

    log_in(client, email="KIM@EXAMPLE.org")

    assert client.session["_auth_user_id"] == str(user.pk)


def test_login_with_an_unconfirmed_address_sends_the_link_again(client):
    sign_up(client)
    mail.outbox.clear()
    cache.clear()

    response = log_in(client)

    assert response.url == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    assert len(mail.outbox) == 1


def test_login_of_a_closed_account_is_refused(client):
    make_confirmed(is_active=False)

    response = log_in(client)

    assert response.url == reverse("account_inactive")
    assert "_auth_user_id" not in client.session


def test_login_is_limited_after_many_wrong_passwords(client):
    make_confirmed()
    for _attempt in range(6):
        log_in(client, password="wrong-9041-text")

    response = log_in(client)

    assert "_auth_user_id" not in client.session
    assert len(response.context["form"].non_field_errors()) == 1


def test_login_leads_to_the_page_asked_for(client):
    make_confirmed()

    response = client.post(
        reverse("account_login"), {"login": "kim@example.org", "password": PASSWORD, "next": "/jobs/"}
    )

    assert response.url == "/jobs/"


def test_login_never_leads_elsewhere(client):
    make_confirmed()

    response = client.post(
        reverse("account_login"),
        {"login": "kim@example.org", "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert response.url == "/"


def test_logout_needs_a_press(client):
    client.force_login(make_user())

    assert client.get(reverse("account_logout")).status_code == 200
    assert "_auth_user_id" in client.session

    client.post(reverse("account_logout"))
    assert "_auth_user_id" not in client.session


def test_password_reset_from_mail_to_login(client):
    make_confirmed()
    client.post(reverse("account_reset_password"), {"email": "kim@example.org"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]

    form_address = client.get(link).url
    new = {"password1": "quite-new-7355", "password2": "quite-new-7355"}
    response = client.post(form_address, new)

    assert response.url == reverse("account_reset_password_from_key_done")
    assert User.objects.get().check_password("quite-new-7355")


def test_password_reset_of_an_unknown_address_looks_the_same(client):
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})

    assert response.url == reverse("account_reset_password_done")
    assert mail.outbox[0].to == ["nobody@example.org"]
    assert reverse("account_signup") in mail.outbox[0].body


def test_password_reset_link_works_once(client):
    make_confirmed()
    client.post(reverse("account_reset_password"), {"email": "kim@example.org"})
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    new = {"password1": "quite-new-7355", "password2": "quite-new-7355"}
    client.post(client.get(link).url, new)

    response = client.get(link)

    assert response.context["token_fail"] is True


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
        "account_logout",
    ],
)
def test_entrance_pages_open_without_login_in_our_frame(client, name):
    response = client.get(reverse(name), follow=True)

    assert response.status_code == 200
    assert 'id="main"' in response.content.decode()


@pytest.mark.parametrize(
    "name", ["account_logout", "account_email", "account_change_password", "account_reauthenticate"]
)
def test_account_pages_open_in_our_frame(client, name):
    client.force_login(make_confirmed())

    response = client.get(reverse(name), follow=True)

    assert response.status_code == 200
    assert 'id="main"' in response.content.decode()


def test_confirmation_with_a_wrong_key_explains(client):
    response = client.get(reverse("account_confirm_email", args=["wrong"]))

    assert response.status_code == 200
    assert response.context["confirmation"] is None


# The demo's accounts


def make_demo_person():
    return make_user(Role.EDITOR, email="editor@demo.example", name="시연 편집자")


def test_login_page_lists_demo_people_in_the_demo(client, settings):
    settings.DEMO = True
    make_government(is_fictional=True)
    person = make_demo_person()

    response = client.get(reverse("account_login"))

    assert response.context["demo_people"] == [person]
    assert DEMO_PASSWORD not in response.content.decode()


@pytest.mark.parametrize(("demo", "fictional"), [(False, True), (True, False)])
def test_login_page_lists_nobody_outside_the_demo(client, settings, demo, fictional):
    settings.DEMO = demo
    make_government(is_fictional=fictional)
    make_demo_person()

    assert client.get(reverse("account_login")).context["demo_people"] == []


def test_demo_login_starts_a_session(client, settings):
    settings.DEMO = True
    make_government(is_fictional=True)
    person = make_demo_person()

    response = client.post(reverse("demo_login"), {"person": person.pk, "next": "//evil.example"})

    assert response.url == "/"
    assert client.session["_auth_user_id"] == str(person.pk)


@pytest.mark.parametrize(("demo", "fictional"), [(False, True), (True, False)])
def test_demo_login_is_not_there_outside_the_demo(client, settings, demo, fictional):
    settings.DEMO = demo
    make_government(is_fictional=fictional)

    assert client.post(reverse("demo_login"), {"person": make_demo_person().pk}).status_code == 404


@pytest.mark.parametrize("person", ["", "x", "999999", "9" * 30, "²"])
def test_demo_login_of_nobody_is_not_found(client, settings, person):
    settings.DEMO = True
    make_government(is_fictional=True)

    assert client.post(reverse("demo_login"), {"person": person}).status_code == 404


def test_demo_login_never_opens_a_real_account(client, settings):
    settings.DEMO = True
    make_government(is_fictional=True)

    assert client.post(reverse("demo_login"), {"person": make_user().pk}).status_code == 404


def test_demo_login_needs_a_post(client):
    assert client.get(reverse("demo_login")).status_code == 405
