"""Decisions on versions: what each needs, who may take them, and that one of two rivals wins."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.actions.drafts import begin_version, save_draft, take_back
from casebook.actions.hindrances import Hindered, hindrances
from casebook.actions.review import decline_version, publish_reviewed, review_again, send_back
from casebook.actions.versions import add_version, ask_review, publish_version
from casebook.errors import CasebookError
from casebook.models import PromptVersion, Review
from tests.casebook.reviewing import ALL_POINTS, published_prompt, ready_content, waiting_prompt
from tests.factories import AT, make_case, make_prompt, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
REMARK = [{"path": "messages.0.content", "text": "높임말로 써 주세요."}]


def publish(version, *, by=None, **given):
    publish_reviewed(version, by=by or make_user("editor"), at=AT, **({"ticked": ALL_POINTS} | given))


def test_asking_for_review_sets_the_day_it_is_due(settings):
    settings.REVIEW_DAYS = 10

    assert waiting_prompt().review_due == date(2026, 5, 22)


def test_publishing_keeps_what_was_checked_and_when_to_look_again():
    version, editor = waiting_prompt(), make_user("editor")

    publish(version, by=editor, note="좋습니다.", remarks=REMARK, review_by=date(2027, 1, 4))

    review = version.reviews.get()
    assert (review.decision, review.reviewer, review.checklist) == ("published", editor, ALL_POINTS)
    assert (review.remarks, review.note) == (REMARK, "좋습니다.")
    version.record.refresh_from_db()
    assert version.record.is_published
    assert version.record.review_by == date(2027, 1, 4)
    assert AuditRecord.objects.filter(verb="version.published", by=editor).count() == 1


def test_next_review_is_a_year_ahead_unless_said():
    version = waiting_prompt()

    publish(version)

    assert version.record.review_by == date(2027, 5, 12)


def test_open_point_needs_a_reason():
    version = waiting_prompt()

    with pytest.raises(CasebookError):
        publish(version, ticked=ALL_POINTS[1:])
    publish(version, ticked=ALL_POINTS[1:], note="모델로 시험하지 못함: 기관 AI 점검 중")

    assert version.state == "published"


@pytest.mark.parametrize("part", ["created_by", "edited_by"])
def test_nobody_publishes_their_own(part):
    editor = make_user("editor")
    version = waiting_prompt()
    setattr(version, part, editor)

    with pytest.raises(CasebookError, match="another editor"):
        publish(version, by=editor)

    assert not Review.objects.exists()


def test_publishing_what_was_changed_after_it_was_read_is_refused():
    author = make_user("staff")
    version = waiting_prompt(by=author)
    read = version.content_sha256
    take_back(version, by=author, at=AT)
    save_draft(version, ready_content(title="다른 글"), by=author, at=AT, revision=0)
    ask_review(version, by=author, at=AT)

    with pytest.raises(IllegalMove):
        publish(version, seen=read)

    assert PromptVersion.objects.get().state == "in_review"


@pytest.mark.parametrize(
    "fields",
    [
        {"variables": []},
        {"purpose": "문의 홍길동 900101-" + "1234567"},
        {"sensitivity": "internal"},
    ],
    ids=["blank nobody declared", "personal data", "prohibited inputs missing"],
)
def test_blocking_findings_refuse_publication(fields):
    version = waiting_prompt(**fields)

    with pytest.raises(Hindered) as refused:
        publish(version)

    assert refused.value.reasons == hindrances(version)
    assert len(refused.value.reasons) >= 1
    version.refresh_from_db()
    assert version.state == "in_review"


def step_of(prompt, number=1):
    return {
        "title": "1단계",
        "prompt": {"uid": str(prompt.uid), "version": number},
        "gate": "auto",
        "check": "",
    }


def test_step_that_is_not_published_refuses_publication():
    step = make_prompt(title="첫 단계")
    version = waiting_prompt(steps=[step_of(step)])

    with pytest.raises(Hindered, match="첫 단계"):
        publish(version)

    ask_review(step.versions.get(), by=None, at=AT)
    publish_version(step.versions.get(), by=None, at=AT)
    publish(version)
    assert version.state == "published"


def test_step_this_site_lacks_refuses_publication():
    step = published_prompt()
    version = waiting_prompt(steps=[step_of(step, number=7)])

    with pytest.raises(Hindered, match="not on this site"):
        publish(version)


def test_retired_step_refuses_publication():
    step = published_prompt(title="물러난 단계")
    step.retired_at = AT
    step.save()
    version = waiting_prompt(steps=[step_of(step)])

    with pytest.raises(Hindered, match="물러난 단계"):
        publish(version)


def test_bringing_in_does_not_ask_for_findings():
    version = waiting_prompt(variables=[])

    publish_version(version, by=None, at=AT)

    assert version.state == "published"
    assert not Review.objects.exists()


def test_send_back_keeps_remarks_and_ends_the_due_date():
    version = waiting_prompt()

    send_back(version, by=make_user("editor"), at=AT, remarks=REMARK)

    version.refresh_from_db()
    assert (version.state, version.asked_at, version.review_due) == ("draft", None, None)
    assert version.reviews.get().remarks == REMARK


def test_decline_ends_it():
    version, editor = waiting_prompt(), make_user("editor")

    decline_version(version, by=editor, at=AT, reason="같은 프롬프트가 있습니다.")

    version.refresh_from_db()
    assert (version.state, version.reviews.get().decision) == ("declined", "declined")
    assert AuditRecord.objects.filter(verb="version.declined").count() == 1
    with pytest.raises(IllegalMove):
        publish(version)


def test_declined_version_lets_its_author_begin_another():
    record = published_prompt()
    version = add_version(record, ready_content(), by=None, at=AT)
    ask_review(version, by=None, at=AT)
    decline_version(version, by=make_user("editor"), at=AT, reason="아직 이릅니다.")

    assert begin_version(record.current, by=make_user("staff"), at=AT).number == 3


@pytest.mark.parametrize("act", [send_back, decline_version])
def test_refusing_needs_a_reason(act):
    version = waiting_prompt()

    with pytest.raises(CasebookError):
        act(version, by=make_user("editor"), at=AT, reason="  ")

    assert PromptVersion.objects.get().state == "in_review"


@pytest.mark.parametrize("act", [send_back, decline_version])
def test_published_version_is_decided(act):
    record = published_prompt()

    with pytest.raises(IllegalMove):
        act(record.current, by=make_user("editor"), at=AT, reason="늦음")

    assert not Review.objects.exists()


@pytest.mark.parametrize("make", [published_prompt, lambda: make_case(published=True)])
def test_still_good_sets_a_new_day(make):
    record = make()
    record.review_by, record.reminded_on = AT.date(), AT.date()
    record.save()

    review_again(record, by=make_user("editor"), at=AT)

    record.refresh_from_db()
    assert (record.review_by, record.reminded_on) == (date(2027, 5, 12), None)
    assert AuditRecord.objects.filter(verb="record.reviewed_again").count() == 1


def test_next_review_lies_ahead():
    with pytest.raises(CasebookError):
        review_again(published_prompt(), by=make_user("editor"), at=AT, review_by=AT.date())


def test_draft_is_not_reviewed_again():
    with pytest.raises(IllegalMove):
        review_again(make_prompt(), by=make_user("editor"), at=AT, review_by=AT.date() + timedelta(days=9))


@pytest.mark.django_db(transaction=True)
def test_two_editors_decide_at_once_and_one_wins():
    version = waiting_prompt()
    editors = [make_user("editor"), make_user("editor")]
    outcomes, start = [], threading.Barrier(2)

    def decide(act):
        mine = PromptVersion.objects.select_related("record").get(pk=version.pk)
        start.wait()
        try:
            act(mine)
            outcomes.append("decided")
        except IllegalMove:
            outcomes.append("refused")
        finally:
            connection.close()

    acts = [
        lambda mine: publish(mine, by=editors[0]),
        lambda mine: decline_version(mine, by=editors[1], at=AT, reason="아님"),
    ]
    threads = [threading.Thread(target=decide, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["decided", "refused"]
    assert Review.objects.count() == 1
    version.refresh_from_db()
    assert version.state == version.reviews.get().decision
