import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from accounts import audit
from accounts.models import AuditRecord
from accounts.roles import Role
from accounts.verbs import VERBS
from accounts.views import keyset
from tests.factories import make_department, make_user

pytestmark = pytest.mark.django_db
LOG = "/accounts/audit/"
ROOMS = ("accounts", "casebook", "learning", "competitions")


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR, email="admin@example.org")


def shown(response):
    return [record.verb for record in response.context["records"]]


@pytest.mark.parametrize(
    "act", ["UPDATE accounts_auditrecord SET verb = 'x'", "DELETE FROM accounts_auditrecord"]
)
def test_audit_records_cannot_be_changed(act):
    record = audit.record("person.viewed", by=None)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)

    assert AuditRecord.objects.get().pk == record.pk


def test_audit_record_knows_the_address_of_its_request(as_user, administrator):
    as_user(administrator).get(LOG, REMOTE_ADDR="203.0.113.7")

    assert AuditRecord.objects.get().address == "203.0.113.7"


def test_every_recorded_verb_has_words():
    written = re.compile(r'(?:audit\.)?record\(\s*"([a-z]+\.[a-z_]+)"')
    files = (path for room in ROOMS for path in Path(settings.BASE_DIR, room).rglob("*.py"))
    verbs = {verb for path in files for verb in written.findall(path.read_text())}

    assert sorted(verbs - set(VERBS)) == []


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.RESIDENT, Role.ADMINISTRATOR}))
def test_audit_log_refuses_other_roles(as_user, role):
    assert as_user(make_user(role)).get(LOG).status_code == 403


def test_audit_log_needs_login(client):
    assert client.get(LOG).status_code == 302


def test_reading_the_audit_log_is_recorded(as_user, administrator):
    person = make_user(email="kim@example.org")

    as_user(administrator).get(LOG, {"person": "KIM@example.org", "verb": "role.granted"})

    record = AuditRecord.objects.get()
    assert (record.verb, record.by, record.about) == ("audit.viewed", administrator, person)
    assert record.detail == {"asked_verb": "role.granted"}


def test_audit_log_newest_first(as_user, administrator):
    audit.record("role.granted", by=administrator)
    audit.record("role.revoked", by=administrator)

    assert shown(as_user(administrator).get(LOG)) == ["role.revoked", "role.granted"]


def test_audit_log_is_filtered(as_user, administrator):
    person, department = make_user(email="kim@example.org"), make_department()
    audit.record("role.granted", by=administrator, target=person, about=person)
    audit.record("profile.changed", by=person, target=person)
    audit.record("department.added", by=administrator, target=department)
    client = as_user(administrator)

    assert shown(client.get(LOG, {"verb": "role.granted"})) == ["role.granted"]
    assert shown(client.get(LOG, {"person": "kim@example.org"})) == ["profile.changed", "role.granted"]
    assert shown(client.get(LOG, {"kind": "department", "number": department.pk})) == ["department.added"]


def test_audit_log_of_an_unknown_person_says_so(as_user, administrator):
    audit.record("role.granted", by=administrator)

    response = as_user(administrator).get(LOG, {"person": "nobody@example.org"})

    assert response.status_code == 422
    assert shown(response) == []
    assert "nobody@example.org" in response.content.decode()


def test_audit_log_with_a_number_but_no_kind_says_so(as_user, administrator):
    response = as_user(administrator).get(LOG, {"number": "3"})

    assert "kind" in response.context["form"].errors


def test_audit_log_pages_keep_the_filter(as_user, administrator, monkeypatch):
    monkeypatch.setattr(keyset, "PAGE_SIZE", 2)
    for _number in range(3):
        audit.record("role.granted", by=administrator)
    client = as_user(administrator)

    response = client.get(LOG, {"verb": "role.granted"})
    before = response.context["next_before"]

    assert f"?verb=role.granted&amp;before={before}" in response.content.decode()
    assert shown(client.get(LOG, {"verb": "role.granted", "before": before})) == ["role.granted"]


@pytest.mark.parametrize("count", [1, 3])
def test_audit_log_query_count(as_user, administrator, count, django_assert_num_queries):
    for _number in range(count):
        audit.record("role.granted", by=make_user(), about=make_user())
    client = as_user(administrator)

    with django_assert_num_queries(6):
        client.get(LOG)


def test_person_page_shows_up_in_that_persons_access_page(as_user, administrator):
    person = make_user()
    as_user(administrator).get(reverse("person", args=[person.pk]))

    response = as_user(person).get(reverse("my_access"))

    assert shown(response) == ["person.viewed"]
