"""What the calendar asks for: reminders of reviews."""

from datetime import timedelta
from hashlib import sha256

from celery import shared_task
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.actions.messages import message_to, tell_many
from accounts.message_texts import rendered
from accounts.models import Topic, User
from accounts.roles import Role
from casebook.models import Case, Prompt
from casebook.states import VersionState

AHEAD = timedelta(days=14)


@shared_task
def remind_of_reviews():
    remind(today=localdate(now()))


@transaction.atomic
def remind(*, today):
    """Write each editor one message about all that is overdue or due within 14 days, each author one about their own.

    A record is told of once for each date: `reminded_on` notes the day, in the transaction that writes the messages.
    """
    overdue, due = [], []
    for model in (Prompt, Case):
        overdue += _overdue(model, today)
        due += _due(model, today)
    if not overdue and not due:
        return
    for record in {(record.kind, record.pk): record for record in [*overdue, *due]}.values():
        type(record).objects.filter(pk=record.pk).update(reminded_on=today)
    editors = list(_editors())
    messages = [_message(person, overdue, due, today, page="casebook:desk") for person in editors]
    for author in {record.created_by for record in [*overdue, *due]} - {None, *editors}:
        if author.is_active:
            own = ([each for each in rows if each.created_by_id == author.pk] for rows in (overdue, due))
            messages.append(_message(author, *own, today, page="casebook:write"))
    tell_many(messages)


def _overdue(model, today):
    """Records with a version that waits longer than it should, with its day as `day`."""
    late = Q(versions__state=VersionState.IN_REVIEW, versions__review_due__lt=today)
    untold = Q(reminded_on=None) | Q(reminded_on__lte=F("versions__review_due"))
    return _locked(model.objects.filter(late & untold).annotate(day=F("versions__review_due")))


def _due(model, today):
    """Published records to look at again soon."""
    untold = Q(reminded_on=None) | Q(reminded_on__lt=F("review_by") - AHEAD)
    soon = model.objects.published().filter(untold, review_by__lte=today + AHEAD)
    return _locked(soon.annotate(day=F("review_by")))


def _locked(records):
    """Each record once, by its earliest day. Two clocks at once send one message."""
    rows = records.select_related("created_by").order_by("-day", "-pk")
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    return list({record.pk: record for record in locked}.values())[::-1]


def _editors():
    grants = Q(grants__role=Role.EDITOR, grants__scope="", grants__revoked_at=None)
    return User.objects.filter(grants, is_active=True).order_by("pk")


def _message(person, overdue, due, today, *, page):
    records = [*overdue, *due]
    context = {"overdue": overdue, "due": due, "count": len(records)}
    subject, body = rendered(person, "casebook/mail/reviews.txt", context)
    told = sha256(repr(sorted((each.kind, each.pk, each.day) for each in records)).encode()).hexdigest()[:16]
    return message_to(
        person,
        kind="reviews.due",
        topic=Topic.DUTY,
        subject=subject,
        body=body,
        link=reverse(page),
        key=f"reviews:{person.pk}:{today}:{told}",
    )
