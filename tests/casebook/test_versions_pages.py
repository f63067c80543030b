"""The list of versions, two versions side by side, and restoring an earlier one."""

import pytest
from django.urls import reverse

from casebook.actions.labels import set_label
from casebook.actions.versions import create_record
from casebook.models import PromptVersion
from tests.casebook.reviewing import next_published, next_version, published_prompt
from tests.factories import AT, case_content, make_case, make_prompt, make_user

pytestmark = pytest.mark.django_db


def url(name, record):
    return reverse(f"casebook:{name}", args=[record.slug])


def case_using(version):
    link = {"uid": str(version.record.uid), "version": version.number}
    content = case_content(steps=[{"text": "초안", "prompt": link}])
    return create_record("case", content, by=None, at=AT)


def publish_case(record):
    record.current = record.versions.get()
    record.published_at = AT
    record.save()
    return record


@pytest.mark.parametrize("count", [1, 3])
def test_versions_query_count(client, count, django_assert_num_queries):
    record = published_prompt()
    for _ in range(count):
        version = next_published(record)
        publish_case(case_using(version))

    with django_assert_num_queries(6):
        response = client.get(url("versions", record))

    rows = response.context["page_obj"].object_list
    assert [row.number for row in rows] == list(range(count + 1, 0, -1))
    assert [len(row.cases) for row in rows] == [1] * count + [0]


def test_drafts_of_cases_are_not_named(client):
    record = published_prompt()
    case_using(record.current)

    [row] = client.get(url("versions", record)).context["page_obj"].object_list

    assert row.cases == []


@pytest.mark.parametrize(
    ("role", "shown"), [("staff", "가온 주무관"), ("editor", "가온 주무관"), (None, "동료 직원")]
)
def test_names_are_for_colleagues(as_user, role, shown):
    record = published_prompt(by=make_user("staff", name="가온 주무관"))
    client = as_user(make_user(*([role] if role else [])))

    [row] = (
        client.get(url("versions", record), headers={"accept-language": "ko"}).context["page_obj"].object_list
    )

    assert (row.author == "가온 주무관") == (shown == "가온 주무관")
    assert row.author


@pytest.mark.parametrize("page", ["versions", "compare"])
def test_drafts_are_for_author_and_editors(as_user, client, page):
    author = make_user("staff")
    record = published_prompt(by=author)
    next_version(record, by=author, title="아직 비밀")

    def numbers():
        context = client.get(url(page, record)).context
        return [each.number for each in (context["page_obj"] if page == "versions" else context["choices"])]

    assert numbers() == [1]
    client.force_login(make_user("staff"))
    assert numbers() == [1]
    client.force_login(author)
    assert numbers() == [2, 1]
    client.force_login(make_user("editor"))
    assert numbers() == [2, 1]


@pytest.mark.parametrize("page", ["versions", "compare"])
def test_unpublished_record_is_not_found(client, page):
    assert client.get(url(page, make_prompt())).status_code == 404


def test_strangers_never_compare_with_a_draft(client):
    record = published_prompt()
    next_version(record)

    assert client.get(url("compare", record), {"a": 1, "b": 2}).status_code == 404


@pytest.mark.parametrize(
    ("query", "shown"), [({}, (2, 3)), ({"b": 2}, (1, 2)), ({"a": 1, "b": 3}, (1, 3)), ({"b": "x"}, (2, 3))]
)
def test_compare_shows_the_two_asked_for(client, query, shown):
    record = published_prompt(title="하나")
    for title in ("둘", "셋"):
        next_published(record, title=title)

    context = client.get(url("compare", record), query).context

    assert (context["old"].number, context["new"].number) == shown
    assert context["changes"] == 1


def test_compare_marks_words(client):
    record = published_prompt(purpose="검토결과를 정리합니다")
    next_published(record, purpose="검토결과는 정리합니다", title=record.title)

    page = client.get(url("compare", record)).content.decode()

    assert "</span>를</del> 정리합니다" in page
    assert "</span>는</ins> 정리합니다" in page


@pytest.mark.parametrize(("count", "differ"), [(1, False), (2, False)])
def test_compare_says_when_nothing_differs(client, count, differ):
    record = published_prompt(title="그대로")
    if count == 2:
        next_published(record, title="그대로")

    response = client.get(url("compare", record))

    assert response.status_code == 200
    assert bool(response.context["groups"]) == differ


@pytest.mark.parametrize("count", [1, 3])
def test_compare_query_count(client, count, django_assert_num_queries):
    record = published_prompt()
    for _ in range(count):
        next_published(record)

    with django_assert_num_queries(4):
        client.get(url("compare", record))


def test_shown_text_is_escaped(client):
    record = published_prompt(purpose="가 <b>나</b>")
    next_published(record, purpose="가 <script>alert(1)</script>", title=record.title)

    page = client.get(url("compare", record)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("role", ["author", "editor"])
def test_restore_opens_a_draft_of_the_old_words(as_user, role):
    author = make_user("staff")
    record = published_prompt(by=author, title="옛 제목")
    next_published(record, title="새 제목")
    person = author if role == "author" else make_user("editor")

    response = as_user(person).post(url("restore", record), {"version": 1})

    draft = PromptVersion.objects.get(state="draft")
    assert response["Location"] == reverse("casebook:draft", args=[draft.pk])
    assert (draft.number, draft.content["title"], draft.created_by) == (3, "옛 제목", person)


@pytest.mark.parametrize("role", ["staff", "organiser", "facilitator"])
def test_restore_is_for_author_and_editors(as_user, role):
    record = published_prompt()

    assert as_user(make_user(role)).post(url("restore", record), {"version": 1}).status_code == 403
    assert PromptVersion.objects.count() == 1


@pytest.mark.parametrize("number", ["", "9", "x", "9" * 30])
def test_restoring_what_does_not_exist_is_not_found(as_user, number):
    assert (
        as_user(make_user("editor")).post(url("restore", published_prompt()), {"version": number}).status_code
        == 404
    )


def test_deprecated_version_leads_to_its_replacement(client):
    record, better = published_prompt(), published_prompt(title="이것을 쓰세요")
    set_label(record.current, by=None, at=AT, label="deprecated", replacement=better, reason="옛것")

    assert "이것을 쓰세요" in client.get(url("versions", record)).content.decode()


def test_cases_have_no_versions_page(client):
    assert client.get(f"/prompts/{make_case(published=True).slug}/versions/").status_code == 404
