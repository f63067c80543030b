from uuid import uuid4

import pytest
from django.core.management import call_command

from casebook.actions.versions import add_version, ask_review, publish_version, retire_record
from tests.factories import AT, make_case, make_prompt, make_work_field, prompt_content

pytestmark = pytest.mark.django_db


def get(client, path, status=200, **query):
    response = client.get(path, query)
    assert response.status_code == status, response.content
    return response.json()


def titles(answer):
    return [row["title"] for row in answer["results"]]


def test_openapi_schema_has_no_warnings(capsys):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", "/dev/null")

    assert capsys.readouterr().err == ""


def test_schema_is_yaml_or_json_by_accept(client):
    as_yaml = client.get("/api/v1/schema/")
    as_json = client.get("/api/v1/schema/", headers={"accept": "application/json"})

    assert as_yaml.content.startswith(b"openapi: 3")
    assert sorted(as_json.json()["paths"]) == [
        "/api/v1/",
        "/api/v1/cases/",
        "/api/v1/cases/{uid}/",
        "/api/v1/competitions/",
        "/api/v1/competitions/{slug}/",
        "/api/v1/editions/",
        "/api/v1/prompts/",
        "/api/v1/prompts/{uid}/",
        "/api/v1/results/",
        "/api/v1/results/{slug}/",
        "/api/v1/search/",
    ]


def test_index_names_every_list(client):
    answer = get(client, "/api/v1/")

    assert answer["prompts"] == "http://testserver/api/v1/prompts/"
    assert all(client.get(address).status_code == 200 for address in answer.values())


@pytest.mark.parametrize(("name", "make"), [("prompts", make_prompt), ("cases", make_case)])
def test_list_shows_published_records_only(client, name, make):
    make(title="초안")
    retire_record(make(published=True, title="옛것"), by=None, at=AT, reason="낡음")
    record = make(published=True, title="민원 답변", work_field="민원")

    assert get(client, f"/api/v1/{name}/") == {
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "uid": str(record.uid),
                "external_id": None,
                "slug": "민원-답변",
                "title": "민원 답변",
                "summary": record.summary,
                "work_field": "민원",
                "url": f"http://testserver/{name}/%EB%AF%BC%EC%9B%90-%EB%8B%B5%EB%B3%80/",
                "version": 1,
                "content_sha256": record.current.content_sha256,
                "published_at": "2026-05-12T09:00:00Z",
            }
        ],
    }


def test_list_is_readable_utf8(client):
    make_prompt(published=True, title="민원 답변")

    response = client.get("/api/v1/prompts/")

    assert response["Content-Type"] == "application/json"
    assert "민원 답변".encode() in response.content


@pytest.mark.parametrize(("name", "make"), [("prompts", make_prompt), ("cases", make_case)])
def test_list_narrows_by_work_field_with_its_children(client, name, make):
    parent = make_work_field(code="복지", name="복지")
    make_work_field(code="경로당", name="경로당", parent=parent)
    make(published=True, title="경로당 점검", work_field="경로당")
    make(published=True, title="다른 일", work_field="홍보")

    assert titles(get(client, f"/api/v1/{name}/", work_field="복지")) == ["경로당 점검"]


def test_list_pages(client):
    for number in range(3):
        make_prompt(published=True, title=f"프롬프트 {number}")

    second = get(client, "/api/v1/prompts/", page=2, page_size=2)

    assert titles(second) == ["프롬프트 0"]
    assert second["count"] == 3
    assert second["previous"] == "http://testserver/api/v1/prompts/?page_size=2"
    assert second["next"] is None


def test_list_refuses_a_page_that_is_not_there(client):
    response = client.get("/api/v1/prompts/?page=9", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert response.json() == {"detail": "There is no page 9. Pages count from 1: ask for ?page=1."}
    assert response["Cache-Control"] == "no-store"


def test_list_gives_at_most_100_rows(client):
    answer = get(client, "/api/v1/prompts/", page_size=5000)

    assert answer == {"count": 0, "next": None, "previous": None, "results": []}


@pytest.mark.parametrize("path", ["prompts/", "cases/", "search/", "search/?q=민원"])
def test_lists_run_a_constant_number_of_queries(client, django_assert_num_queries, path):
    counts = {"prompts/": 2, "cases/": 2, "search/": 3, "search/?q=민원": 4}
    for rows in (1, 3):
        for _ in range(rows):
            make_prompt(published=True, title="민원 답변", work_field="민원")
            make_case(published=True, title="민원 사례", work_field="민원")
        with django_assert_num_queries(counts[path]):
            assert client.get(f"/api/v1/{path}").json()["count"] > 0


def test_prompt_has_its_content_and_published_versions(client):
    record = make_prompt(published=True, title="첫 제목")
    second = add_version(record, prompt_content(title="둘째 제목"), by=None, at=AT, note="제목을 고침")
    ask_review(second, by=None, at=AT)
    publish_version(second, by=None, at=AT)
    add_version(record, prompt_content(title="초안 제목"), by=None, at=AT)

    answer = get(client, f"/api/v1/prompts/{record.uid}/")

    assert (answer["title"], answer["version"], answer["external_id"]) == ("둘째 제목", 2, None)
    assert answer["content"] == second.content
    assert answer["content_sha256"] == second.content_sha256
    assert [(row["number"], row["note"]) for row in answer["versions"]] == [(1, ""), (2, "제목을 고침")]
    assert sorted(answer["versions"][0]) == ["content_sha256", "note", "number", "published_at"]


def test_case_has_its_content(client):
    record = make_case(published=True)

    answer = get(client, f"/api/v1/cases/{record.uid}/")

    assert answer["content"] == record.current.content
    assert len(answer["versions"]) == 1


def test_detail_runs_two_queries(client, django_assert_num_queries):
    record = make_prompt(published=True)

    with django_assert_num_queries(2):
        client.get(f"/api/v1/prompts/{record.uid}/")


@pytest.mark.parametrize(("name", "make"), [("prompts", make_prompt), ("cases", make_case)])
def test_detail_hides_drafts_retired_and_unknown(client, name, make):
    retired = make(published=True)
    retire_record(retired, by=None, at=AT, reason="낡음")

    for uid in (make().uid, retired.uid, uuid4()):
        response = client.get(f"/api/v1/{name}/{uid}/", headers={"accept-language": "en"})
        assert response.status_code == 404
        assert response.json() == {
            "detail": "Nothing published has this uid. It may be wrong, or the record was retired."
        }


def test_search_answers_what_a_reader_needs(client):
    record = make_prompt(published=True, title="민원 챗봇", work_field="민원")
    make_prompt(published=True, title="회의록 요약")

    answer = get(client, "/api/v1/search/", q="민원 챗봇")

    assert answer["results"] == [
        {
            "kind": "prompt",
            "uid": str(record.uid),
            "external_id": None,
            "title": "민원 챗봇",
            "url": "http://testserver/prompts/%EB%AF%BC%EC%9B%90-%EC%B1%97%EB%B4%87/",
            "summary": "답변 초안을 만듭니다.",
            "snippet": "{{민원요지}}에 대한 답변을 써 주세요.",
            "work_field": "민원",
        }
    ]


def test_search_without_words_gives_the_newest(client):
    make_prompt(published=True, title="옛것")
    make_case(published=True, title="새것")

    assert titles(get(client, "/api/v1/search/")) == ["새것", "옛것"]


def test_search_narrows_by_kind_and_work_field(client):
    make_prompt(published=True, title="예산 하나", work_field="재정")
    make_case(published=True, title="예산 둘", work_field="재정")
    make_case(published=True, title="예산 셋", work_field="홍보")

    assert titles(get(client, "/api/v1/search/", q="예산", kind="case", work_field="재정")) == ["예산 둘"]


def test_search_refuses_an_unknown_kind(client):
    response = client.get("/api/v1/search/?kind=poem", headers={"accept-language": "en"})

    assert response.status_code == 400
    assert response.json() == {
        "detail": "“poem” is not a kind. Ask for kind=prompt, kind=case, or leave it out."
    }


@pytest.mark.parametrize(
    "query", ["search/?q=%00", "search/?kind=%00", "prompts/?work_field=%00", "competitions/%00/"]
)
def test_api_refuses_control_characters(client, query):
    assert client.get(f"/api/v1/{query}").status_code == 400


@pytest.mark.parametrize("text", ["'; drop table", "%", "\\", "&|!:*", "…", "가" * 5000, "<script>"])
def test_search_takes_any_text(client, text):
    get(client, "/api/v1/search/", q=text)


def test_unchanged_answer_is_304(client):
    make_prompt(published=True)
    first = client.get("/api/v1/prompts/")

    second = client.get("/api/v1/prompts/", headers={"if-none-match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert (second.status_code, second.content) == (304, b"")


def test_changed_answer_has_another_etag(client):
    first = client.get("/api/v1/prompts/")
    make_prompt(published=True)

    second = client.get("/api/v1/prompts/", headers={"if-none-match": first["ETag"]})

    assert second.status_code == 200
    assert second["ETag"] != first["ETag"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_is_read_only(client, method):
    response = getattr(client, method)("/api/v1/prompts/", headers={"accept-language": "en"})

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json() == {"detail": "This API only reads. Ask with GET."}


def test_api_answers_in_json_only(client):
    headers = {"accept-language": "en", "accept": "application/xml"}
    response = client.get("/api/v1/prompts/", headers=headers)

    assert response.status_code == 406
    assert response.json() == {"detail": "This API answers in JSON only. Ask with Accept: application/json."}


def test_unknown_format_is_a_sentence(client):
    response = client.get("/api/v1/prompts/?format=xml", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert response.json() == {"detail": "The API has nothing at this address. See /api/v1/ for what it has."}


def test_unknown_address_is_a_sentence(client):
    response = client.get("/api/v1/poems/", headers={"accept-language": "en"})

    assert response.status_code == 404
    assert response.json() == {"detail": "The API has nothing at this address. See /api/v1/ for what it has."}


def test_missing_slash_leads_to_the_address(client):
    assert client.get("/api/v1/prompts")["Location"] == "/api/v1/prompts/"


def test_editions_counts_and_names_formats(client):
    make_prompt(published=True)
    make_case()

    answer = get(client, "/api/v1/editions/")

    assert (answer["prompts"], answer["cases"]) == (1, 0)
    assert answer["formats"][0] == {"name": "json", "extension": ".json", "media_type": "application/json"}
    assert answer["url"] == "http://testserver/editions/"
