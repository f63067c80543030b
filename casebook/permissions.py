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


def can_edit_record(user, record):
    """Who opens drafts of a prompt: its author while they may write, and editors."""
    return can_review(user) or (can_write(user) and record.created_by_id == user.pk)


def can_decide_proposal(user, proposal):
    """An editor may, but never on what they proposed."""
    return can_review(user) and user.pk != proposal.by_id


def can_test(user, record):
    """Staff test what is published; its author and editors also what nobody else sees yet."""
    inside = can_review(user) or record.created_by_id == user.pk
    return can_write(user) and record.retired_at is None and (record.current_id is not None or inside)


def can_change_test(user, test):
    """Who wrote the test case or the prompt, and editors."""
    mine = user.pk in {test.created_by_id, test.prompt.created_by_id}
    return can_test(user, test.prompt) and (can_review(user) or mine)


def can_remove_comment(user, comment):
    """Who wrote it, and editors."""
    return can_review(user) or comment.by_id == user.pk
