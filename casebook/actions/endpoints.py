"""The model services that the runner may call, as an administrator sets them up. No key is ever stored."""

from django.db import transaction

from accounts import audit


@transaction.atomic
def save_endpoint(endpoint, *, by, at):
    """Store a new or changed service. Returns it."""
    verb = "endpoint.changed" if endpoint.pk else "endpoint.added"
    if not endpoint.pk:
        endpoint.created_by, endpoint.created_at = by, at
    endpoint.save()
    audit.record(verb, by=by, target=endpoint, **_detail(endpoint))
    return endpoint


def _detail(endpoint):
    names = ("name", "base_url", "model", "channel", "key_variable", "is_enabled")
    return {name: getattr(endpoint, name) for name in names}
