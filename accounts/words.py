"""Rows of this room in words."""

from django.utils.translation import gettext as _

from accounts.verbs import names_the_doer, target_words, verb_words


def grant_words(grant):
    """Return "Editor", or "Judge (Competition 3)" when the grant holds for one thing only."""
    if not grant.scope:
        return grant.get_role_display()
    kind, _colon, number = grant.scope.partition(":")
    words = {"role": grant.get_role_display(), "kind": target_words(kind), "number": number}
    return _("%(role)s (%(kind)s %(number)s)") % words


def describe_record(record):
    """Give an audit record its words for the page."""
    record.verb_words = verb_words(record.verb)
    record.target_words = f"{target_words(record.target_kind)} {record.target_id}".strip() or "–"
    record.detail_words = ", ".join(f"{name} {_plain(value)}" for name, value in record.detail.items())
    return record


def doer_words(record):
    """Return who did it, as far as the person concerned may know."""
    if record.by is None:
        return _("the site itself")
    if not names_the_doer(record.verb):
        return _("a person in charge of the contest or the casebook")
    department = record.by.department
    return f"{record.by} ({department})" if department else str(record.by)


def _plain(value):
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
