"""Who may do what in a competition. The state of things is checked by the acts themselves."""

from accounts.permissions import has_permission, scope_of
from accounts.roles import Permission


def can_create_competition(user):
    return has_permission(user, Permission.CREATE_COMPETITION)


def can_manage_competition(user, competition):
    return has_permission(user, Permission.MANAGE_COMPETITION, scope=scope_of(competition))


def can_enter(user, competition):
    """Any account may, except those who run or judge the competition."""
    if not has_permission(user, Permission.ENTER_COMPETITION) or can_manage_competition(user, competition):
        return False
    return not competition.judges.filter(user=user).exists()


def can_change_entry(user, entry):
    return entry.entrant_id == user.pk
