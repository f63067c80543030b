"""Who may do what, as a table. Roles live in code; a grant is a row (models/role.py)."""

from enum import StrEnum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """Roles a person is granted. A visitor has no account; every account is a resident."""

    RESIDENT = "resident", _("Resident")
    STAFF = "staff", _("Staff")
    JUDGE = "judge", _("Judge")
    ORGANISER = "organiser", _("Organiser")
    FACILITATOR = "facilitator", _("Facilitator")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


# Granted for one competition or one learning group; an organiser also without, to create competitions.
SCOPED_ROLES = {Role.JUDGE, Role.ORGANISER, Role.FACILITATOR}


class Permission(StrEnum):
    ENTER_COMPETITION = auto()
    CREATE_COMPETITION = auto()
    MANAGE_COMPETITION = auto()
    JUDGE_ENTRIES = auto()
    WRITE_PROMPTS = auto()
    REVIEW_CASEBOOK = auto()
    EXPORT_CASEBOOK = auto()
    IMPORT_CASEBOOK = auto()
    CREATE_LEARNING_GROUP = auto()
    MANAGE_LEARNING_GROUP = auto()
    ALLOW_TOOLS = auto()
    MANAGE_PEOPLE = auto()
    READ_AUDIT = auto()


_RESIDENT = {Permission.ENTER_COMPETITION}
_STAFF = _RESIDENT | {Permission.EXPORT_CASEBOOK, Permission.WRITE_PROMPTS}

ROLE_PERMISSIONS = {
    Role.RESIDENT: _RESIDENT,
    Role.STAFF: _STAFF,
    Role.JUDGE: {Permission.JUDGE_ENTRIES},
    Role.ORGANISER: {Permission.CREATE_COMPETITION, Permission.MANAGE_COMPETITION},
    Role.FACILITATOR: {Permission.CREATE_LEARNING_GROUP, Permission.MANAGE_LEARNING_GROUP},
    Role.EDITOR: _STAFF | {Permission.REVIEW_CASEBOOK, Permission.IMPORT_CASEBOOK},
    Role.ADMINISTRATOR: set(Permission) - {Permission.JUDGE_ENTRIES},
}


def roles_with(permission):
    return [role for role, permissions in ROLE_PERMISSIONS.items() if permission in permissions]
