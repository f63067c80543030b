"""Taking score sheets away as a file: for a reason, which is recorded."""

from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.paper.export_rows import SIGNED, sheet_pieces
from competitions.actions.screening.locks import checked_reason
from competitions.errors import CompetitionError
from competitions.models import Criterion

WHICH = ("signed", "all")


def export_sheets(competition, *, which, reason, by, at, rounds=(), judges=()):
    """Record that sheets are taken away; return the pieces of the CSV, read as they are sent.

    which: one of WHICH. rounds, judges: rows; none: all. Raises CompetitionError.
    """
    begin_sheet_export(competition, which=which, reason=reason, by=by, at=at, rounds=rounds, judges=judges)
    criteria = Criterion.objects.filter(round__competition=competition)
    if rounds:
        criteria = criteria.filter(round__in=rounds)
    ids = defaultdict(list)
    for code, pk in criteria.order_by("round__position", "round", "position", "id").values_list("code", "pk"):
        ids[code].append(pk)
    chosen = {
        "round": [row.pk for row in rounds],
        "judge": [row.pk for row in judges],
        "state": SIGNED if which == "signed" else [],
    }
    return sheet_pieces(competition, criteria=ids, chosen=chosen)


@transaction.atomic
def begin_sheet_export(competition, *, which, reason, by, at, rounds, judges):
    reason = checked_reason(reason)
    if which not in WHICH:
        raise CompetitionError(_("Choose which sheets the file shall hold."))
    if not reason:
        raise CompetitionError(_("Write why you take the score sheets away; it is recorded."))
    filters = {"rounds": [row.code for row in rounds], "judges": [row.code for row in judges]}
    filters = {name: codes for name, codes in filters.items() if codes}
    audit.record("sheets.exported", by=by, target=competition, reason=reason, which=which, **filters)
