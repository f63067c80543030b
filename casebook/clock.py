"""What the calendar asks for: reminders of reviews."""

from datetime import timedelta

from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import ngettext, override

from accounts.models import User
from accounts.roles import Role
from casebook.models import Case, Prompt
from casebook.states import VersionState

AHEAD = timedelta(days=14)


@shared_task
def remind_of_reviews():
    remind(today=localdate(now()))


@transaction.atomic
def remind(*, today):
    """Send each editor one message about all that is overdue or due within 14 days, each author one about their own.

    A record is told of once for each date: `reminded_on` notes the day. When sending fails nothing is noted, and the
    next day tries again.
    """
    overdue, due = [], []
    for model in (Prompt, Case):
        overdue += _overdue(model, today)
        due += _due(model, today)
    if not overdue and not due:
        return
    for record in {(record.kind, record.pk): record for record in [*overdue, *due]}.values():
        type(record).objects.filter(pk=record.pk).update(reminded_on=today)
    editors = {person.pk for person in _editors()}
    for person in _editors():
        _send(person, overdue, due)
    for author in {record.created_by for record in [*overdue, *due]} - {None}:
        if author.pk not in editors and author.is_active:
            _send(
                author,
                *([each for each in rows if each.created_by_id == author.pk] for rows in (overdue, due)),
            )


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


def _send(person, overdue, due):
    with override(settings.LANGUAGE_CODE):
        count = len(overdue) + len(due)
        subject = ngettext("%(count)d review is due", "%(count)d reviews are due", count) % {"count": count}
        desk = settings.SITE_URL + reverse("casebook:desk")
        context = {"person": person, "overdue": overdue, "due": due, "desk": desk}
        send_mail(subject, render_to_string("casebook/mail/reviews.txt", context), None, [person.email])
