"""A change onto a newer version: what only one side changed is taken, what both changed is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.content import clean_prompt
from casebook.diff.merge import Conflict, merge_contents, merge_lines

LINES = st.lists(st.sampled_from("가나다라마"), max_size=8)


def content(**fields):
    given = {
        "title": "민원 답변",
        "messages": [{"role": "user", "content": "하나\n둘\n셋\n넷\n{{이름}} {{날짜}}"}],
        "variables": [{"key": "이름", "help": "성은 빼고"}, {"key": "날짜"}],
        "verification_checklist": ["법령 확인", "날짜 확인"],
        "tags": ["민원", "답변"],
    }
    return clean_prompt(given | fields)


def message(text):
    return [{"role": "user", "content": text}]


def test_different_fields_are_both_taken():
    merged = merge_contents(content(), content(purpose="답변을 빠르게"), content(title="민원 회신"))

    assert merged.is_clean
    assert merged.content == content(purpose="답변을 빠르게", title="민원 회신")


def test_different_lines_of_one_text_are_both_taken():
    merged = merge_contents(
        content(),
        content(messages=message("하나\n둘!\n셋\n넷\n{{이름}} {{날짜}}")),
        content(messages=message("하나\n둘\n셋\n넷!\n{{이름}} {{날짜}}")),
    )

    assert merged.is_clean
    assert merged.content["messages"][0]["content"] == "하나\n둘!\n셋\n넷!\n{{이름}} {{날짜}}"


def test_same_line_changed_differently_is_a_conflict_with_both_texts():
    merged = merge_contents(content(), content(title="민원 회신"), content(title="민원 답장"))

    assert merged.conflicts == (Conflict("title", "민원 회신", "민원 답장"),)
    assert merged.content["title"] == "민원 답장"


def test_blanks_are_merged_by_name():
    mine = content(variables=[{"key": "날짜"}, {"key": "이름", "help": "이름만"}])
    theirs = content(variables=[{"key": "이름", "help": "성은 빼고", "label": "신청인"}, {"key": "날짜"}])

    variables = merge_contents(content(), mine, theirs).content["variables"]

    assert [(each["key"], each["label"], each["help"]) for each in variables] == [
        ("이름", "신청인", "이름만"),
        ("날짜", "날짜", ""),
    ]


def test_blank_taken_out_by_one_and_untouched_by_the_other_goes():
    mine = content(variables=[{"key": "이름", "help": "성은 빼고"}], purpose="x")
    theirs = content(variables=[{"key": "이름", "help": "성만"}, {"key": "날짜"}])

    merged = merge_contents(content(), mine, theirs)

    assert [each["key"] for each in merged.content["variables"]] == ["이름"]


@pytest.mark.parametrize(
    ("mine", "theirs", "tags"),
    [
        (["민원", "답변", "전화"], ["민원"], ["민원", "전화"]),
        (["답변"], ["민원", "답변", "우편"], ["답변", "우편"]),
    ],
)
def test_tags_are_a_set(mine, theirs, tags):
    assert merge_contents(content(), content(tags=mine), content(tags=theirs)).content["tags"] == tags


def test_checklist_takes_lines_of_both():
    mine = content(verification_checklist=["법령 확인", "날짜 확인", "이름 확인"])
    theirs = content(verification_checklist=["최신 법령 확인", "날짜 확인"])

    merged = merge_contents(content(), mine, theirs)

    assert merged.content["verification_checklist"] == ["최신 법령 확인", "날짜 확인", "이름 확인"]


def test_later_keys_stay_out_when_they_say_nothing():
    merged = merge_contents(content(command="a"), content(), content(command="a", title="새 제목"))

    assert "command" not in merged.content
    assert clean_prompt(merged.content) == merged.content


def test_text_with_a_conflict_keeps_what_still_fits():
    merged = merge_contents(
        content(),
        content(messages=message("하나!\n둘\n셋 제안\n넷\n{{이름}} {{날짜}}")),
        content(messages=message("하나\n둘\n셋 새 판\n넷\n{{이름}} {{날짜}}")),
    )

    assert merged.conflicts == (Conflict("messages.0.content", "셋 제안", "셋 새 판"),)
    assert merged.content["messages"][0]["content"] == "하나!\n둘\n셋 새 판\n넷\n{{이름}} {{날짜}}"


def test_messages_put_in_by_both_are_a_conflict():
    more = [{"role": "assistant", "content": text} for text in ("첫째", "둘째")]
    mine, theirs = (content(messages=[*content()["messages"], each]) for each in more)

    merged = merge_contents(content(), mine, theirs)

    assert [conflict.path for conflict in merged.conflicts] == ["messages"]
    assert merged.content == theirs


@given(LINES, LINES)
def test_one_sided_change_is_taken_whole(base, other):
    assert merge_lines(base, other, base) == (other, [])
    assert merge_lines(base, base, other) == (other, [])
    assert merge_lines(base, other, other) == (other, [])


@given(LINES, LINES, LINES)
def test_order_of_the_sides_matters_only_where_they_conflict(base, mine, theirs):
    one, other = merge_lines(base, mine, theirs), merge_lines(base, theirs, mine)

    assert one[1] == [(here, there) for there, here in other[1]]
    assert one[1] or one == other
