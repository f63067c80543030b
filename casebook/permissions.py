"""Who may do what with prompts and cases."""

from accounts.permissions import has_permission
from accounts.roles import Permission


def can_review(user):
    return has_permission(user, Permission.REVIEW_CASEBOOK)


def can_import(user):
    return has_permission(user, Permission.IMPORT_CASEBOOK)


def can_export(user):
    return has_permission(user, Permission.EXPORT_CASEBOOK)


def can_publish_version(user, version):
    """An editor may, but never on work of their own."""
    return can_review(user) and version.created_by_id != user.pk
