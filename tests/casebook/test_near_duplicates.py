"""Prompts that say almost the same, when one is written and when a file comes in."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from casebook.actions.drafts import save_draft
from casebook.actions.forks import fork
from casebook.actions.near_duplicates import near_duplicates, near_duplicates_of_many
from casebook.actions.versions import NewRecord, add_version, create_records, retire_record
from casebook.models import Prompt, PromptFingerprint
from casebook.search.similarity import THRESHOLD, bands, text_of
from tests.casebook.reviewing import next_published
from tests.factories import AT, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db
TEXT = (
    "민원인이 보낸 글을 읽고 요지를 세 문장으로 정리한 뒤, 담당 부서와 처리 기한을 함께 적어 주십시오. "
    "근거가 되는 법령과 조례의 조문을 밝히고, 확인하지 못한 사실은 확인 필요라고 표시하십시오."
)
EDITED = TEXT.replace("세 문장으로", "네 문장으로")
OTHER = (
    "보도자료의 제목을 열 개 제안하고, 지역 주민이 바로 이해할 수 있는 쉬운 낱말만 사용하십시오. "
    "행사 일시와 장소는 첫 문단에, 담당자의 연락처는 마지막 문단에 두는 관행을 따르십시오."
)


def content(text=TEXT, title="민원 요지 정리"):
    return prompt_content(title=title, messages=[{"role": "user", "content": text}])


def stored(text=TEXT, title="민원 요지 정리", **fields):
    return make_prompt(title=title, messages=[{"role": "user", "content": text}], **fields)


def fingerprint(prompt):
    return PromptFingerprint.objects.get(prompt=prompt).bands


@pytest.mark.parametrize(("text", "found"), [(TEXT, True), (EDITED, True), (OTHER, False)])
def test_an_edited_copy_is_found_and_another_text_is_not(text, found):
    prompt = stored(published=True)

    rows = near_duplicates(content(text))

    assert [each for each, _alike in rows] == ([prompt] if found else [])
    assert all(alike >= THRESHOLD for _each, alike in rows)


def test_the_most_alike_comes_first():
    stored(EDITED, published=True)
    same = stored(published=True)

    rows = near_duplicates(content())

    assert (rows[0][0], rows[0][1], len(rows)) == (same, 1.0, 2)


def test_a_prompt_is_not_like_itself():
    prompt = stored(published=True)

    assert near_duplicates(content(), exclude=prompt) == []


def test_a_copy_is_not_held_against_its_original():
    prompt, person = stored(published=True, licence="KOGL-1"), make_user("staff")
    given = {"by": person, "at": AT, "attribution": "가온시", "idempotency_key": prompt.uid}
    copy = fork(prompt.current, **given).record

    assert near_duplicates(content(), exclude=copy) == []


def test_drafts_are_found_for_who_may_see_them():
    author = make_user("staff")
    draft = stored(by=author)

    seen = {
        user: [prompt for prompt, _alike in near_duplicates(content(), visible_to=user)]
        for user in (author, make_user("editor"), make_user("staff"))
    }

    assert list(seen.values()) == [[draft], [draft], []]
    assert near_duplicates(content()) == []


def test_retired_prompts_are_not_found():
    prompt = stored(published=True)
    retire_record(prompt, by=None, at=AT, reason="낡음")

    assert near_duplicates(content(), visible_to=make_user("editor")) == []


def test_a_text_without_words_is_like_nothing():
    stored("???", title="!", published=True)

    assert near_duplicates(content("???", title="!")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_query_count(count, django_assert_num_queries):
    for _ in range(count):
        stored(published=True)

    with django_assert_num_queries(2):
        rows = near_duplicates(content())

    assert len(rows) == count


# Fingerprints


def test_a_draft_is_remembered_as_it_is_saved():
    person = make_user("staff")
    version = stored(by=person).versions.get()
    save_draft(version, content(OTHER), by=person, at=AT, revision=0)

    assert fingerprint(version.record) == bands(text_of(content(OTHER)))


def test_a_published_text_is_remembered_until_another_is_published():
    prompt = stored(published=True)
    add_version(prompt, content(OTHER), by=None, at=AT)
    between = fingerprint(prompt)
    next_published(prompt, title="민원 요지 정리", messages=[{"role": "user", "content": OTHER}])

    assert between == bands(text_of(content()))
    assert fingerprint(prompt) == bands(text_of(content(OTHER)))


def test_reindex_fills_in_what_is_missing():
    draft, published = stored(OTHER), stored(published=True)
    PromptFingerprint.objects.all().delete()

    call_command("reindex")

    assert fingerprint(draft) == bands(text_of(content(OTHER)))
    assert fingerprint(published) == bands(text_of(content()))


def test_a_batch_is_remembered_in_one_query():
    counts = []
    for number in (1, 30):
        news = [NewRecord(content=content(f"{TEXT} {each}")) for each in range(number)]
        with CaptureQueriesContext(connection) as captured:
            create_records("prompt", news, by=None, at=AT)
        counts.append(len([each for each in captured if "fingerprint" in each["sql"]]))

    assert counts == [1, 1]
    assert PromptFingerprint.objects.count() == 31


# Many at once


def test_a_file_is_held_against_the_casebook_and_itself():
    prompt = stored(published=True)
    contents = [
        content(OTHER, title="보도자료 제목"),
        content(EDITED),
        content(OTHER, title="보도자료 제목 열 개"),
    ]

    found = near_duplicates_of_many(contents)

    assert {index: [row[:2] for row in rows] for index, rows in found.items()} == {
        1: [(prompt.title, prompt.get_absolute_url())],
        2: [("보도자료 제목", 0)],
    }


def test_an_item_is_not_like_the_prompt_it_is_a_version_of():
    prompt = stored(published=True)

    assert near_duplicates_of_many([content(EDITED)], uids=[str(prompt.uid)]) == {}


def test_drafts_of_others_are_not_named():
    stored()

    assert near_duplicates_of_many([content()]) == {}


@pytest.mark.parametrize(("count", "queries"), [(1, 2), (60, 2), (150, 4)])
def test_many_query_count(count, queries, django_assert_num_queries):
    stored(published=True)

    with django_assert_num_queries(queries):
        found = near_duplicates_of_many([content()] * count)

    assert len(found) == count


def test_many_copies_of_one_text_name_a_few_each():
    found = near_duplicates_of_many([content()] * 300)

    assert len(found) == 299
    assert max(len(rows) for rows in found.values()) <= 5


def test_what_is_alike_leads_to_a_proposal():
    prompt = stored(published=True)

    part = render_to_string("casebook/_near_duplicates.html", {"near_duplicates": [(prompt, 87)]})

    assert "87" in part
    assert f"{prompt.get_absolute_url()}propose/" in part
    assert Prompt.objects.count() == 1
