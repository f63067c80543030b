"""A case whose award is cancelled comes back to the editors; nobody but them takes it down."""

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate

from accounts import audit
from accounts.actions.messages import message_to, tell_many
from accounts.message_texts import rendered
from accounts.models import Topic, User
from accounts.permissions import scope_of
from accounts.roles import Role
from casebook.models import Case
from competitions.models import Publication

LETTER = "competitions/mail/case_without_award.txt"


def flag_case(entry, *, by, at):
    """Put the case made of the entry on the editors' desk and tell them why. Returns it, None without one."""
    publication = Publication.objects.filter(entry=entry).select_related("case").first()
    if publication is None:
        return None
    case, today = publication.case, localdate(at)
    Case.objects.filter(pk=case.pk).update(review_by=today, reminded_on=today)
    audit.record("case.award_cancelled", by=by, target=case, entry=entry.code)
    tell_many([_letter(editor, entry, case, by=by) for editor in _editors()])
    return case


def _editors():
    grants = Q(grants__role=Role.EDITOR, grants__scope="", grants__revoked_at=None)
    return User.objects.filter(grants, is_active=True).distinct().order_by("pk")


def _letter(editor, entry, case, *, by):
    subject, body = rendered(editor, LETTER, {"case": case, "entry": entry, "competition": entry.competition})
    return message_to(
        editor,
        kind="case.award_cancelled",
        topic=Topic.DUTY,
        subject=subject,
        body=body,
        key=f"case.award_cancelled:{case.pk}:{entry.pk}:{editor.pk}",
        link=case.get_absolute_url() if case.is_published else reverse("casebook:desk"),
        about=scope_of(entry.competition),
        by=by,
    )
