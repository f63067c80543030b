"""Telling people: what is written, for whom an e-mail waits, and that the same is told once."""

import pytest
from django.db import transaction
from kombu.exceptions import OperationalError

from accounts.actions.message_settings import choose_messages, mute
from accounts.actions.messages import _last_hint, message_to, tell, tell_address, tell_many
from accounts.message_texts import rendered
from accounts.models import AuditRecord, Message, Topic, User
from accounts.tasks import send_messages
from tests.factories import make_user

pytestmark = pytest.mark.django_db
WORDS = {
    "kind": "test",
    "topic": Topic.CALL,
    "subject": "새 공고",
    "body": "공고가 났습니다.",
    "key": "call:1",
}


@pytest.fixture
def hints(monkeypatch):
    sent = []
    monkeypatch.setattr(send_messages, "delay", lambda: sent.append(True))
    monkeypatch.setitem(_last_hint, "at", float("-inf"))
    return sent


def test_message_keeps_what_is_told_and_waits_to_be_sent():
    person, organiser = make_user(language="en"), make_user()

    tell(person, **WORDS, link="/competitions/", about="competition:1", by=organiser)

    message = Message.objects.get()
    assert (message.person, message.email, message.language) == (person, person.email, "en")
    assert (message.subject, message.body, message.link) == ("새 공고", "공고가 났습니다.", "/competitions/")
    assert (message.about, message.by, message.mail) == ("competition:1", organiser, "queued")


def test_the_same_is_told_once():
    person = make_user()

    tell(person, **WORDS)
    tell(person, **(WORDS | {"subject": "다른 제목"}))

    assert Message.objects.get().subject == "새 공고"


def test_many_are_told_in_one_statement(django_assert_num_queries):
    people = [make_user() for _number in range(3)]
    messages = [message_to(person, **(WORDS | {"key": f"call:1:{person.pk}"})) for person in people]

    with transaction.atomic(), django_assert_num_queries(1):
        tell_many([*messages, message_to(people[0], **(WORDS | {"key": messages[0].key}))])

    assert set(Message.objects.values_list("person", flat=True)) == {person.pk for person in people}


def test_nobody_to_tell_writes_nothing(hints, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell_many([])

    assert hints == []


@pytest.mark.parametrize(
    ("fields", "topic", "expected"),
    [
        ({}, Topic.CALL, "queued"),
        ({"muted": ["call"]}, Topic.CALL, "none"),
        ({"muted": ["call"]}, Topic.REMINDER, "queued"),
        ({"muted": ["duty"]}, Topic.DUTY, "queued"),
        ({"is_active": False}, Topic.DUTY, "none"),
    ],
    ids=["wanted", "muted", "another muted", "a duty", "inactive"],
)
def test_mail_waits_only_where_it_is_wanted(fields, topic, expected):
    tell(make_user(**fields), **(WORDS | {"topic": topic}))

    assert Message.objects.get().mail == expected


def test_person_without_an_address_is_told_on_the_site_alone():
    person = make_user()
    person.email = ""

    tell(person, **WORDS)

    assert Message.objects.get().mail == "none"


def test_mail_can_be_left_out():
    tell(make_user(), **WORDS, mail=False)

    assert Message.objects.get().mail == "none"


def test_address_without_an_account_is_told():
    tell_address("guest@example.org", **WORDS, language="en")

    message = Message.objects.get()
    assert (message.person, message.email, message.language) == (None, "guest@example.org", "en")
    assert message.mail == "queued"


def test_subject_is_one_line_of_bearable_length():
    tell(make_user(), **(WORDS | {"subject": "줄\r\nBcc: all@example.org " + "가" * 400}))

    subject = Message.objects.get().subject
    assert subject.startswith("줄 Bcc:")
    assert len(subject) == 300


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "entries/"])
def test_link_off_the_site_is_refused(link):
    with pytest.raises(ValueError, match="path on this site"):
        tell(make_user(), **WORDS, link=link)


def test_worker_is_woken_after_the_transaction(hints, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        tell(make_user(), **WORDS)
        assert hints == []

    assert hints == [True]


def test_worker_is_woken_once_a_second_at_most(hints, monkeypatch, django_capture_on_commit_callbacks):
    times = iter([10, 10, 10.9, 11.1, 11.1])
    monkeypatch.setattr("accounts.actions.messages.monotonic", lambda: next(times))

    with django_capture_on_commit_callbacks(execute=True):
        for number in range(3):
            tell(make_user(), **(WORDS | {"key": f"n:{number}"}))

    assert hints == [True, True]


def test_message_waits_while_the_broker_is_away(hints, monkeypatch, django_capture_on_commit_callbacks):
    def away():
        hints.append(False)
        raise OperationalError

    monkeypatch.setattr(send_messages, "delay", away)
    with django_capture_on_commit_callbacks(execute=True):
        tell(make_user(), **WORDS)

    assert hints == [False]
    assert Message.objects.get().mail == "queued"


def test_message_goes_with_the_act_it_tells_of():
    with transaction.atomic():
        tell(make_user(), **WORDS)
        transaction.set_rollback(True)

    assert not Message.objects.exists()


# Words


@pytest.mark.parametrize(("language", "expected"), [("ko", "ko 제목"), ("en", "en 제목")])
def test_rendered_speaks_the_readers_language(settings, tmp_path, language, expected):
    text = "{% get_current_language as now %}{{ now }} {{ title }}\n\n\n첫 줄 <{{ person }}>\n\n\n\n끝\n"
    (tmp_path / "test.txt").write_text("{% autoescape off %}" + text + "{% endautoescape %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    person = make_user(name="이가온", language=language)

    assert rendered(person, "test.txt", {"title": "제목"}) == (expected, "첫 줄 <이가온>\n\n끝")


# What is wanted


def test_choice_is_stored_and_recorded():
    person = make_user()

    choose_messages(person, language="en", muted={"call", "casebook"}, by=person)

    person.refresh_from_db()
    assert (person.language, person.muted) == ("en", ["call", "casebook"])
    record = AuditRecord.objects.get(verb="profile.changed")
    assert (record.by, record.detail) == (person, {"fields": ["language", "muted"]})


def test_muting_twice_is_recorded_once():
    person = make_user(muted=["call"])

    mute(person, Topic.CASEBOOK)
    mute(person, Topic.CASEBOOK)

    assert User.objects.get().muted == ["call", "casebook"]
    assert AuditRecord.objects.filter(verb="profile.changed").count() == 1
