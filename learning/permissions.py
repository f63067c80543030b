"""Who may do what with learning groups."""

from accounts.permissions import has_permission, scope_of
from accounts.roles import Permission


def can_create_group(user):
    return has_permission(user, Permission.CREATE_LEARNING_GROUP)


def can_manage_group(user, group):
    return has_permission(user, Permission.MANAGE_LEARNING_GROUP, scope=scope_of(group))


def can_see_members(user, group):
    """Members know each other; to everybody else only the facilitators have names."""
    if not user.is_authenticated:
        return False
    return can_manage_group(user, group) or group.memberships.current().filter(user=user).exists()
