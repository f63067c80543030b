import pytest

from casebook.actions.versions import add_version, retire_record
from casebook.models import SearchDocument
from casebook.search.index import reindex
from casebook.search.query import facet_counts, search, snippets
from tests.factories import AT, make_case, make_prompt, prompt_content

pytestmark = pytest.mark.django_db


def titles(text, **filters):
    return [document.title for document in search(text, **filters).documents]


@pytest.mark.parametrize(
    "text",
    ["민원 챗봇", "민원챗봇", "챗봇은 민원을", "민원·챗봇"],
    ids=["spaced", "unspaced", "with particles", "middle dot"],
)
def test_search_finds_korean_however_it_is_written(text):
    make_prompt(published=True, title="민원 챗봇 답변")
    make_prompt(published=True, title="회의록 요약")

    assert titles(text) == ["민원 챗봇 답변"]


def test_search_finds_english_by_stem():
    make_prompt(published=True, title="Act as a Translator")

    assert titles("translators") == ["Act as a Translator"]


def test_search_ranks_title_before_body():
    make_prompt(published=True, title="보고서 작성", messages=[{"role": "user", "content": "예산을 정리"}])
    make_prompt(published=True, title="예산 정리")

    assert titles("예산") == ["예산 정리", "보고서 작성"]


def test_search_falls_back_to_any_word():
    make_prompt(published=True, title="경로당 안전 점검")

    found = search("경로당 우주선")

    assert [document.title for document in found.documents] == ["경로당 안전 점검"]
    assert found.any_word


def test_search_for_any_word_ranks_by_how_many_are_held():
    make_prompt(published=True, title="공개", summary="공개 공개", tags=["공개"])
    make_prompt(published=True, title="정보공개 청구 요지 정리")

    assert titles("정보공개 우주선 청구") == ["정보공개 청구 요지 정리", "공개"]


def test_search_leaves_drafts_and_retired_out():
    make_prompt(title="초안 프롬프트")
    retired = make_case(published=True, title="초안 사례")
    retire_record(retired, by=None, at=AT, reason="낡음")

    assert titles("초안") == []


def test_search_shows_the_published_version_while_a_newer_draft_waits():
    record = make_prompt(published=True, title="옛 제목")
    add_version(record, prompt_content(title="새 제목"), by=None, at=AT)

    assert titles("제목") == ["옛 제목"]


def test_search_filters_by_kind_and_parent_work_field():
    make_prompt(published=True, title="민원 답변", work_field="민원")
    make_case(published=True, title="민원 사례", work_field="민원")

    assert titles("민원", kind="case") == ["민원 사례"]
    assert titles("민원", kind="prompt", work_field=["민원"]) == ["민원 답변"]
    assert facet_counts(search("민원").documents, "kind") == [("case", 1), ("prompt", 1)]


@pytest.mark.parametrize("text", ["'; drop", "!!!", "a & | b", ":*", "(" * 300, "\x00"])
def test_search_survives_any_input(text):
    assert titles(text) == []


def test_snippet_shows_the_word_in_its_place():
    make_prompt(published=True, messages=[{"role": "user", "content": "가" * 500 + " 급량비 정산"}])
    documents = list(search("급량비").documents)

    assert "급량비 정산" in snippets(documents, ["급량비"])[documents[0].pk]


def test_reindex_restores_every_document():
    make_prompt(published=True, title="복구")
    SearchDocument.objects.all().delete()

    assert reindex() == 1
    assert titles("복구") == ["복구"]
