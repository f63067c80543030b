from casebook.exports.markdown_book import write
from casebook.exports.markdown_text import block, fenced, inline
from tests.casebook.exports.books import CASE_UID, PROMPT_UID, book_of, case_of, prompt_of, record_of


def text_of(tmp_path, book):
    write(book, tmp_path / "a.md")
    return (tmp_path / "a.md").read_text()


def test_contents_and_chapters(tmp_path):
    lines = text_of(tmp_path, book_of()).splitlines()

    assert f"  - [Case: 회신 단축](#case-{CASE_UID})" in lines
    assert [line for line in lines if line.startswith("#")] == [
        "# AI casebook of 가온시",
        "## 민원",
        "### Case: 회신 단축",
        "## Without a work field",
        "### Prompt: 회신 초안",
    ]
    assert f"1. 초안을 만든다. ([회신 초안](#prompt-{PROMPT_UID}))" in lines


def test_backticks_in_a_prompt_stay_inside(tmp_path):
    prompt = record_of("prompt", PROMPT_UID, prompt_of(messages=["앞\n````\n# 안\n````\n뒤"]))

    text = text_of(tmp_path, book_of(prompts=(prompt,)))

    assert "`````text\n앞\n````\n# 안\n````\n뒤\n`````\n" in text


def test_user_text_makes_no_heading_and_no_tag(tmp_path):
    case = record_of("case", CASE_UID, case_of(title="# <b>", problem="# 큰\n<script>\n===\n```\n![a](b)"))

    text = text_of(tmp_path, book_of(cases=(case,)))

    assert "### Case: \\# &lt;b>\n" in text
    assert "\\# 큰\n&lt;script>\n\\===\n\\```\n!\\[a](b)\n" in text


def test_a_fictional_government_says_so(tmp_path):
    book = book_of()
    fictional = type(book)({**book.government, "is_fictional": True})

    assert "> This government is fictional" in text_of(tmp_path, fictional)


def test_escapes():
    assert inline("a|b_c\n[d]") == "a\\|b\\_c \\[d\\]"
    assert block("- 하나\n- **둘**") == "- 하나\n- **둘**"
    assert fenced("a") == "```text\na\n```"


def test_case_with_everything(tmp_path):
    content = case_of(
        summary="한 줄",
        before_after=[{"task": "초안", "before": "수기|손", "after": "AI", "minutes_before": 60}],
        effect={"minutes_before": 60},
    )

    text = text_of(tmp_path, book_of(cases=(record_of("case", CASE_UID, content),)))

    assert "| 초안 | 수기\\|손 | AI | 60 |  |  |\n" in text
    assert "- Hours saved per month: Not stated\n" in text


def test_prompt_with_everything(tmp_path):
    content = prompt_of(
        variables=[{"key": "민원요지", "label": "요지", "example": "보도 파손"}],
        example_output="```끝```",
        verification_checklist=["법령 확인"],
        advice={"no_upload": True},
    )

    text = text_of(tmp_path, book_of(prompts=(record_of("prompt", PROMPT_UID, content),)))

    assert "- `{{민원요지}}` 요지 — 보도 파손\n" in text
    assert "````text\n```끝```\n````\n" in text
    assert "- Upload no files\n" in text
    assert "- 법령 확인\n" in text
