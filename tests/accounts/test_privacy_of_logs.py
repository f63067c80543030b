import json
import logging

import pytest
from django.urls import reverse

from accounts.models import AuditRecord
from accounts.roles import Role
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PERSONAL = ["kim@example.org", "김가온", PASSWORD]


def test_sign_up_and_login_log_nothing_personal(client, caplog):
    caplog.set_level(logging.DEBUG, logger="accounts")
    caplog.set_level(logging.WARNING)
    values = {"name": "김가온", "email": "kim@example.org", "password1": PASSWORD, "password2": PASSWORD}

    client.post(reverse("account_signup"), values | {"consent": "on"})
    client.post(reverse("account_login"), {"login": "kim@example.org", "password": "wrong-9041"})

    assert [word for word in PERSONAL if word in caplog.text] == []


def test_audit_details_hold_no_name_address_or_password(client, as_user):
    administrator = make_user(Role.ADMINISTRATOR)
    values = {"name": "김가온", "email": "kim@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), values | {"consent": "on"})
    person = AuditRecord.objects.get(verb="account.created").about

    as_user(administrator).get(reverse("audit_log"), {"person": "kim@example.org"})
    client.post(reverse("person_grant", args=[person.pk]), {"role": "editor"})
    as_user(person).post(reverse("profile"), {"name": "이가온", "language": "ko"})

    details = json.dumps(list(AuditRecord.objects.values_list("detail", flat=True)), ensure_ascii=False)
    assert [word for word in [*PERSONAL, "이가온"] if word in details] == []
