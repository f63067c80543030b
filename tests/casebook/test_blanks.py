import time
import unicodedata

import pytest

from casebook.blanks import blanks_in, complete_variables, fill, split_text, unused_variables


def messages(*texts):
    return [{"role": "user", "content": text} for text in texts]


def test_blanks_in_order_of_first_use():
    assert blanks_in(messages("{{나}} {{ 가 }}", "{{가}}{{name_2}}")) == ["나", "가", "name_2"]


def test_decomposed_blank_is_the_same_blank():
    assert blanks_in(messages(unicodedata.normalize("NFD", "{{민원}} {{민원}}"))) == ["민원"]


@pytest.mark.parametrize(
    "text",
    [
        "{가}",
        "{{}}",
        "{{ }}",
        "{{1가}}",
        "{{가 나}}",
        "{{#if}}",
        "{{가\n}}",
        "${가}",
        "{{ㄱ}}",
        "{{가}",
        "{{a-b}}",
    ],
)
def test_no_blank(text):
    assert blanks_in(messages(text)) == []


def test_split_text_around_blanks():
    assert split_text("수신 {{기관}}귀하") == [("text", "수신 "), ("blank", "기관"), ("text", "귀하")]


def test_split_text_keeps_outer_braces():
    assert split_text("{{{가}}}") == [("text", "{"), ("blank", "가"), ("text", "}")]


def test_split_empty_text():
    assert split_text("") == []


def test_complete_variables_adds_what_is_undeclared():
    declared = [{"key": "가", "label": "첫째"}]

    variables = complete_variables(messages("{{나}} {{가}}"), declared)

    assert [(each["key"], each["label"]) for each in variables] == [("가", "첫째"), ("나", "나")]


def test_unused_variables():
    assert unused_variables(messages("{{가}}"), [{"key": "가"}, {"key": "나"}]) == ["나"]


def test_fill_once_and_leave_the_rest():
    assert fill("{{가}} {{나}} {{다}}", {"가": "{{나}}", "나": "둘", "다": ""}) == "{{나}} 둘 {{다}}"


@pytest.mark.parametrize("piece", ["{{", "{{ ", "{{가", "{{가 ", "}}", "{{{{가}}"])
def test_long_text_takes_no_time(piece):
    text = (piece * 200_000)[:200_000]
    start = time.perf_counter()

    blanks_in(messages(text))

    assert time.perf_counter() - start < 1
