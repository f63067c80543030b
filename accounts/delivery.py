"""Sending the mail of messages: each is claimed by one worker, sent once, and tried again when the server refuses."""

import logging
import re
from datetime import timedelta
from hashlib import sha256
from time import monotonic
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import F
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.utils.translation import override

from accounts.models import Message, Topic
from accounts.unsubscribing import unsubscribe_address

log = logging.getLogger(__name__)
Mail = Message.Mail
AGAIN_AFTER = [
    timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)
]  # after the first try, the second ...
UNSURE_AFTER = timedelta(minutes=10)  # the mail server is given up much sooner: EMAIL_TIMEOUT
AT_A_TIME = 14  # seconds; the clock asks every 15
ADDRESSES = re.compile(r"\S+@\S+|https?://\S+")
LONGEST_ERROR = Message._meta.get_field("error").max_length


def wants_mail(person, topic):
    """Duties are always sent; every other topic unless the person muted it."""
    reachable = person.is_active and bool(person.email)
    return reachable and (topic == Topic.DUTY or topic not in person.muted)


def deliver_due():
    """Send what is due, oldest first, for a few seconds; the clock goes on with the rest."""
    _note_unsure()
    connection, until = get_connection(), monotonic() + AT_A_TIME
    try:
        for pk in Message.objects.due(Now()).order_by("try_at", "pk").values_list("pk", flat=True):
            if monotonic() > until:
                return
            _deliver(pk, connection)
    finally:
        connection.close()


def _note_unsure():
    """A worker that died while sending may have sent it: nobody sends it again unasked."""
    silent = Message.objects.filter(mail=Mail.SENDING, claimed_at__lt=Now() - UNSURE_AFTER)
    silent.update(mail=Mail.UNSURE)


def claim(pk):
    """Take a due message; of two rivals one wins. Returns it, or None."""
    taken = Message.objects.due(Now()).filter(pk=pk)
    if not taken.update(mail=Mail.SENDING, claimed_at=Now(), tries=F("tries") + 1):
        return None
    return Message.objects.select_related("person").get(pk=pk)


def _deliver(pk, connection):
    message = claim(pk)
    if message is None:
        return
    if message.person and not wants_mail(message.person, message.topic):  # muted while it waited
        _settle(message, mail=Mail.NONE)
        return
    try:
        mail_of(message, connection=connection).send()
    except Exception as error:  # whatever it is, the other messages are sent all the same
        log.warning("Message %s was not sent: %s", message.pk, type(error).__name__)
        connection.close()
        _settle(message, **_after_failure(message, error))
    else:
        _settle(message, mail=Mail.SENT, sent_at=Now(), error="", **_secrets_gone(message))


def _secrets_gone(message):
    """The link of a mail to somebody without an account may let its reader in; once sent, nobody needs it here."""
    return {} if message.person_id else {"link": ""}


def _settle(message, **fields):
    """Only the try that was claimed; who knows that it was sent may say so even late."""
    states = [Mail.SENDING, Mail.UNSURE] if fields["mail"] == Mail.SENT else [Mail.SENDING]
    Message.objects.filter(pk=message.pk, tries=message.tries, mail__in=states).update(**fields)


def _after_failure(message, error):
    words = f"{type(error).__name__}: {ADDRESSES.sub('…', str(error))}"[:LONGEST_ERROR]
    if message.tries > len(AGAIN_AFTER):
        return {"mail": Mail.FAILED, "error": words}
    return {"mail": Mail.QUEUED, "try_at": Now() + AGAIN_AFTER[message.tries - 1], "error": words}


def mail_of(message, *, connection=None):
    """The e-mail of a message. Tried twice it is still one mail to whoever reads: its Message-ID stays."""
    unsubscribe = ""
    if message.person_id and message.topic != Topic.DUTY:
        unsubscribe = settings.SITE_URL + unsubscribe_address(message.person, message.topic)
    headers = {"Message-ID": _message_id(message)}
    if unsubscribe:
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return EmailMessage(
        message.subject,
        _text(message, unsubscribe),
        to=[message.email],
        headers=headers,
        connection=connection,
    )


def _message_id(message):
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return f"<{sha256(message.key.encode()).hexdigest()[:40]}@{host}>"


def _text(message, unsubscribe):
    link = settings.SITE_URL + message.link if message.link else ""
    context = {"message": message, "link": link, "unsubscribe": unsubscribe}
    with override(message.language):
        return render_to_string("accounts/mail/message.txt", context)
