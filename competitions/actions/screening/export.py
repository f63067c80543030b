"""Taking entries away as a table: recorded always, with people only for a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from competitions.actions.screening.export_rows import ENTRY_COLUMNS, PEOPLE_COLUMNS, SEALED_COLUMNS
from competitions.actions.screening.locks import checked_reason
from competitions.actions.screening.opening import is_sealed, refuse_sealed
from competitions.errors import CompetitionError

KINDS = ("entries", "people")


@transaction.atomic
def begin_export(competition, *, kind, reason="", by, at):
    """Record that entries are taken away. Returns the columns: few while entries are sealed, and no people then."""
    reason = checked_reason(reason)
    if kind not in KINDS:
        raise CompetitionError(_("Choose what the file shall hold."))
    if kind == "people":
        if not reason:
            raise CompetitionError(_("Write why you need the names and addresses."))
        refuse_sealed(competition.pk)
    verb = "entries.exported_with_people" if kind == "people" else "entries.exported"
    audit.record(verb, by=by, target=competition, **({"reason": reason} if reason else {}))
    if kind == "people":
        return PEOPLE_COLUMNS
    return SEALED_COLUMNS if is_sealed(competition, at=at) else ENTRY_COLUMNS
