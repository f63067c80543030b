from competitions.similarity import text_of_case, text_of_entry
from competitions.similarity.texts import LONGEST

CONTENT = {
    "case": {
        "title": "제목",
        "summary": "요약",
        "problem": "문제",
        "approach": "방법",
        "steps": [{"text": "첫 단계"}],
        "before_after": [{"task": "업무", "before": "전", "after": "후", "minutes_before": "40"}],
        "effect": {"minutes_before": "40", "note": "쓰지 않음"},
    },
    "prompts": [{"title": "프롬프트", "messages": [{"role": "user", "content": "써 주세요."}]}],
    "answers": {"motive": "동기", "address": "가온시 어디"},
    "links": ["https://example.org"],
}


def test_text_holds_what_a_person_wrote_and_no_personal_answer():
    text = text_of_entry(CONTENT, ["파일의 글"], personal={"address"})

    assert text.split("\n\n") == [
        "제목", "요약", "문제", "방법", "첫 단계", "업무", "전", "후", "프롬프트", "써 주세요.", "동기", "파일의 글",
    ]  # fmt: skip


def test_nothing_and_other_shapes_have_no_text():
    assert text_of_entry({}) == ""
    assert text_of_entry({"case": {"title": None}, "prompts": [{}], "answers": {"a": 3}}) == ""


def test_text_is_bounded():
    assert len(text_of_entry({}, ["가" * (LONGEST + 5)])) == LONGEST


def test_text_of_a_case():
    assert text_of_case({"title": "제목", "problem": " 문제 "}) == "제목\n\n문제"
