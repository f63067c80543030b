"""Reminders of reviews: who is told of what, and how often."""

from datetime import date, timedelta

import pytest

from accounts.delivery import deliver_due
from accounts.models import Message
from casebook import clock
from casebook.clock import remind_of_reviews
from casebook.models import Case, Prompt, PromptVersion
from tests.casebook.reviewing import next_version, published_prompt, waiting_prompt
from tests.factories import make_case, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def remind(*, today):
    """What the clock does, and then the worker."""
    clock.remind(today=today)
    deliver_due()


def due(record, day):
    type(record).objects.filter(pk=record.pk).update(review_by=day)
    return record


def overdue(**fields):
    version = waiting_prompt(**fields)
    PromptVersion.objects.filter(pk=version.pk).update(review_due=TODAY - timedelta(days=1))
    return version.record


def receivers(mailoutbox):
    return sorted(message.to[0] for message in mailoutbox)


def test_editors_get_one_message_about_everything(mailoutbox):
    editors = [make_user("editor"), make_user("editor")]
    overdue(title="기다리는 프롬프트")
    due(published_prompt(title="다시 볼 프롬프트"), TODAY + timedelta(days=14))
    due(make_case(published=True, title="다시 볼 사례"), TODAY - timedelta(days=30))

    remind(today=TODAY)

    assert receivers(mailoutbox) == sorted(editor.email for editor in editors)
    for title in ("기다리는 프롬프트", "다시 볼 프롬프트", "다시 볼 사례"):
        assert title in mailoutbox[0].body
    assert "/desk/" in mailoutbox[0].body


def test_authors_are_told_of_their_own_only(mailoutbox):
    author = make_user("staff")
    due(published_prompt(by=author, title="내 프롬프트"), TODAY)
    due(published_prompt(title="남의 프롬프트"), TODAY)

    remind(today=TODAY)

    [message] = mailoutbox
    assert message.to == [author.email]
    assert "내 프롬프트" in message.body
    assert "남의 프롬프트" not in message.body


def test_editor_who_wrote_it_gets_one_message(mailoutbox):
    editor = make_user("editor")
    due(published_prompt(by=editor), TODAY)

    remind(today=TODAY)

    assert receivers(mailoutbox) == [editor.email]


def test_each_date_is_told_once(mailoutbox):
    make_user("editor")
    record = due(published_prompt(), TODAY + timedelta(days=10))

    remind(today=TODAY)
    remind(today=TODAY + timedelta(days=1))
    assert len(mailoutbox) == 1

    due(record, TODAY + timedelta(days=365))
    remind(today=TODAY + timedelta(days=340))
    assert len(mailoutbox) == 1
    remind(today=TODAY + timedelta(days=351))
    assert len(mailoutbox) == 2


def test_version_that_is_overdue_again_is_told_again(mailoutbox):
    make_user("editor")
    record = overdue()
    remind(today=TODAY)

    PromptVersion.objects.filter(record=record).update(review_due=TODAY + timedelta(days=14))
    remind(today=TODAY + timedelta(days=14))
    assert len(mailoutbox) == 1
    remind(today=TODAY + timedelta(days=15))
    assert len(mailoutbox) == 2


def test_record_with_two_late_versions_is_named_once(mailoutbox):
    make_user("editor")
    record = published_prompt(title="두 판")
    for _ in range(2):
        next_version(record, title="두 판")
    PromptVersion.objects.filter(state="in_review").update(review_due=TODAY - timedelta(days=2))

    remind(today=TODAY)

    assert mailoutbox[0].body.count("두 판") == 1


@pytest.mark.parametrize(
    "make",
    [
        lambda: due(published_prompt(), TODAY + timedelta(days=15)),
        lambda: published_prompt(),
        lambda: waiting_prompt(),  # due on 26 May plus
        lambda: Prompt.objects.filter(pk=due(published_prompt(), TODAY).pk).update(
            retired_at="2026-05-30T00:00Z"
        ),
    ],
    ids=["later", "no date", "in time", "retired"],
)
def test_nobody_is_disturbed(mailoutbox, make):
    make_user("editor")
    make()
    PromptVersion.objects.filter(state="in_review").update(review_due=TODAY)

    remind(today=TODAY)

    assert mailoutbox == []
    assert not Prompt.objects.exclude(reminded_on=None).exists()


@pytest.mark.parametrize("gone", ["inactive", "revoked"])
def test_former_editors_get_nothing(mailoutbox, gone):
    editor = make_user("editor")
    if gone == "inactive":
        editor.is_active = False
        editor.save()
    else:
        editor.grants.update(revoked_at="2026-01-01T00:00Z")
    due(published_prompt(), TODAY)

    remind(today=TODAY)

    assert mailoutbox == []


def test_what_was_not_written_is_not_noted(monkeypatch):
    make_user("editor")
    due(published_prompt(), TODAY)

    def fail(_messages):
        raise OSError("no database")

    monkeypatch.setattr("casebook.clock.tell_many", fail)
    with pytest.raises(OSError, match="no database"):
        remind(today=TODAY)

    assert Prompt.objects.get().reminded_on is None


def test_reminders_are_duties_on_the_site_too():
    editor, author = make_user("editor", muted=["duty"]), make_user("staff")
    due(published_prompt(by=author), TODAY)

    clock.remind(today=TODAY)

    told = Message.objects.order_by("pk").values_list("person", "topic", "mail", "link")
    assert list(told) == [
        (editor.pk, "duty", "queued", "/desk/"),
        (author.pk, "duty", "queued", "/write/"),
    ]


def test_reminder_speaks_the_language_of_its_reader():
    make_user("editor", language="en")
    make_user("editor", language="ko")
    due(published_prompt(), TODAY)

    clock.remind(today=TODAY)

    english, korean = Message.objects.order_by("pk")
    assert english.subject == "1 review is due"
    assert english.body.startswith("Dear ")
    assert not korean.body.startswith("Dear ")


def test_clock_calls_it(settings):
    make_user("editor")
    due(make_case(published=True), date(2020, 1, 1))

    remind_of_reviews()

    assert Message.objects.count() == 1
    assert Case.objects.get().reminded_on is not None
    assert "casebook.clock.remind_of_reviews" in {
        entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()
    }
