"""What is forgotten of scans with the people of a contest: signatures are personal, their fingerprints are not."""

from competitions.entry_files import storage
from competitions.models import SheetScan


def remove_scan_bytes(competition):
    """Remove the bytes of a contest's scans; before the rows say so, as with entries' files."""
    for path in _kept(competition).values_list("path", flat=True):
        storage().delete(path)


def forget_scans(competition, *, at):
    """Call after `remove_scan_bytes`."""
    _kept(competition).update(name="", path="", by=None, erased_at=at)


def _kept(competition):
    return SheetScan.objects.filter(judge__competition=competition, erased_at=None)
