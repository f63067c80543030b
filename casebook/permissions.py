"""Who may do what with prompts and cases."""

from accounts.permissions import has_permission
from accounts.roles import Permission


def can_review(user):
    return has_permission(user, Permission.REVIEW_CASEBOOK)


def can_write(user):
    """Members of staff write prompts, propose changes, test and comment."""
    return has_permission(user, Permission.WRITE_PROMPTS)


def can_edit_draft(user, version):
    """The author while they may write, and editors."""
    return can_review(user) or (can_write(user) and version.created_by_id == user.pk)


def can_allow_tools(user):
    return has_permission(user, Permission.ALLOW_TOOLS)


def can_import(user):
    return has_permission(user, Permission.IMPORT_CASEBOOK)


def can_export(user):
    return has_permission(user, Permission.EXPORT_CASEBOOK)


def can_publish_version(user, version):
    """An editor may, but never on work of their own or on what they edited."""
    return can_review(user) and user.pk not in {version.created_by_id, version.edited_by_id}
