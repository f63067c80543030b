"""The list of what one writes, and the ways into and out of a draft."""

import pytest
from django.urls import reverse

from casebook.actions.drafts import begin_version
from casebook.actions.review import send_back
from casebook.actions.versions import ask_review, publish_version
from casebook.models import Prompt, PromptVersion, Review
from casebook.states import VersionState
from tests.casebook.drafting import make_draft
from tests.factories import AT, make_prompt, make_user

pytestmark = pytest.mark.django_db
LIST = "/write/"


def url(name, version):
    return reverse(f"casebook:{name}", args=[version.pk])


def titles(response):
    return [version.record.title for version in response.context["page_obj"]]


def in_review(author, **fields):
    version = make_draft(author, **fields)
    ask_review(version, by=author, at=AT)
    return version


def published(author, **fields):
    version = in_review(author, **fields)
    publish_version(version, by=None, at=AT)
    return version


def reviewed(version, decision, **fields):
    return Review.objects.create(
        prompt_version=version,
        reviewer=make_user("editor", name="검토자"),
        decision=decision,
        at=AT,
        **fields,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count(as_user, count, django_assert_num_queries):
    author = make_user("staff")
    for _ in range(count):
        reviewed(make_draft(author), "sent_back", note="고칠 점")
        published(author)
    client = as_user(author)

    with django_assert_num_queries(8):
        response = client.get(LIST)

    assert len(titles(response)) == 2 * count


def test_list_shows_only_ones_own(as_user):
    author = make_user("staff")
    make_draft(author, title="내 초안")
    make_draft(title="남의 초안")

    assert titles(as_user(author).get(LIST)) == ["내 초안"]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("draft", ["초안"]),
        ("sent_back", ["돌아온 것"]),
        ("in_review", ["검토 중"]),
        ("published", ["나간 것"]),
        ("declined", ["거절된 것"]),
    ],
)
def test_list_by_state(as_user, state, expected):
    author = make_user("staff")
    make_draft(author, title="초안")
    back = in_review(author, title="돌아온 것")
    send_back(back, by=make_user("editor"), at=AT, reason="고쳐 주세요")
    in_review(author, title="검토 중")
    published(author, title="나간 것")
    make_draft(author, title="거절된 것")
    PromptVersion.objects.filter(record__title="거절된 것").update(state=VersionState.DECLINED)

    assert titles(as_user(author).get(LIST, {"state": state})) == expected


def test_list_shows_the_last_remarks(as_user):
    author = make_user("staff")
    version = make_draft(author)
    reviewed(version, "sent_back", note="출력 예시가 없습니다", remarks=[{"path": "title", "text": "짧게"}])

    page = as_user(author).get(LIST).content.decode()

    assert "출력 예시가 없습니다" in page
    assert "짧게" in page


def test_list_finds_by_title_and_sorts(as_user):
    author = make_user("staff")
    for title in ("나 답변", "가 답변", "다른 것"):
        make_draft(author, title=title)

    assert titles(as_user(author).get(LIST, {"q": "답변", "sort": "title"})) == ["가 답변", "나 답변"]


def test_a_newer_published_version_stands_for_the_older(as_user):
    author = make_user("staff")
    first = published(author)
    second = begin_version(first, by=author, at=AT)
    ask_review(second, by=author, at=AT)
    publish_version(second, by=None, at=AT)

    assert [version.number for version in as_user(author).get(LIST).context["page_obj"]] == [2]


def test_an_empty_list_says_how_to_begin(as_user):
    assert reverse("casebook:write_new") in as_user(make_user("staff")).get(LIST).content.decode()


@pytest.mark.parametrize("path", [LIST, "/write/new/", "/write/find/"])
@pytest.mark.parametrize("role", ["organiser", "judge", "facilitator"])
def test_only_staff_writes(as_user, role, path):
    assert as_user(make_user(role)).get(path).status_code == 403


@pytest.mark.parametrize("path", [LIST, "/write/new/", "/write/find/"])
def test_visitors_are_asked_to_log_in(client, path):
    assert client.get(path)["Location"].startswith("/accounts/login/")


def test_the_page_of_a_draft(as_user, django_assert_max_num_queries):
    version = make_draft(messages=[{"role": "user", "content": "{{민원요지}}에 답합니다"}])
    client = as_user(version.created_by)

    with django_assert_max_num_queries(12):
        response = client.get(url("draft", version))

    page = response.content.decode()
    assert "<mark>{{민원요지}}</mark>에 답합니다" in page
    assert 'name="variables-0-key" value="민원요지"' in " ".join(page.split())


def test_every_finding_leads_to_a_field(as_user):
    version = make_draft(
        sensitivity="internal",
        variables=[
            {"key": "없는빈칸", "help": "설명"},
            {"key": "민원요지", "type": "number", "example": "가"},
        ],
        steps=[{"title": "요약", "prompt": {"uid": "1b671a64-40d5-491e-99b0-da01ff1f3341", "version": 1}}],
    )

    response = as_user(version.created_by).get(url("draft", version))

    page = response.content.decode()
    targets = [found.target for _n, _l, group, _m in response.context["groups"] for found in group]
    assert len(targets) > 5
    assert [target for target in targets if f'id="{target}"' not in page] == []


def test_remarks_stand_beside_their_fields(as_user):
    version = make_draft()
    remarks = [
        {"path": "messages.0.content", "text": "높임말로"},
        {"path": "purpose", "text": "언제 쓰는지"},
        {"path": "messages.7.content", "text": "없어진 글"},
    ]
    reviewed(version, "sent_back", note="조금만 더", remarks=remarks)

    response = as_user(version.created_by).get(url("draft", version))

    page = response.content.decode()
    assert response.context["form"].rows["messages"][0].remarks == {"content": ["높임말로"]}
    assert page.index('name="purpose"') < page.index("언제 쓰는지") < page.index('name="reusable"')
    assert response.context["lost_remarks"] == [remarks[2]]


@pytest.mark.parametrize("name", ["draft", "draft_discard"])
def test_a_stranger_finds_no_draft(as_user, name):
    assert as_user(make_user("staff")).get(url(name, make_draft())).status_code == 404


@pytest.mark.parametrize("name", ["draft", "draft_discard"])
def test_who_is_no_longer_staff_writes_no_more(as_user, name):
    assert as_user(make_user()).get(url(name, make_draft(as_user_without_role()))).status_code == 404
    author = as_user_without_role()
    assert as_user(author).get(url(name, make_draft(author))).status_code == 403


def as_user_without_role():
    return make_user(name="떠난 직원")


def test_an_editor_writes_in_a_draft_of_somebody_else(as_user):
    assert as_user(make_user("editor")).get(url("draft", make_draft())).status_code == 200


@pytest.mark.parametrize("make", [in_review, published])
def test_what_is_no_draft_is_shown_instead(as_user, make):
    author = make_user("staff")
    version = make(author)

    response = as_user(author).get(url("draft", version), follow=True)

    assert (
        response.redirect_chain[0][0] == f"{reverse('casebook:prompt', args=[version.record.slug])}?version=1"
    )
    assert len(response.context["messages"]) == 1


# Throwing away and taking back


def test_discard_asks_first(as_user):
    version = make_draft()
    client = as_user(version.created_by)

    assert client.get(url("draft_discard", version)).status_code == 200
    assert Prompt.objects.exists()
    assert client.post(url("draft_discard", version))["Location"] == LIST
    assert not Prompt.objects.exists()


@pytest.mark.parametrize("name", ["draft_discard", "draft_take_back"])
def test_a_stranger_ends_no_draft(as_user, name):
    version = make_draft()

    assert as_user(make_user("staff")).post(url(name, version)).status_code == 404
    assert PromptVersion.objects.get().state == VersionState.DRAFT


@pytest.mark.parametrize("name", ["draft_discard", "draft_take_back"])
def test_who_is_no_longer_staff_ends_no_draft(as_user, name):
    author = as_user_without_role()

    assert as_user(author).post(url(name, make_draft(author))).status_code == 403


def test_what_is_in_review_is_not_thrown_away(as_user):
    author = make_user("staff")
    version = in_review(author)
    client = as_user(author)

    page = client.get(url("draft_discard", version)).content.decode()
    response = client.post(url("draft_discard", version), follow=True)

    assert 'class="krds-btn medium danger"' not in page
    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]
    assert PromptVersion.objects.get().state == VersionState.IN_REVIEW


def test_take_back(as_user):
    author = make_user("staff")
    version = in_review(author)

    response = as_user(author).post(url("draft_take_back", version))

    assert response["Location"] == url("draft", version)
    assert PromptVersion.objects.get().state == VersionState.DRAFT


def test_what_is_published_is_not_taken_back(as_user):
    author = make_user("staff")
    version = published(author)

    response = as_user(author).post(url("draft_take_back", version), follow=True)

    assert [str(message.level_tag) for message in response.context["messages"]] == ["error"]
    assert PromptVersion.objects.get().state == VersionState.PUBLISHED


# Editing what is published


def edit(client, record, **fields):
    return client.post(reverse("casebook:edit", args=[record.slug]), fields)


@pytest.mark.parametrize("role", ["author", "editor"])
def test_edit_opens_a_draft_of_the_shown_version(as_user, role):
    author = make_user("staff")
    version = published(author)
    person = author if role == "author" else make_user("editor")

    response = edit(as_user(person), version.record)

    draft = PromptVersion.objects.get(number=2)
    assert response["Location"] == url("draft", draft)
    assert (draft.content, draft.created_by) == (version.content, person)


def test_edit_opens_an_earlier_version(as_user):
    author = make_user("staff")
    first = published(author, title="처음 글")
    second = begin_version(first, by=author, at=AT)
    ask_review(second, by=author, at=AT)
    publish_version(second, by=None, at=AT)

    edit(as_user(author), first.record, version="1")

    assert PromptVersion.objects.get(number=3).content == first.content


def test_edit_of_a_draft_leads_to_it(as_user):
    version = make_draft()

    assert edit(as_user(make_user("editor")), version.record)["Location"] == url("draft", version)
    assert PromptVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("is_published", "role", "status"), [(True, "staff", 403), (False, "staff", 404), (True, "judge", 403)]
)
def test_others_propose_instead_of_editing(as_user, is_published, role, status):
    record = make_prompt(published=is_published, by=make_user("staff"))

    assert edit(as_user(make_user(role)), record).status_code == status
    assert PromptVersion.objects.count() == 1


@pytest.mark.parametrize("number", ["7", "x", "999999999999"])
def test_edit_of_a_version_there_is_not(as_user, number):
    author = make_user("staff")
    version = published(author)

    assert edit(as_user(author), version.record, version=number).status_code in {302, 404}


# Looking for parts


def find(client, **query):
    return [prompt.title for prompt in client.get("/write/find/", query).context["found"]]


def test_find_offers_what_is_meant_as_a_part_first(as_user):
    make_prompt(published=True, title="민원 인사말")
    make_prompt(published=True, title="민원 맺음말", reusable=True)
    make_prompt(title="민원 초안", reusable=True)
    client = as_user(make_user("staff"))

    assert find(client, find_part="민원") == ["민원 맺음말", "민원 인사말"]
    assert find(client, find_part="") == ["민원 맺음말"]


def test_find_leaves_out_the_prompt_itself(as_user):
    record = make_prompt(published=True, title="민원 인사말")

    assert find(as_user(make_user("staff")), find_step="민원", apart_from=record.pk) == []


@pytest.mark.parametrize("count", [1, 3])
def test_find_query_count(as_user, count, django_assert_num_queries):
    for _ in range(count):
        make_prompt(published=True, title="민원 인사말")
    client = as_user(make_user("staff"))

    with django_assert_num_queries(6):
        response = client.get("/write/find/", {"find_part": "민원"})

    assert len(response.context["found"]) == count


@pytest.mark.parametrize(("role", "offered"), [("staff", True), ("judge", False)])
def test_the_list_of_prompts_offers_to_write(as_user, role, offered):
    page = as_user(make_user(role)).get("/prompts/").content.decode()

    assert ("/write/new/" in page) is offered
