import pytest
from django.core.cache import caches
from django.urls import reverse

from casebook.actions.versions import add_version
from casebook.models import SearchDocument
from tests.factories import AT, make_case, make_prompt, make_user, prompt_content

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _no_cache():
    caches["process"].clear()


@pytest.mark.parametrize("name", ["prompts", "cases", "search", "editions"])
def test_public_pages_of_an_empty_casebook_say_what_to_do(client, name):
    response = client.get(reverse(f"casebook:{name}"))

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("path", ["/prompts/", "/cases/", "/search/?q=민원"])
def test_list_query_count(client, path, count, django_assert_max_num_queries):
    for _ in range(count):
        make_prompt(published=True, work_field="민원")
        make_case(published=True, work_field="민원")

    with django_assert_max_num_queries(9):
        response = client.get(path)

    shown = 2 * count if "search" in path else count
    assert len(response.context["page_obj"].object_list) == shown


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count(client, count, django_assert_num_queries):
    for _ in range(count):
        make_case(published=True)

    with django_assert_num_queries(6):
        client.get("/")


def test_list_filters_and_shows_a_chip(client):
    make_prompt(published=True, title="내부용", sensitivity="internal")
    make_prompt(published=True, title="공개용")

    response = client.get("/prompts/?sensitivity=internal")

    assert [document.title for document in response.context["page_obj"].object_list] == ["내부용"]
    assert [chip["value"] for chip in response.context["chips"]] == ["internal"]


def test_cases_sort_by_saving_with_unknown_last(client):
    effect = {"minutes_before": 30, "minutes_after": 5, "review_minutes": 5, "adoption_rate": 1}
    make_case(published=True, title="작음", effect=effect | {"cases_per_month": 3})
    make_case(published=True, title="모름")
    make_case(published=True, title="큼", effect=effect | {"cases_per_month": 300})

    response = client.get("/cases/?sort=saving")

    assert [each.title for each in response.context["page_obj"].object_list] == ["큼", "작음", "모름"]


@pytest.mark.parametrize(
    "query", ["?page=999", "?page=x", "?sort=x", "?kind=x", "?work_field=없음", "?q=%EF%BF%BD"]
)
def test_list_survives_any_query(client, query):
    make_prompt(published=True)

    assert client.get(f"/search/{query}").status_code == 200


def test_prompt_page_shows_text_and_blanks_without_script(client):
    record = make_prompt(published=True)

    page = client.get(record.get_absolute_url()).content.decode()

    assert '<mark data-blank="민원요지">{{민원요지}}</mark>에 대한 답변을 써 주세요.' in page


def test_prompt_text_is_plain(client):
    record = make_prompt(published=True)

    response = client.get(reverse("casebook:prompt_text", args=[record.slug]))

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "{{민원요지}}에 대한 답변을 써 주세요."


@pytest.mark.parametrize("make", [make_prompt, make_case])
def test_draft_is_unknown_to_strangers(client, make):
    record = make()

    assert client.get(record.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("make", [make_prompt, make_case])
def test_draft_is_shown_to_its_author_and_to_editors(as_user, make):
    author = make_user("staff")
    record = make(by=author)

    assert as_user(author).get(record.get_absolute_url()).status_code == 200
    assert as_user(make_user("editor")).get(record.get_absolute_url()).status_code == 200


def test_older_version_stays_readable_and_says_so(client):
    record = make_prompt(published=True)

    assert client.get(record.get_absolute_url() + "?version=1").status_code == 200
    assert client.get(record.get_absolute_url() + "?version=9").status_code == 404


def test_unpublished_version_of_a_published_record_is_unknown_to_strangers(client, as_user):
    record = make_prompt(published=True)
    add_version(record, prompt_content(title="비밀 초안"), by=None, at=AT)

    stranger = client.get(record.get_absolute_url() + "?version=2")
    page = client.get(record.get_absolute_url()).content.decode()
    editor = as_user(make_user("editor")).get(record.get_absolute_url() + "?version=2")

    assert stranger.status_code == 404
    assert "?version=2" not in page
    assert editor.status_code == 200


def test_script_in_every_field_is_shown_as_text(client):
    prompt = make_prompt(
        published=True,
        title=SCRIPT,
        summary=SCRIPT,
        purpose=SCRIPT,
        messages=[{"role": "user", "content": SCRIPT}],
        prohibited_inputs=SCRIPT,
        known_limitations=SCRIPT,
        tags=[SCRIPT],
    )
    case = make_case(published=True, title=SCRIPT, problem=SCRIPT, approach=SCRIPT, steps=[{"text": SCRIPT}])

    pages = [
        client.get(url).content.decode()
        for url in (prompt.get_absolute_url(), case.get_absolute_url(), "/prompts/")
    ]

    assert not any(SCRIPT in page for page in pages)


def test_case_page_shows_effect_and_its_source(client):
    effect = {
        "minutes_before": 30, "minutes_after": 5, "review_minutes": 5, "cases_per_month": 120,
        "adoption_rate": 1, "n": 120, "method": "measured", "period": "2026년 5월",
    }  # fmt: skip
    record = make_case(published=True, effect=effect)

    response = client.get(record.get_absolute_url())

    assert response.context["hours_saved"] == 40
    assert "2026년 5월" in response.content.decode()


def test_prompt_page_query_count(client, django_assert_max_num_queries):
    record = make_prompt(published=True, work_field="민원")

    with django_assert_max_num_queries(6):
        client.get(record.get_absolute_url())


def test_the_list_is_narrowed_to_what_editors_recommend(client):
    make_prompt(published=True, title="보통")
    best = make_prompt(published=True, title="추천됨")
    SearchDocument.objects.filter(prompt=best).update(label="recommended")

    response = client.get("/prompts/?label=recommended")

    assert [document.title for document in response.context["page_obj"].object_list] == ["추천됨"]
    assert [chip["value"] for chip in response.context["chips"]] == ["recommended"]
