"""Rows that point to a prompt or a case, as far as a person may see what they point to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from casebook.permissions import can_review


def with_records(rows, user):
    """Give each row its record, whether it opens (`is_open`) and whether its title may be said (`is_named`).

    What was never published keeps its title to itself; what was retired is named and does not open.
    """
    reviews = can_review(user)
    for row in rows:
        row.record = row.prompt or row.case
        mine = user.is_authenticated and row.record.created_by_id == user.pk
        row.is_open = row.record.is_published or reviews or mine
        row.is_named = row.is_open or row.record.published_at is not None
    return rows


def kept_tabs(here):
    """The pages of what a person keeps."""
    return [
        {"label": label, "address": reverse(f"casebook:{name}"), "current": name == here}
        for name, label in (
            ("favourites", _("Favourites")),
            ("collections", _("Collections")),
            ("following", _("Fields I follow")),
            ("problem_reports", _("My reports")),
        )
    ]
