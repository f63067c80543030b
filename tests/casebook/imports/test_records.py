import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.imports.columns import ALL_COLUMNS
from casebook.imports.mapping import parse_mapping
from casebook.imports.problems import RecordsRefused
from casebook.imports.records import read_records
from casebook.imports.table import Table


def table_of(*records):
    headers = tuple(dict.fromkeys(name for record in records for name in record))
    return Table(headers, tuple(enumerate(records, start=2)), "utf-8", "csv")


def read_one(record, **options):
    return read_records(table_of(record), **options).records[0]


def problems(*records, **options):
    with pytest.raises(RecordsRefused) as refusal:
        read_records(table_of(*records), **options)
    return [(problem.line, problem.column, problem.text()) for problem in refusal.value.problems]


def test_prompt_with_its_messages_in_order():
    record = read_one({"title": "회신", "assistant": "네", "user": "{{요지}}", "system": "담당자"})

    assert (record.line, record.kind, record.external_id) == (2, "prompt", "")
    assert [message["role"] for message in record.content["messages"]] == ["system", "user", "assistant"]
    assert [variable["key"] for variable in record.content["variables"]] == ["요지"]


def test_case_with_its_effect():
    record = read_one(
        {
            "kind": "우수사례",
            "external_id": "가-1",
            "title": "단축",
            "steps": "하나\n둘",
            "minutes_before": 30,
            "minutes_after": "2.5",
            "adoption_rate": "50%",
            "method": "측정",
            "note": "표본",
            "phone_public": "02-000-0000",
            "tier": "최우수",
        }
    )

    assert (record.kind, record.external_id) == ("case", "가-1")
    assert [step["text"] for step in record.content["steps"]] == ["하나", "둘"]
    assert record.content["effect"]["minutes_before"] == "30"
    assert record.content["effect"]["adoption_rate"] == "0.5"
    assert record.content["effect"]["method"] == "measured"
    assert record.content["effect"]["note"] == "표본"
    assert record.content["contact"]["phone_public"] == "02-000-0000"
    assert record.content["award"]["tier"] == "최우수"


def test_kind_argument_for_rows_that_name_none():
    assert read_one({"title": "가", "kind": ""}, kind="case").kind == "case"


def test_unknown_kind():
    found = problems({"kind": "책", "title": "가", "user": "나"})

    assert found == [
        (2, "kind", "Line 2, column “kind”: “책” is not a kind of record. Write prompt or case.")
    ]


@pytest.mark.parametrize(
    "variables",
    [
        [{"key": "이름", "label": "이름표", "example": "보기"}],
        '[{"key": "이름", "label": "이름표", "example": "보기"}]',
    ],
)
def test_variables_as_a_list(variables):
    record = read_one({"title": "가", "user": "{{이름}} {{기간}}", "variables": variables})

    assert [(each["key"], each["label"], each["example"]) for each in record.content["variables"]] == [
        ("이름", "이름표", "보기"),
        ("기간", "기간", ""),
    ]


@pytest.mark.parametrize("names", ["이름; 기간", "이름,기간", "{{이름}}; {{기간}}", "이름\n기간"])
def test_variables_as_names(names):
    record = read_one({"title": "가", "user": "글", "variables": names})

    assert [each["key"] for each in record.content["variables"]] == ["이름", "기간"]


def test_unused_blank_is_kept_and_noticed():
    record = read_one({"title": "가", "user": "글", "variables": "남음"})

    assert [each["key"] for each in record.content["variables"]] == ["남음"]
    assert [notice.params for notice in record.notices] == [{"name": "남음"}]


def test_unknown_name_inside_variables_is_noticed():
    record = read_one({"title": "가", "user": "{{나}}", "variables": [{"key": "나", "colour": "red"}]})

    assert [notice.params for notice in record.notices] == [{"name": "colour"}]


def test_broken_json_in_a_cell():
    found = problems({"title": "가", "user": "나", "variables": '[{"key": ]'})

    assert [(line, column) for line, column, _ in found] == [(2, "variables")]


@pytest.mark.parametrize("tags", [["a", "b", "a"], "a, b", "a;b", "a | b", '["a", "b"]'])
def test_tags(tags):
    assert read_one({"title": "가", "user": "나", "tags": tags}).content["tags"] == ["a", "b"]


def test_unknown_columns_are_noticed():
    batch = read_records(table_of({"title": "가", "user": "나", "weather": "맑음"}))

    assert [notice.text() for notice in batch.notices] == [
        "The column “weather” is not known and was left out."
    ]


def test_column_of_the_other_kind_is_noticed():
    record = read_one({"title": "가", "user": "나", "problem": "문제"})

    assert [notice.column for notice in record.notices] == ["problem"]


def test_mapping_takes_foreign_headers():
    table = table_of({"act": "가", "prompt": "나", "title": "다른 제목"})

    batch = read_records(table, mapping=parse_mapping("title=act,user=prompt"))

    assert batch.records[0].content["title"] == "가"
    assert [notice.params for notice in batch.notices] == [{"name": "title"}]


def test_mapped_column_that_is_absent():
    found = problems({"act": "가", "prompt": "나"}, mapping={"title": "name", "user": "prompt"})

    assert found == [(None, "", "The file has no column “name”. Its columns are: act, prompt.")]


def test_mapping_to_an_unknown_field():
    assert "no field “titel”" in problems({"act": "가"}, mapping={"titel": "act"})[0][2]


@pytest.mark.parametrize("text", ["title", "title=", "=act", "title=a,title=b"])
def test_mapping_that_cannot_be_read(text):
    with pytest.raises(RecordsRefused):
        parse_mapping(text)


def test_every_problem_of_every_row():
    found = problems(
        {"act": "", "prompt": "나"},
        {"act": "가" * 201, "prompt": "나"},
        {"act": "가", "prompt": " "},
        mapping={"title": "act", "user": "prompt"},
    )

    assert [(line, column) for line, column, _ in found] == [(2, "act"), (3, "act"), (4, "prompt")]


def test_negative_minutes_name_their_column():
    found = problems({"title": "가", "minutes_before": "-3"}, kind="case")

    assert found == [
        (
            2,
            "minutes_before",
            "Line 2, column “minutes_before”: Effect › Minutes before: -3 is below zero.",
        )
    ]


def test_identifier_twice():
    row = {"external_id": "A", "title": "가", "user": "나"}

    assert [(line, column) for line, column, _ in problems(row, row)] == [(3, "external_id")]


def test_identifier_too_long():
    assert len(problems({"external_id": "A" * 201, "title": "가", "user": "나"})) == 1


CELL = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(['[{"a":1}]', "{}"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["key", "text", "role", "content", "n", "uid"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@settings(max_examples=300, deadline=None)
@given(
    record=st.dictionaries(st.sampled_from(ALL_COLUMNS), CELL, min_size=1),
    kind=st.sampled_from(["prompt", "case"]),
)
def test_any_row_is_read_or_refused_with_its_line(record, kind):
    try:
        batch = read_records(table_of(record), kind=kind)
    except RecordsRefused as refusal:
        lines = {problem.line for problem in refusal.problems}
        sentences = str(refusal)
    else:
        lines = {one.line for one in batch.records}
        sentences = "read"

    assert lines == {2}
    assert sentences


def test_advice_columns():
    record = read_one({"title": "가", "user": "나", "deidentify": "예", "no_upload": "아니요"})

    assert record.content["advice"]["deidentify"] is True
    assert record.content["advice"]["no_upload"] is False


def test_advice_as_a_group_and_a_column():
    record = read_one({"title": "가", "user": "나", "no_upload": True, "advice": {"deidentify": True}})

    assert [name for name, given in record.content["advice"].items() if given] == ["deidentify", "no_upload"]


def test_messages_as_a_list():
    record = read_one({"title": "가", "messages": '[{"role": "system", "content": "{{나}}"}]'})

    assert record.content["messages"] == [{"role": "system", "content": "{{나}}"}]
    assert [each["key"] for each in record.content["variables"]] == ["나"]
