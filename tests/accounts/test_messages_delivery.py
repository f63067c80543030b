"""Sending: once by one worker, again after a refusal, never again when nobody knows."""

import threading
from datetime import timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone

from accounts import clock, delivery
from accounts.actions.messages import tell_address
from accounts.delivery import claim, deliver_due, mail_of
from accounts.models import Message, Topic
from accounts.tasks import send_messages
from accounts.unsubscribing import unsubscribe_address
from tests.factories import make_message, make_user

pytestmark = pytest.mark.django_db


def ago(**span):
    return timezone.now() - timedelta(**span)


@pytest.fixture
def refusing(monkeypatch):
    """A mail server that refuses with the given error."""

    def refuse(error):
        def fail(_mail):
            raise error

        monkeypatch.setattr(EmailMessage, "send", fail)

    return refuse


def test_due_message_is_sent_once(mailoutbox):
    message = make_message(make_user(), link="/prompts/")

    deliver_due()
    deliver_due()

    [sent] = mailoutbox
    message.refresh_from_db()
    assert (sent.to, sent.subject) == ([message.email], message.subject)
    assert (message.mail, message.tries, message.error) == ("sent", 1, "")
    assert message.sent_at >= message.claimed_at


def test_link_of_a_mail_without_an_account_is_forgotten_once_sent(mailoutbox):
    tell_address(
        "guest@example.org",
        kind="team.invited",
        topic=Topic.DUTY,
        subject="초대",
        body="함께해 주십시오.",
        key="one",
        link="/invitations/secret/",
    )

    deliver_due()

    assert "/invitations/secret/" in mailoutbox[0].body
    assert Message.objects.get().link == ""


@pytest.mark.parametrize("task", [clock.send_due_messages, send_messages])
def test_clock_and_hint_send(mailoutbox, task, settings):
    make_message(make_user())

    task()

    assert len(mailoutbox) == 1
    assert clock.send_due_messages.name in {row["task"] for row in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.parametrize("state", ["none", "sending", "sent", "failed", "unsure"])
def test_only_waiting_messages_are_sent(mailoutbox, state):
    make_message(make_user(), mail=state, claimed_at=timezone.now())

    deliver_due()

    assert mailoutbox == []
    assert Message.objects.get().mail == state


def test_message_waits_for_its_time(mailoutbox):
    make_message(make_user(), try_at=timezone.now() + timedelta(minutes=1))

    deliver_due()

    assert mailoutbox == []


@pytest.mark.parametrize("change", [{"muted": ["casebook"]}, {"is_active": False}])
def test_message_that_is_no_longer_wanted_is_not_sent(mailoutbox, change):
    person = make_user()
    make_message(person)
    type(person).objects.update(**change)

    deliver_due()

    assert mailoutbox == []
    assert Message.objects.get().mail == "none"


def test_sending_stops_when_its_time_is_over(mailoutbox, monkeypatch):
    for _number in range(3):
        make_message(make_user())
    monkeypatch.setattr(delivery, "monotonic", iter([0, 1, 99]).__next__)

    deliver_due()

    assert len(mailoutbox) == 1


@pytest.mark.parametrize(
    ("tries", "minutes"), [(0, 1), (1, 5), (2, 30), (3, 120), (4, 720)], ids=["1", "2", "3", "4", "5"]
)
def test_refused_message_is_tried_again_later(refusing, tries, minutes):
    make_message(make_user(), tries=tries)
    refusing(SMTPServerDisconnected("Connection unexpectedly closed"))

    deliver_due()

    message = Message.objects.get()
    assert (message.mail, message.tries) == ("queued", tries + 1)
    assert message.error == "SMTPServerDisconnected: Connection unexpectedly closed"
    assert abs(message.try_at - timezone.now() - timedelta(minutes=minutes)) < timedelta(seconds=20)


def test_sixth_refusal_is_the_last(refusing):
    make_message(make_user(), tries=5)
    refusing(TimeoutError("timed out"))

    deliver_due()

    message = Message.objects.get()
    assert (message.mail, message.tries, message.error) == ("failed", 6, "TimeoutError: timed out")


def test_error_names_nobody(refusing):
    message = make_message(make_user())
    refusing(SMTPRecipientsRefused({message.email: (550, b"see https://mail.example/x?secret=1")}))

    deliver_due()

    error = Message.objects.get().error
    assert error.startswith("SMTPRecipientsRefused: ")
    assert "550" in error
    assert message.email not in error
    assert "secret" not in error


def test_one_refused_message_does_not_hold_up_the_next(mailoutbox, monkeypatch):
    bad, good = make_message(make_user(), subject="나쁜 제목"), make_message(make_user())
    send = EmailMessage.send

    def fail_once(message):
        if message.subject == bad.subject:
            raise ValueError("header")
        return send(message)

    monkeypatch.setattr(EmailMessage, "send", fail_once)
    deliver_due()

    assert [sent.subject for sent in mailoutbox] == [good.subject]
    bad.refresh_from_db()
    assert bad.mail == "queued"


@pytest.mark.parametrize(("minutes", "expected"), [(9, "sending"), (11, "unsure")])
def test_message_of_a_silent_worker_is_unsure_and_stays_so(mailoutbox, minutes, expected):
    make_message(make_user(), mail="sending", tries=1, claimed_at=ago(minutes=minutes))

    deliver_due()
    deliver_due()

    assert Message.objects.get().mail == expected
    assert mailoutbox == []


def test_late_worker_that_sent_it_says_so():
    message = make_message(make_user())
    taken = claim(message.pk)
    Message.objects.update(mail="unsure")

    delivery._settle(taken, mail="sent")

    assert Message.objects.get().mail == "sent"


def test_late_worker_that_failed_does_not_queue_it_again():
    message = make_message(make_user())
    taken = claim(message.pk)
    Message.objects.update(mail="unsure")

    delivery._settle(taken, mail="queued")

    assert Message.objects.get().mail == "unsure"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_message_once():
    made = [make_message(make_user()) for _number in range(20)]
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        deliver_due()
        connection.close()

    rivals = [threading.Thread(target=work) for _number in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert sorted(sent.to[0] for sent in mail.outbox) == sorted(message.email for message in made)
    assert set(Message.objects.values_list("mail", "tries")) == {("sent", 1)}


@pytest.mark.django_db(transaction=True)
def test_one_of_two_rivals_claims_a_message():
    message = make_message(make_user())
    barrier, won = threading.Barrier(2), []

    def take():
        barrier.wait()
        won.append(claim(message.pk) is not None)
        connection.close()

    rivals = [threading.Thread(target=take) for _number in range(2)]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join()

    assert sorted(won) == [False, True]


# The e-mail


def test_message_id_stays_and_is_of_this_site(settings):
    settings.SITE_URL = "https://casebook.gaon.example:8443"
    message = make_message(make_user(), key="call:1")
    other = make_message(make_user(), key="call:2")

    first, again = (mail_of(message).message()["Message-ID"] for _number in range(2))

    assert first == again != mail_of(other).message()["Message-ID"]
    assert first.endswith("@casebook.gaon.example>")


def test_mail_of_a_topic_says_how_to_stop_it(settings):
    settings.SITE_URL = "https://gaon.example"
    message = make_message(make_user(), link="/prompts/")
    address = "https://gaon.example" + unsubscribe_address(message.person, "casebook")

    sent = mail_of(message)

    assert sent.message()["List-Unsubscribe"] == f"<{address}>"
    assert sent.message()["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in sent.body
    assert "https://gaon.example/prompts/" in sent.body


@pytest.mark.parametrize("fields", [{"topic": "duty"}, {"person": None}], ids=["duty", "no account"])
def test_mail_that_cannot_be_stopped_has_no_such_header(fields):
    message = make_message(make_user())
    for name, value in fields.items():
        setattr(message, name, value)

    sent = mail_of(message)

    assert "List-Unsubscribe" not in sent.message()
    assert "unsubscribe" not in sent.body


def test_mail_is_plain_text_as_written():
    message = make_message(make_user(), body="<b>가 & 나</b>")

    assert "<b>가 & 나</b>" in mail_of(message).body
