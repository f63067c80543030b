"""The tools that prompt pages may open, as an administrator allows them."""

from django.db import transaction

from accounts import audit


@transaction.atomic
def save_tool(tool, *, by):
    """Store a new or changed tool. Returns it."""
    verb = "tool.changed" if tool.pk else "tool.added"
    tool.save()
    audit.record(verb, by=by, target=tool, **_detail(tool))
    return tool


@transaction.atomic
def remove_tool(tool, *, by):
    audit.record("tool.removed", by=by, target=tool, **_detail(tool))
    tool.delete()


def _detail(tool):
    return {"name": tool.name, "url": tool.url, "channel": tool.channel, "enabled": tool.is_enabled}
