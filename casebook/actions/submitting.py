"""Handing a draft in for review."""

from django.db import transaction
from django.utils.translation import gettext as _

from casebook.actions.drafts import UNTITLED
from casebook.actions.forks import terms_broken_by
from casebook.actions.mirrored import give_slugs
from casebook.actions.versions import ask_review
from casebook.content import ContentRefused, clean_prompt
from casebook.errors import CasebookError
from casebook.models import Prompt


class NotReady(CasebookError):
    """The draft is saved, but review cannot be asked for; `problems` are of its content."""

    def __init__(self, message, *, problems=()):
        self.problems = problems
        super().__init__(message)


def require_ready(version, *, blocked):
    """Raise NotReady unless the draft says all that a reviewer needs. blocked: whether lint stops it."""
    try:
        clean_prompt(_as_written(version.content))
    except ContentRefused as refused:
        message = _("Not ready for review yet. What is missing stands beside the fields.")
        raise NotReady(message, problems=refused.problems) from refused
    if version.number > 1 and not version.note.strip():
        raise NotReady(_("Write what changed since the last version; reviewers and users read it first."))
    broken = terms_broken_by(version)
    if broken:
        raise NotReady(" ".join(broken))
    if blocked:
        raise NotReady(_("Mend what stops publication first; it is listed under “Findings”."))


@transaction.atomic
def submit_draft(version, *, by, at, blocked):
    """Ask for review of a saved draft. A prompt that was never seen gets its address from its title now."""
    require_ready(version, blocked=blocked)
    record = version.record
    if record.current_id is None and record.versions.count() == 1:
        _name_by_title(record, version.content)
    ask_review(version, by=by, at=at)


def _as_written(content):
    return content | {"title": ""} if content["title"] == UNTITLED else content


def _name_by_title(record, content):
    """While somebody types, the address was made of half a title."""
    base = Prompt.slug_base(content["title"])
    if base and record.slug not in (base, f"{base}-{str(record.uid)[:8]}"):
        record.slug = ""
        give_slugs(Prompt, [record], [content])
        record.save(update_fields=["slug"])
