"""Writing the audit trail. Call inside the transaction of the act itself."""

from contextvars import ContextVar

from accounts.models import AuditRecord

current_address = ContextVar("current_address", default=None)


def record(verb, *, by, target=None, about=None, **detail):
    """Append one record. `detail` never holds a secret, a personal number or an entry's text."""
    row = _row(verb, by=by, target=target, about=about, detail=detail)
    row.save(force_insert=True)
    return row


def record_each(verb, targets, *, by, detail):
    """Append one record for each target in one statement; detail: function of the target."""
    AuditRecord.objects.bulk_create(
        _row(verb, by=by, target=target, detail=detail(target)) for target in targets
    )


def _row(verb, *, by, target, detail, about=None):
    return AuditRecord(
        by=by,
        verb=verb,
        target_kind=target._meta.model_name if target else "",
        target_id=str(target.pk) if target else "",
        about=about,
        address=current_address.get(),
        detail=detail,
    )
