"""Comparing what was handed in and is not compared yet, some at a time."""

import logging

from django.db.models import F, Q

from competitions.actions.screening.similarities import look_for_similar, remember
from competitions.models import Entry, EntryFingerprint, Snapshot

MOST_AT_ONCE = 200
log = logging.getLogger(__name__)


def compare_waiting(*, at, most=MOST_AT_ONCE):
    """Compare what waits. Returns how many entries were compared. Safe to call twice at once.

    An entry whose comparison fails is logged and waits; it does not keep the others from being compared.
    """
    for snapshot in _not_remembered(most):
        remember(snapshot)
    waiting = Entry.objects.filter(fingerprint__compared_at=None, fingerprint__isnull=False, erased_at=None)
    compared = 0
    for entry in waiting.select_related("competition", "snapshot").order_by("pk")[:most]:
        try:
            look_for_similar(entry, at=at)
        except Exception:
            log.exception("Entry %s could not be compared.", entry.pk)
        else:
            compared += 1
    return compared


def compare_again(competition):
    """Let all entries of a competition be compared anew, but for erased ones. Returns how many."""
    rows = EntryFingerprint.objects.filter(entry__competition=competition, entry__erased_at=None)
    return rows.update(compared_at=None)


def _not_remembered(most):
    """Snapshots that count and have no fingerprint, or that of an earlier one."""
    stale = Q(fingerprint=None) | ~Q(fingerprint__snapshot=F("snapshot"))
    keys = Entry.objects.exclude(snapshot=None).filter(stale).order_by("pk").values("snapshot")[:most]
    return Snapshot.objects.filter(pk__in=list(keys.values_list("snapshot", flat=True))).select_related(
        "entry"
    )
