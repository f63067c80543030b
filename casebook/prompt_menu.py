"""What a person may do with the prompt they look at, beside using it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from casebook.permissions import can_review, can_write


@dataclass(frozen=True)
class Entry:
    label: str
    address: str
    posts: bool = False


def prompt_menu(user, prompt):
    """Entries in order of use; links for everybody come last."""
    writes = can_write(user)
    may_edit = can_review(user) or (writes and prompt.created_by_id == user.pk)
    published = prompt.is_published
    entries = [
        (may_edit, _("Edit"), "edit", True),
        (writes and published and not may_edit, _("Propose a change"), "propose", False),
        (writes and published, _("Make my own copy"), "fork", False),
        (user.is_authenticated and published, _("Add to a collection"), "collect", False),
        (published, _("Export"), "prompt_export", False),
        (True, _("Versions"), "versions", False),
    ]
    return [
        Entry(label, reverse(f"casebook:{name}", args=[prompt.slug]), posts)
        for allowed, label, name, posts in entries
        if allowed
    ]
