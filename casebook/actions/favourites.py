"""Prompts and cases that a person keeps at hand."""

from casebook.models import Favourite


def set_favourite(record, *, by, at, keep=None):
    """Keep a record or let it go; without `keep`, the other of what it is now. Returns whether it is kept."""
    mine = Favourite.objects.filter(**{record.kind: record}, by=by)
    if keep is None:
        keep = not mine.exists()
    if keep:
        # Of two presses at once one row stays.
        Favourite.objects.bulk_create(
            [Favourite(**{record.kind: record}, by=by, at=at)], ignore_conflicts=True
        )
    else:
        mine.delete()
    return keep
