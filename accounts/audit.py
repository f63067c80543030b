"""Writing the audit trail. Call inside the transaction of the act itself."""

from contextvars import ContextVar

from accounts.models import AuditRecord

current_address = ContextVar("current_address", default=None)


def record(verb, *, by, target=None, about=None, **detail):
    """Append one record. `detail` never holds a secret, a personal number or an entry's text."""
    return AuditRecord.objects.create(
        by=by,
        verb=verb,
        target_kind=target._meta.model_name if target else "",
        target_id=str(target.pk) if target else "",
        about=about,
        address=current_address.get(),
        detail=detail,
    )
