"""May this person do that? One query for all grants of a person, kept on the user object."""

from django.core.exceptions import PermissionDenied

from accounts.roles import ROLE_PERMISSIONS, Permission, Role, roles_with
from accounts.standing import standing_of


def require(allowed):
    """Raise PermissionDenied (403) unless `allowed`."""
    if not allowed:
        raise PermissionDenied


def scope_of(target):
    """The scope text of a competition or a learning group."""
    return f"{target._meta.model_name}:{target.pk}"


def grants_of(user):
    """Active grants as a set of (role, scope); every account is a resident."""
    if not user.is_authenticated:
        return frozenset()
    if not hasattr(user, "_grants"):
        grants, user._unread = standing_of(user)
        user._grants = frozenset(grants) | {(Role.RESIDENT.value, "")}
    return user._grants


def unread_of(user):
    """How many messages the person has not read; known with the grants."""
    return user._unread if grants_of(user) else 0


def forget_grants(user):
    # request.user is a lazy wrapper: its __dict__ is not the person's.
    if hasattr(user, "_grants"):
        del user._grants


def has_role(user, role, *, scope=""):
    return bool({(role, ""), (role, scope)} & grants_of(user))


def has_permission(user, permission, *, scope=""):
    """True when a site-wide grant, or a grant for `scope`, carries `permission`."""
    return any(
        permission in ROLE_PERMISSIONS[Role(role)] and granted in {"", scope}
        for role, granted in grants_of(user)
    )


def scopes_with(user, permission):
    """The scopes in which the person has the permission; "" means everywhere."""
    roles = roles_with(permission)
    return {scope for role, scope in grants_of(user) if role in roles}


def can_manage_people(user):
    return has_permission(user, Permission.MANAGE_PEOPLE)


def can_read_audit(user):
    return has_permission(user, Permission.READ_AUDIT)


def is_official(user):
    """Works for the government: a judge or a resident from outside has no site-wide role but resident."""
    return any(not scope and role != Role.RESIDENT for role, scope in grants_of(user))
