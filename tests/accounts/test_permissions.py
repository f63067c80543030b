import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.permissions import (
    can_manage_people,
    can_read_audit,
    forget_grants,
    has_permission,
    has_role,
    is_official,
    require,
    scope_of,
    scopes_with,
)
from accounts.roles import Permission, Role
from tests.factories import AT, grant, make_learning_group, make_user

pytestmark = pytest.mark.django_db


def test_require_refuses():
    require(True)

    with pytest.raises(PermissionDenied):
        require(False)


def test_visitor_may_nothing():
    assert [p for p in Permission if has_permission(AnonymousUser(), p)] == []


def test_every_account_is_a_resident():
    user = make_user()

    assert has_role(user, Role.RESIDENT)
    assert [p for p in Permission if has_permission(user, p)] == [Permission.ENTER_COMPETITION]


def test_site_wide_grant_holds_in_every_scope():
    user = make_user(Role.FACILITATOR)

    assert has_permission(user, Permission.MANAGE_LEARNING_GROUP, scope=scope_of(make_learning_group()))


def test_scoped_grant_holds_only_there():
    mine, other = make_learning_group(), make_learning_group()
    user = make_user()
    grant(user, Role.FACILITATOR, mine)

    assert has_permission(user, Permission.MANAGE_LEARNING_GROUP, scope=scope_of(mine))
    assert not has_permission(user, Permission.MANAGE_LEARNING_GROUP, scope=scope_of(other))
    assert not has_permission(user, Permission.MANAGE_LEARNING_GROUP)
    assert scopes_with(user, Permission.MANAGE_LEARNING_GROUP) == {scope_of(mine)}


def test_revoked_grant_holds_no_more():
    user = make_user(Role.EDITOR)
    user.grants.update(revoked_at=AT)
    forget_grants(user)

    assert not has_permission(user, Permission.REVIEW_CASEBOOK)


def test_grants_cost_one_query(django_assert_num_queries):
    user = make_user(Role.EDITOR, Role.STAFF)

    with django_assert_num_queries(1):
        for permission in Permission:
            has_permission(user, permission)


@pytest.mark.parametrize("question", [can_manage_people, can_read_audit])
def test_only_administrators_see_people_and_records(question):
    assert [role for role in Role if question(make_user(role))] == [Role.ADMINISTRATOR]


def test_official_has_a_site_wide_role():
    judge = make_user()
    grant(judge, Role.JUDGE, make_learning_group())

    assert not is_official(AnonymousUser())
    assert not is_official(make_user())
    assert not is_official(judge)
    assert is_official(make_user(Role.STAFF))
