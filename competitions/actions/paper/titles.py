"""The title of an entry on paper: in a blind round that of the copy without names, as in the judge's room."""

from django.utils.timezone import now

from competitions.actions.judging.redacting import make_copies


def with_titles(entries, *, is_blind):
    """[(entry, title)]. Needs entry.competition, and for blind rounds entry.snapshot with its redaction."""
    if not is_blind:
        return [(entry, entry.title) for entry in entries]
    copies = {entry.pk: getattr(entry.snapshot, "redaction", None) for entry in entries}
    missing = [entry for entry in entries if copies[entry.pk] is None]
    if missing:
        copies |= make_copies(missing, at=now())
    return [(entry, copies[entry.pk].content["case"].get("title") or entry.code) for entry in entries]
