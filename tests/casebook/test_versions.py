import threading

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.errors import IllegalMove
from accounts.models import AuditRecord
from casebook.actions.review import send_back
from casebook.actions.versions import (
    add_version,
    ask_review,
    create_record,
    publish_version,
    retire_record,
)
from casebook.content import content_sha256
from casebook.errors import CasebookError
from casebook.models import CaseVersion, Prompt, PromptVersion, SearchDocument
from tests.factories import AT, case_content, make_case, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db


def test_create_record_stores_first_version_as_draft():
    content = prompt_content(title="보도자료 초안")

    record = create_record("prompt", content, by=None, at=AT)

    version = record.versions.get()
    assert (record.slug, record.title) == ("보도자료-초안", "보도자료 초안")
    assert (version.number, version.state, version.content) == (1, "draft", content)
    assert version.content_sha256 == content_sha256(content)


def test_second_record_of_same_title_gets_its_own_address():
    first, second = make_prompt(title="같은 제목"), make_prompt(title="같은 제목")

    assert first.slug == "같은-제목"
    assert second.slug == f"같은-제목-{str(second.uid)[:8]}"


def test_title_without_letters_still_gets_an_address():
    assert make_prompt(title="???").slug != ""


def test_published_version_is_shown_and_searchable():
    record = make_prompt(published=True, title="축사")

    assert record.is_published
    assert SearchDocument.objects.get().title == "축사"
    assert AuditRecord.objects.filter(verb="version.published").count() == 1


def test_newer_draft_leaves_the_published_version_in_place():
    record = make_prompt(published=True, title="옛 제목")

    version = add_version(record, prompt_content(title="새 제목"), by=None, at=AT)

    record.refresh_from_db()
    assert (version.number, record.title, record.current.number) == (2, "옛 제목", 1)


def test_publish_without_review_is_refused():
    version = make_prompt().versions.get()

    with pytest.raises(IllegalMove):
        publish_version(version, by=None, at=AT)

    assert not SearchDocument.objects.exists()


def test_publish_twice_is_refused():
    record = make_prompt(published=True)

    with pytest.raises(IllegalMove):
        publish_version(record.current, by=None, at=AT)


def test_send_back_needs_a_reason():
    version = make_prompt().versions.get()
    ask_review(version, by=None, at=AT)

    with pytest.raises(CasebookError):
        send_back(version, by=None, at=AT, reason="  ")

    version.refresh_from_db()
    assert version.state == "in_review"


def test_send_back_returns_to_draft():
    version = make_prompt().versions.get()
    ask_review(version, by=None, at=AT)

    send_back(version, by=make_user("editor"), at=AT, reason="예시를 더해 주세요.")

    version.refresh_from_db()
    assert version.state == "draft"


@pytest.mark.parametrize("change", [{"content": {}}, {"note": "x"}, {"content_sha256": "0"}])
def test_published_version_cannot_be_changed_even_in_sql(change):
    record = make_prompt(published=True)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        PromptVersion.objects.filter(pk=record.current_id).update(**change)


def test_published_case_version_cannot_be_deleted():
    record = make_case(published=True)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        CaseVersion.objects.filter(pk=record.current_id)._raw_delete(using="default")


def test_retire_takes_out_of_search_and_keeps_versions():
    record = make_prompt(published=True)

    retire_record(record, by=make_user("editor"), at=AT, reason="법이 바뀜")

    record.refresh_from_db()
    assert not record.is_published
    assert not SearchDocument.objects.exists()
    assert record.versions.count() == 1


def test_retire_draft_is_refused():
    with pytest.raises(IllegalMove):
        retire_record(make_prompt(), by=None, at=AT, reason="없음")


def test_case_is_tied_to_the_prompt_version_it_names():
    prompt = make_prompt(published=True)
    step = {"text": "초안 작성", "prompt": {"uid": str(prompt.uid), "version": 1}}

    case = create_record("case", case_content(steps=[step]), by=None, at=AT)

    assert [link.prompt_version for link in case.versions.get().prompt_links.all()] == [prompt.current]


def test_hours_saved_stay_unknown_when_a_figure_is_missing():
    effect = {"minutes_before": 30, "minutes_after": 5, "review_minutes": 5, "cases_per_month": 120}

    missing = make_case(effect=effect)
    whole = make_case(effect=effect | {"adoption_rate": "0.5"})

    assert missing.hours_saved is None
    assert whole.hours_saved == 20


@pytest.mark.django_db(transaction=True)
def test_two_editors_publish_at_once_and_one_wins():
    version = make_prompt().versions.get()
    ask_review(version, by=None, at=AT)
    outcomes, start = [], threading.Barrier(2)

    def publish():
        mine = PromptVersion.objects.select_related("record").get(pk=version.pk)
        start.wait()
        try:
            publish_version(mine, by=None, at=AT)
            outcomes.append("published")
        except IllegalMove:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=publish) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["published", "refused"]
    assert Prompt.objects.get().current_id == version.pk
