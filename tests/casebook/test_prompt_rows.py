import pytest

from casebook.content import clean_prompt
from casebook.writing.rows import (
    add_part,
    add_step,
    content_of,
    declare_blanks,
    drop,
    free_name,
    mark_unused,
    posted_rows,
    shift,
    stored_rows,
)

UID = "1b671a64-40d5-491e-99b0-da01ff1f3341"


def message(text, index=0):
    return {f"messages-{index}-role": "user", f"messages-{index}-content": text}


def keys(rows):
    return [row.key for row in rows["variables"]]


def test_rows_stand_in_the_order_they_were_posted():
    rows = posted_rows(message("둘째", 7) | message("첫째", 2))

    assert [row.values["content"] for row in rows["messages"]] == ["둘째", "첫째"]
    assert [row.prefix for row in rows["messages"]] == ["messages-7", "messages-2"]


@pytest.mark.parametrize(
    "name", ["messages-x-content", "messages-0-evil", "others-0-content", "messages-9999999-content"]
)
def test_names_of_no_row_are_left_alone(name):
    assert posted_rows({name: "글"})["messages"] == []


def test_rows_that_say_nothing_are_left_out():
    rows = posted_rows({"variables-0-type": "select", "variables-0-key": " ", "steps-0-gate": "human"})

    assert rows["variables"] == rows["steps"] == []


def test_what_is_stored_comes_back_as_it_was():
    content = clean_prompt(
        {
            "title": "답변",
            "messages": [{"role": "system", "content": "{{가}}"}],
            "variables": [{"key": "가", "type": "select", "options": ["1", "2"], "required": True}],
            "parts": [{"name": "머리말", "uid": UID, "version": 2}],
            "steps": [
                {"title": "요약", "prompt": {"uid": UID, "version": 1}, "gate": "auto", "check": "날짜"}
            ],
        }
    )

    assert clean_prompt(content | content_of(stored_rows(content))) == content


def test_blanks_of_the_text_become_rows():
    rows = posted_rows(
        message("{{가}} {{나}} {{가}}") | {"variables-4-key": "나", "variables-4-help": "설명"}
    )

    declare_blanks(rows)

    assert keys(rows) == ["나", "가"]
    assert rows["variables"][0].values["help"] == "설명"


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({}, []),
        ({"label": "가"}, []),
        ({"help": "설명"}, ["가"]),
        ({"required": "on"}, ["가"]),
        ({"label": "이름"}, ["가"]),
    ],
)
def test_a_row_that_says_nothing_goes_with_its_blank(told, left):
    posted = {"variables-0-key": "가", "variables-0-type": "text"}
    rows = posted_rows(posted | {f"variables-0-{name}": text for name, text in told.items()})

    declare_blanks(rows)

    assert keys(rows) == left


def test_a_decomposed_key_is_the_same_blank():
    rows = posted_rows(message("{{가}}") | {"variables-0-key": "\u1100\u1161", "variables-0-help": "설명"})

    declare_blanks(rows)

    assert keys(rows) == ["가"]


def test_blanks_that_no_text_holds_are_marked():
    rows = posted_rows({"variables-0-key": "가", "variables-1-key": "나"})

    mark_unused(rows, ["나"])

    assert [row.unused for row in rows["variables"]] == [True, False]


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("공통 머리말", set(), "공통_머리말"),
        ("공통 머리말", {"공통_머리말"}, "공통_머리말_2"),
        ("2026년 지침", set(), "_2026년_지침"),
        ("!?", set(), "부분"),
    ],
)
def test_a_part_is_named_by_its_title(title, taken, name):
    assert free_name(title, taken) == name


def test_a_part_is_put_in_at_the_end():
    rows = posted_rows(message("본문"))

    add_part(rows, uid=UID, version=3, title="머리말")

    assert rows["messages"][0].values["content"] == "본문\n\n{{> 머리말}}"
    assert content_of(rows)["parts"] == [{"name": "머리말", "uid": UID, "version": "3"}]


def test_a_part_begins_a_prompt_without_text():
    rows = posted_rows({})

    add_part(rows, uid=UID, version=3, title="머리말")

    assert [row.values["content"] for row in rows["messages"]] == ["{{> 머리말}}"]


def test_a_step_waits_for_a_person():
    rows = posted_rows({})

    add_step(rows, uid=UID, version=3, title="요약")

    assert content_of(rows)["steps"] == [
        {"title": "요약", "gate": "human", "check": "", "prompt": {"uid": UID, "version": "3"}}
    ]


@pytest.mark.parametrize(
    ("index", "by", "order"),
    [(2, -1, "가다나"), (0, 1, "나가다"), (0, -1, "가나다"), (2, 1, "가나다"), (9, 1, "가나다")],
)
def test_rows_move(index, by, order):
    rows = posted_rows(message("가", 0) | message("나", 1) | message("다", 2))

    shift(rows, "messages", index, by)

    assert "".join(row.values["content"] for row in rows["messages"]) == order


def test_rows_are_dropped():
    rows = posted_rows(message("가", 0) | message("나", 5))

    drop(rows, "messages", 5)

    assert [row.index for row in rows["messages"]] == [0]
