"""Deciding on versions that wait for review. Every decision is a Review row and an audit record."""

from datetime import timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.actions.decisions import tell_author
from casebook.actions.hindrances import refuse_hindered
from casebook.actions.versions import move, publish_version
from casebook.errors import CasebookError
from casebook.models import Review
from casebook.reviewing.points import unticked

REVIEW_AGAIN_AFTER = timedelta(days=365)


@transaction.atomic
def publish_reviewed(version, *, by, at, ticked, note="", remarks=(), review_by=None, seen=""):
    """Publish a version that an editor who did not make it has checked.

    ticked: codes of the checklist; an unticked point needs a reason in `note`. seen: hash of the content that was
    read, so that nothing else is published. review_by: when it is looked at again, a year from now unless given.
    """
    _refuse_own(version, by)
    if unticked(version.record.kind, ticked) and not note.strip():
        raise CasebookError(_("Tick every point, or write in the note why one is left open."))
    _refuse_unseen(version, seen)
    publish_checked(version, by=by, at=at, ticked=ticked, note=note, remarks=remarks, review_by=review_by)


@transaction.atomic
def publish_checked(version, *, by, at, ticked=(), note="", remarks=(), review_by=None):
    """Publish what nothing stands against, note the decision and when to look again."""
    refuse_hindered(version)
    publish_version(version, by=by, at=at)
    version.record.review_by = review_by or next_review(at)
    version.record.save(update_fields=["review_by"])
    _note(version, Review.Decision.PUBLISHED, by=by, at=at, checklist=ticked, note=note, remarks=remarks)


@transaction.atomic
def send_back(version, *, by, at, reason="", remarks=(), ticked=()):
    """Return a version to its author with what has to change: a reason, remarks on fields, or both."""
    if not reason.strip() and not remarks:
        raise CasebookError(_("Write what has to change, so that the author knows what to do."))
    move([version], "send_back", asked_at=None, review_due=None)
    _note(version, Review.Decision.SENT_BACK, by=by, at=at, checklist=ticked, note=reason, remarks=remarks)
    audit.record("version.sent_back", by=by, target=version, number=version.number, reason=reason)


@transaction.atomic
def decline_version(version, *, by, at, reason, remarks=(), ticked=()):
    """Refuse a version for good; its author may begin another."""
    if not reason.strip():
        raise CasebookError(_("Write in the note why it is declined; the author reads it."))
    move([version], "decline")
    _note(version, Review.Decision.DECLINED, by=by, at=at, checklist=ticked, note=reason, remarks=remarks)
    audit.record("version.declined", by=by, target=version, number=version.number, reason=reason)


@transaction.atomic
def review_again(record, *, by, at, review_by=None):
    """Say that a published record is still good, and when to look again."""
    review_by = review_by or next_review(at)
    if review_by <= localdate(at):
        raise CasebookError(_("Choose a day to come for the next review."))
    published = type(record).objects.filter(pk=record.pk, current__isnull=False, retired_at=None)
    if not published.update(review_by=review_by, reminded_on=None):
        raise IllegalMove(_("Only a published record is reviewed again."))
    record.review_by = review_by
    audit.record("record.reviewed_again", by=by, target=record, review_by=review_by.isoformat())


def next_review(at):
    return localdate(at) + REVIEW_AGAIN_AFTER


def _refuse_own(version, by):
    if by is not None and by.pk in (version.created_by_id, version.edited_by_id):
        raise CasebookError(_("You made or edited this version, so another editor has to publish it."))


def _refuse_unseen(version, seen):
    """Lock the version; its author may have taken it back and changed it after it was opened."""
    stored = type(version).objects.select_for_update(of=("self",)).get(pk=version.pk)
    if seen and stored.content_sha256 != seen:
        raise IllegalMove(_("The author changed this version after you opened it. Read it again."))


def _note(version, decision, *, by, at, checklist=(), note="", remarks=()):
    review = Review.objects.create(
        **{f"{version.record.kind}_version": version},
        reviewer=by,
        decision=decision,
        checklist=list(checklist),
        remarks=list(remarks),
        note=note,
        at=at,
    )
    tell_author(review, version)
