"""A small book for export tests."""

from casebook.content import clean_case, clean_prompt, content_sha256
from casebook.exports.book import Book, Record, Version, WorkField

PROMPT_UID = "00000000-0000-4000-8000-000000000001"
CASE_UID = "00000000-0000-4000-8000-000000000002"


def record_of(kind, uid, *contents, slug="", external_id=""):
    versions = tuple(
        Version(number, content, content_sha256(content), created_at="2026-11-21T10:00:00+09:00")
        for number, content in enumerate(contents, start=1)
    )
    return Record(kind, uid, external_id, slug, "published", versions, len(versions))


def prompt_of(**given):
    return clean_prompt({"title": "회신 초안", "messages": ["{{민원요지}}에 답하세요."], **given})


def case_of(**given):
    return clean_case({"title": "회신 단축", **given})


def book_of(*, prompts=None, cases=None):
    prompt = record_of("prompt", PROMPT_UID, prompt_of(), prompt_of(summary="둘째 판"), slug="회신-초안")
    steps = [{"text": "초안을 만든다.", "prompt": {"uid": PROMPT_UID, "version": 2}}]
    case = record_of("case", CASE_UID, case_of(work_field="complaint", steps=steps), slug="회신-단축")
    return Book(
        government={"name": "가온시"},
        work_fields=(WorkField("complaint", "민원", "Complaints"),),
        prompts=(prompt,) if prompts is None else prompts,
        cases=(case,) if cases is None else cases,
    )
