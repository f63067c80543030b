"""Telling authors what was decided on their prompts and cases."""

from django.urls import reverse

from accounts.actions.messages import tell
from accounts.message_texts import rendered
from accounts.models import Topic
from casebook.models import Review


def tell_author(review, version):
    """Tell who made a version of a review's decision; not of their own."""
    author = version.created_by
    if author is None or author.pk == review.reviewer.pk or not author.is_active:
        return
    context = {
        "decision": str(review.decision),
        "title": version.content["title"],
        "number": version.number,
        "note": review.note.strip(),
        "remarks": review.remarks,
    }
    subject, body = rendered(author, "casebook/mail/decision.txt", context)
    tell(
        author,
        kind=f"version.{review.decision}",
        topic=Topic.CASEBOOK,
        subject=subject,
        body=body,
        link=_page(review, version),
        key=f"review:{review.pk}",
        about=f"{version.record.kind}:{version.record_id}",
        by=review.reviewer,
    )


def _page(review, version):
    """Where the author goes on: the draft that came back, else the page of the record."""
    if review.decision == Review.Decision.SENT_BACK and version.record.kind == "prompt":
        return reverse("casebook:draft", args=[version.pk])
    return version.record.get_absolute_url()
