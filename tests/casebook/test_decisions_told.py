"""Authors are told what was decided on their prompts and cases."""

import pytest

from accounts.models import Message
from casebook.actions.review import decline_version, publish_checked, send_back
from casebook.actions.versions import ask_review, publish_version
from tests.casebook.reviewing import waiting_prompt
from tests.factories import AT, make_case, make_user

pytestmark = pytest.mark.django_db


def publish(version, **given):
    publish_checked(version, at=AT, **given)


def refuse(version, **given):
    decline_version(version, at=AT, reason="같은 프롬프트가 있습니다.", **given)


def give_back(version, **given):
    send_back(version, at=AT, reason="예시를 넣어 주세요.", **given)


DECISIONS = [
    (publish, "version.published", ""),
    (give_back, "version.sent_back", "예시를 넣어 주세요."),
    (refuse, "version.declined", "같은 프롬프트가 있습니다."),
]


@pytest.mark.parametrize(("decide", "kind", "reason"), DECISIONS)
def test_author_is_told_of_the_decision(decide, kind, reason):
    author, editor = make_user("staff", language="en"), make_user("editor")
    version = waiting_prompt(by=author, title="민원 답변 <초안>")

    decide(version, by=editor)

    message = Message.objects.get()
    assert (message.person, message.by, message.kind, message.topic) == (author, editor, kind, "casebook")
    assert "민원 답변 <초안>" in message.subject
    assert "민원 답변 <초안>" in message.body
    assert reason in message.body
    assert message.about == f"prompt:{version.record_id}"


def test_author_of_a_case_is_told():
    author = make_user("staff")
    record = make_case(by=author)
    version = record.versions.get()
    ask_review(version, by=author, at=AT)

    give_back(version, by=make_user("editor"))

    assert Message.objects.get().link == record.get_absolute_url()


def test_message_of_a_prompt_sent_back_leads_to_its_draft(as_user):
    author = make_user("staff")
    version = waiting_prompt(by=author)

    give_back(version, by=make_user("editor"))

    link = Message.objects.get().link
    assert link == f"/write/{version.pk}/"
    assert as_user(author).get(link).status_code == 200


def test_each_decision_is_told():
    author, editor = make_user("staff"), make_user("editor")
    version = waiting_prompt(by=author)

    give_back(version, by=editor)
    ask_review(version, by=author, at=AT)
    give_back(version, by=editor)

    assert Message.objects.count() == 2


def test_nobody_is_told_of_their_own_act():
    editor = make_user("editor")

    give_back(waiting_prompt(by=editor), by=editor)

    assert not Message.objects.exists()


def test_bringing_in_tells_nobody():
    version = waiting_prompt(by=make_user("staff"))

    publish_version(version, by=make_user("editor"), at=AT)

    assert not Message.objects.exists()


def test_author_who_left_is_not_told():
    author = make_user("staff", is_active=False)

    give_back(waiting_prompt(by=author), by=make_user("editor"))

    assert not Message.objects.exists()
