"""Telling people something: a notice on the site, and an e-mail where it is wanted.

A message is written in the transaction of what it tells of, so neither exists without the other. It is sent after
that (accounts/delivery.py).
"""

import logging
from time import monotonic

from django.db import transaction
from django.db.models.functions import Now
from kombu.exceptions import OperationalError
from sqlalchemy.exc import SQLAlchemyError

from accounts.delivery import wants_mail
from accounts.models import Message
from accounts.tasks import send_messages

log = logging.getLogger(__name__)
HINT_EVERY = 1  # seconds; a hint costs as much as all else about a message, and one wakes the worker for all
_last_hint = {"at": float("-inf")}  # of this process
LONGEST_SUBJECT = Message._meta.get_field("subject").max_length


def tell(person, **words):
    """Tell one person. The words are those of `message_to`; the same `key` tells once only."""
    tell_many([message_to(person, **words)])


def tell_address(email, **words):
    """Tell somebody who has no account, by e-mail alone. The words are those of `message_to_address`."""
    tell_many([message_to_address(email, **words)])


def tell_many(messages):
    """Write messages made by `message_to` and `message_to_address`; one whose key is known is passed over."""
    messages = list(messages)
    if not messages:
        return
    with transaction.atomic(savepoint=False):  # nothing here can fail halfway
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        transaction.on_commit(hint)


def message_to(person, *, kind, topic, subject, body, key, link="", about="", by=None, mail=True):
    """An unsaved message; subject and body are in the person's language already (`rendered`).

    key: names what is told to whom, so that it is told once. link: a path on this site. about: a scope, such as
    "competition:12". mail: False for a notice on the site alone.
    """
    queued = mail and wants_mail(person, topic)
    return _message(
        person=person,
        email=person.email,
        language=person.language,
        mail=Message.Mail.QUEUED if queued else Message.Mail.NONE,
        kind=kind,
        topic=topic,
        subject=subject,
        body=body,
        key=key,
        link=link,
        about=about,
        by=by,
    )


def message_to_address(email, *, kind, topic, subject, body, key, link="", about="", by=None, language="ko"):
    return _message(
        person=None,
        email=email,
        language=language,
        kind=kind,
        topic=topic,
        subject=subject,
        body=body,
        key=key,
        link=link,
        about=about,
        by=by,
    )


def _message(*, subject, link, **fields):
    if link and (not link.startswith("/") or link.startswith("//")):
        raise ValueError(f"The link of a message is a path on this site, not {link!r}.")
    # A line break in a subject would begin another header.
    return Message(subject=" ".join(subject.split())[:LONGEST_SUBJECT], link=link, **fields)


def hint():
    """Wake the worker. When it was woken just now, or the broker is away, the clock finds the messages."""
    if monotonic() - _last_hint["at"] < HINT_EVERY:
        return
    _last_hint["at"] = monotonic()
    try:
        send_messages.delay()
    except (OperationalError, SQLAlchemyError):
        log.warning("The broker did not take a hint of new messages; the clock will send them.")


@transaction.atomic
def send_again(messages):
    """Let the worker try again what it gave up, or perhaps sent. Returns how many; the act around it is audited."""
    ended = messages.filter(mail__in=[Message.Mail.FAILED, Message.Mail.UNSURE])
    count = ended.update(mail=Message.Mail.QUEUED, tries=0, try_at=Now(), error="")
    if count:
        transaction.on_commit(hint)
    return count


def mark_read(message):
    """Note when its person first opened it."""
    Message.objects.unread().filter(pk=message.pk).update(read_at=Now())


def mark_all_read(person):
    """Return how many were unread."""
    return Message.objects.visible_to(person).unread().update(read_at=Now())
