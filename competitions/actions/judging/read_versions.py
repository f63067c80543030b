"""Which version of an entry a sheet is about: the one its judge read when the points were first saved."""

from django.utils.translation import gettext as _

from competitions.errors import CompetitionError
from competitions.models import Entry


class StaleEntryText(CompetitionError):
    """The entry was corrected, and the points are about what it said before."""


def read_snapshot(assignment, read):
    """The id of the text the judge read: the page's, when it is one of this entry's, else what counts now."""
    current = assignment.entry.snapshot_id
    if read in {None, current} or not assignment.entry.snapshots.filter(pk=read).exists():
        return current
    return read


def require_current(assignment):
    """Refuse to sign for a version that no longer counts."""
    counts = Entry.objects.values_list("snapshot", flat=True).get(pk=assignment.entry_id)
    if counts != assignment.snapshot_id:
        raise StaleEntryText(
            _(
                "The entry was corrected after you scored it. Read the version that counts, "
                "say on the sheet that your points are for it, then sign."
            )
        )
