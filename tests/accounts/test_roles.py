import threading

import pytest
from django.db import connection
from django.urls import reverse

from accounts.actions.roles import grant_role, revoke_role
from accounts.errors import IllegalMove, Refusal
from accounts.models import AuditRecord, RoleGrant
from accounts.permissions import has_role
from accounts.roles import ROLE_PERMISSIONS, Permission, Role, roles_with
from tests.factories import AT, grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    return make_user(Role.ADMINISTRATOR)


def test_grant_is_stored_with_who_and_when(administrator):
    person = make_user()

    given = grant_role(person, "editor", by=administrator, at=AT)

    assert (given.role, given.scope, given.granted_by, given.granted_at) == ("editor", "", administrator, AT)
    assert has_role(person, Role.EDITOR)
    record = AuditRecord.objects.get()
    assert (record.verb, record.about, record.detail) == (
        "role.granted",
        person,
        {"role": "editor", "scope": ""},
    )


@pytest.mark.parametrize(
    ("role", "scope"), [("resident", ""), ("king", ""), ("", ""), ("judge", ""), ("editor", "competition:1")]
)
def test_grant_of_a_role_not_to_be_granted_so_is_refused(administrator, role, scope):
    person = make_user()

    with pytest.raises(Refusal):
        grant_role(person, role, scope=scope, by=administrator, at=AT)

    assert person.grants.count() == 0


def test_grant_twice_is_refused(administrator):
    person = make_user(Role.EDITOR)

    with pytest.raises(Refusal):
        grant_role(person, "editor", by=administrator, at=AT)

    assert person.grants.count() == 1


def test_grant_again_after_revocation(administrator):
    person = make_user(Role.EDITOR)
    revoke_role(person.grants.get(), by=administrator, at=AT)

    grant_role(person, "editor", by=administrator, at=AT)

    assert person.grants.count() == 2


def test_revocation_keeps_the_row(administrator):
    person = make_user(Role.EDITOR)

    revoke_role(person.grants.get(), by=administrator, at=AT)

    row = person.grants.get()
    assert (row.revoked_by, row.revoked_at) == (administrator, AT)
    assert not has_role(person, Role.EDITOR)
    assert AuditRecord.objects.get().verb == "role.revoked"


def test_revocation_twice_is_refused(administrator):
    row = grant(make_user(), Role.EDITOR)
    revoke_role(row, by=administrator, at=AT)

    with pytest.raises(IllegalMove):
        revoke_role(row, by=administrator, at=AT)


def test_last_administrator_stays(administrator):
    with pytest.raises(Refusal):
        revoke_role(administrator.grants.get(), by=administrator, at=AT)

    assert administrator.grants.active().count() == 1


def test_a_closed_account_is_no_other_administrator(administrator):
    make_user(Role.ADMINISTRATOR, is_active=False)

    with pytest.raises(Refusal):
        revoke_role(administrator.grants.get(), by=administrator, at=AT)


def test_administrator_can_go_when_another_stays(administrator):
    make_user(Role.ADMINISTRATOR)

    revoke_role(administrator.grants.get(), by=administrator, at=AT)

    assert administrator.grants.active().count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_administrators_revoking_each_other_leave_one():
    first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    refused = []
    barrier = threading.Barrier(2)

    def revoke(by, whom):
        row = whom.grants.get()
        barrier.wait()
        try:
            revoke_role(row, by=by, at=AT)
        except Refusal:
            refused.append(by)
        finally:
            connection.close()

    threads = [threading.Thread(target=revoke, args=pair) for pair in ((first, second), (second, first))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(refused) == 1
    assert RoleGrant.objects.active().filter(role=Role.ADMINISTRATOR).count() == 1


# Pages


def test_grant_page(as_user, administrator):
    person = make_user()

    response = as_user(administrator).post(reverse("person_grant", args=[person.pk]), {"role": "editor"})

    assert response.url == reverse("person", args=[person.pk])
    assert person.grants.get().role == "editor"


@pytest.mark.parametrize("role", ["", "king", "judge"])
def test_grant_page_refuses_with_a_message(as_user, administrator, role):
    person = make_user()

    response = as_user(administrator).post(
        reverse("person_grant", args=[person.pk]), {"role": role}, follow=True
    )

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert person.grants.count() == 0


def test_revoke_page(as_user, administrator):
    person = make_user(Role.EDITOR)
    row = person.grants.get()

    as_user(administrator).post(reverse("person_revoke", args=[person.pk, row.pk]))

    assert person.grants.active().count() == 0


def test_revoke_page_of_another_persons_grant_is_not_found(as_user, administrator):
    row = grant(make_user(), Role.EDITOR)

    response = as_user(administrator).post(reverse("person_revoke", args=[make_user().pk, row.pk]))

    assert response.status_code == 404


def test_revoke_page_of_the_own_role_leads_to_the_profile(as_user, administrator):
    make_user(Role.ADMINISTRATOR)
    row = administrator.grants.get()

    response = as_user(administrator).post(reverse("person_revoke", args=[administrator.pk, row.pk]))

    assert response.url == reverse("profile")


@pytest.mark.parametrize("name", ["person_grant", "person_department"])
def test_acts_on_people_refuse_others(as_user, name):
    person = make_user()

    assert as_user(make_user(Role.EDITOR)).post(reverse(name, args=[person.pk])).status_code == 403


@pytest.mark.parametrize("name", ["person_grant", "person_department"])
def test_acts_on_people_need_a_post(as_user, administrator, name):
    assert as_user(administrator).get(reverse(name, args=[administrator.pk])).status_code == 405


# The table


def test_every_role_has_permissions():
    assert set(ROLE_PERMISSIONS) == set(Role)


def test_every_permission_belongs_to_a_role():
    assert [permission for permission in Permission if not roles_with(permission)] == []


def test_administrator_never_judges():
    assert Permission.JUDGE_ENTRIES not in ROLE_PERMISSIONS[Role.ADMINISTRATOR]
