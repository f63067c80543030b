"""Tables of whole entries: headings in two languages, and every cell in its place."""

import pytest

from competitions.contest_files.call_records import QuestionRecord
from competitions.contest_files.entries_table import read_entries
from competitions.contest_files.entries_table_whole import column_of
from competitions.contest_files.errors import FileRefused

QUESTIONS = (
    QuestionRecord(code="phone", name="연락처를 적어 주십시오."),
    QuestionRecord(code="plan", name="계획서", kind="file"),
)


def read(cells, **options):
    """Read a table of one row, given as {heading: cell}."""
    values = {"tracks": ["a"], "questions": QUESTIONS, "purposes": ["privacy", "pledge"]}
    return read_entries(list(cells), [(2, cells)], **values | options)


def whole(**cells):
    return read({"code": "E1", "title": "제목"} | cells).entries[0].whole


def refusals(cells, **options):
    with pytest.raises(FileRefused) as refusal:
        read({"code": "E1", "title": "제목"} | cells, **options)
    return refusal.value.sentences()


@pytest.mark.parametrize("cells", [{}, {"팀": "가", "요약": "나"}, {"submitted_at": "2026-05-12"}])
def test_a_table_of_paper_columns_alone_holds_no_whole_entries(cells):
    assert whole(**cells) is None


def test_a_column_of_a_whole_entry_makes_every_row_whole():
    table = read_entries(
        ["code", "title", "problem"], [(2, {"code": "E1", "title": "T", "problem": ""})], tracks=["a"]
    )

    assert table.entries[0].whole.content["case"]["problem"] == ""


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("접수번호", "code"),
        (" 작품명 ", "title"),
        ("ＴＲＡＣＫ", "track"),
        ("제출 일시", "submitted_at"),
        ("Minutes Before", "minutes_before"),
        ("적용 전 1건 처리 시간（분）", "minutes_before"),
        ("프롬프트 3 지침", "prompt_3_system"),
        ("프롬프트1", "prompt_1_text"),
        ("업무 20 이후", "task_20_after"),
        ("question:PHONE", "question:phone"),
        ("연락처를 적어  주십시오.", "question:phone"),
        ("첨부 파일", "files"),
        ("동의", "consents"),
    ],
)
def test_headings_in_both_languages(heading, column):
    cells = {"code": "E1", "title": "T"} | {heading: "x"}
    if column in {"code", "title"}:
        del cells[column]

    table = read_entries(list(cells), [], tracks=["a"], questions=QUESTIONS)

    assert table.headers[column] == heading


def test_the_same_column_in_two_languages_is_refused():
    assert refusals({"problem": "", "문제": ""}) == [
        "문제: Two columns have this name. Rename or remove one of them."
    ]


def test_a_whole_entry_with_every_column():
    entry = whole(
        problem="느립니다.", approach="줄입니다.", minutes_before="30", method="추정", effect_note="비고",
        links="https://a.example; https://b.example", files="계획.pdf; 사진.png", consents="privacy, pledge",
        email=" a@example.org ", **{"question:phone": "051-000-0000", "계획서": "plan.hwpx"},
    )  # fmt: skip

    assert entry.content["case"]["problem"] == "느립니다."
    assert entry.content["case"]["effect"]["minutes_before"] == "30"
    assert (entry.content["case"]["effect"]["method"], entry.content["case"]["effect"]["note"]) == (
        "estimated",
        "비고",
    )
    assert entry.content["answers"] == {"phone": "051-000-0000"}
    assert entry.content["links"] == ["https://a.example", "https://b.example"]
    assert entry.files == (("", "계획.pdf"), ("", "사진.png"), ("plan", "plan.hwpx"))
    assert (entry.consents, entry.email) == (("privacy", "pledge"), "a@example.org")


def test_prompts_and_tasks_keep_their_columns_when_one_between_is_empty():
    entry = whole(
        prompt_1_title="하나", prompt_1_system="지침", prompt_1_text="본문", prompt_3_title="셋",
        prompt_3_text="본문 셋", task_2="접수", task_2_before="손으로", task_7="회신",
    )  # fmt: skip

    first, third = entry.content["prompts"]
    assert first["messages"] == [
        {"role": "system", "content": "지침"},
        {"role": "user", "content": "본문"},
    ]
    assert (third["title"], third["messages"]) == ("셋", [{"role": "user", "content": "본문 셋"}])
    assert [task["task"] for task in entry.content["case"]["before_after"]] == ["접수", "회신"]
    assert column_of("prompts.1.messages.0.content", entry.places) == "prompt_3_text"
    assert column_of("prompts.0.messages.0.content", entry.places) == "prompt_1_system"
    assert column_of("case.before_after.1.minutes_before", entry.places) == "task_7_minutes_before"


@pytest.mark.parametrize(
    ("path", "column"),
    [
        ("case.title", "title"),
        ("case.problem", "problem"),
        ("case.effect.minutes_before", "minutes_before"),
        ("case.effect.note", "effect_note"),
        ("case.before_after.0.task", "task_1"),
        ("prompts.0.title", "prompt_1_title"),
        ("prompts.0.variables.0.key", "prompt_1_text"),
        ("answers.phone", "question:phone"),
        ("links.2", "links"),
        ("links", "links"),
        ("", None),
    ],
)
def test_a_problem_finds_its_column(path, column):
    assert column_of(path, {}) == column


@pytest.mark.parametrize("written", ["모두", "ALL", "전부"])
def test_every_consent_in_one_word(written):
    assert whole(consents=written).consents == ("privacy", "pledge")


def test_an_unknown_consent_is_refused_with_those_that_are_known():
    assert refusals({"동의": "privacy; pledg"}) == [
        "Line 2, 동의: “pledg” is not known in this competition. Known are: privacy, pledge. "
        "Did you mean “pledge”?"
    ]


def test_problems_name_the_heading_of_the_file():
    assert refusals({"문제": "가\x00나"}) == [
        "Line 2, 문제: The text holds control characters. Retype or remove them."
    ]


def test_a_cell_over_the_limit_is_refused():
    [sentence] = refusals({"prompt_1_text": "가" * 50_001})

    assert sentence.startswith("Line 2, prompt_1_text: The text has 50001 characters")


def test_a_formula_is_text():
    assert whole(problem='=HYPERLINK("http://evil.example")').content["case"]["problem"].startswith("=HYPER")


def test_a_track_may_be_named():
    cells = {"code": "E1", "title": "T", "부문": "주민 부문"}

    table = read(cells, tracks=["a", "b"], track_names={"주민 부문": "a"})

    assert table.entries[0].track == "a"
