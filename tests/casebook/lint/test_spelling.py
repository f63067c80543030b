import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.blanks import blanks_in
from casebook.lint import apply_fix, lint
from casebook.lint.spelled import spelled
from tests.casebook.lint.contents import content, text_of


def codes(text, **changes):
    return [finding.code for finding in lint(text_of(text, **changes))]


def test_undeclared_blank_is_found_once_and_described_by_its_fix():
    given_content = text_of("수신 {{기관}} {{기관}}")

    [finding] = lint(given_content)
    mended = apply_fix(given_content, finding)

    assert (finding.code, finding.path, finding.start, finding.end) == (
        "undeclared_blank",
        "messages.0.content",
        3,
        9,
    )
    assert [(each["key"], each["label"], each["type"]) for each in mended["variables"]] == [
        ("기관", "기관", "text")
    ]
    assert lint(mended) == []


def test_undeclared_blank_without_room_has_no_fix():
    found = lint(text_of("{{하나더}}", variables=[f"빈칸{number}" for number in range(1_000)]))

    assert found[0].code == "undeclared_blank"
    assert found[0].fix is None


def test_unused_blank_is_removed_by_its_fix():
    given_content = text_of("{{가}}", variables=["가", "불가사유"])

    [finding] = lint(given_content)

    assert (finding.code, finding.path) == ("unused_blank", "variables.1.key")
    assert [each["key"] for each in apply_fix(given_content, finding)["variables"]] == ["가"]


@pytest.mark.parametrize(
    ("text", "code", "span"),
    [
        ("글 {{}} 글", "empty_blank", (2, 6)),
        ("글 {{  }} 글", "empty_blank", (2, 8)),
        ("{{ 민원 요지 }}", "blank_signs", (0, 11)),
        ("{{a-b}}", "blank_signs", (0, 7)),
        ("{{1번}}", "blank_signs", (0, 6)),
        ("{{말투:정중|간결}}", "blank_signs", (0, 12)),
        ("{{> 민원 요지}}", "blank_signs", (0, 11)),
        ("{{" + "가" * 200 + "}}", "long_blank", (0, 204)),
        ("{{" + "가 " * 100 + "}}", "long_blank", (0, 204)),
        ("글 {{이름} 글", "unclosed_blank", (2, 7)),
        ("글 {{이름", "unclosed_blank", (2, 6)),
        ("글 {{이름\n}}", "unclosed_blank", (2, 6)),
        ("글 {{", "unclosed_blank", (2, 4)),
        ("{{#if 글}}", "template_logic", (0, 9)),
        ("{{item.name}}", "template_logic", (0, 13)),
        ("{{ $json['x'] }}", "template_logic", (0, 16)),
    ],
)
def test_broken(text, code, span):
    [finding] = lint(text_of(text))

    assert (finding.code, (finding.start, finding.end)) == (code, span)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"b": {}}}',
        '{{"a": 1}}',
        "{{\n  'a': 1\n}}",
        "style={{color: red}}",
        "{{{}}}",
        "{{\\bf 글}}",
        "f(x) }} 끝",
    ],
)
def test_json_and_code_are_no_blanks(text):
    assert codes(text) == []


def test_long_blank_is_named_by_its_beginning():
    [finding] = lint(text_of("{{" + "가" * 200 + "}}"))

    assert "가" * 40 in finding.text()
    assert "가" * 41 not in finding.text()
    assert "200" in finding.text()


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("{{ 민원 요지 }} {{ 민원 요지 }}", "{{민원_요지}} {{민원_요지}}"),
        ("{{a-b}}", "{{a_b}}"),
        ("{{1번}}", "{{_1번}}"),
        ("{{말투:정중|간결}}", "{{말투}}"),
        ("{{글|textarea:required}}", "{{글}}"),
        ("{{이름} 님, {{이름}}", "{{이름}} 님, {{이름}}"),
    ],
)
def test_broken_blank_is_mended_and_described(text, mended):
    given_content = text_of(text)

    result = apply_fix(given_content, lint(given_content)[0])

    assert result["messages"][0]["content"] == mended
    assert lint(result) == []


def test_broken_blank_becomes_the_described_one_it_resembles():
    given_content = content(messages=["{{민원 요지}} {{민원요지}}"])

    result = apply_fix(given_content, lint(given_content)[0])

    assert result["messages"][0]["content"] == "{{민원요지}} {{민원요지}}"


def test_foreign_blanks_are_converted_everywhere_at_once():
    given_content = text_of("[기관]의 ${말투:정중} 글", "{기관} 귀하")

    first, second = lint(given_content)
    result = apply_fix(apply_fix(given_content, first), second)

    assert (first.code, first.start, first.end) == ("foreign_blank", 0, 4)
    assert [each["content"] for each in result["messages"]] == ["{{기관}}의 {{말투}} 글", "{{기관}} 귀하"]
    assert [(each["key"], each["default"]) for each in result["variables"]] == [
        ("기관", ""),
        ("말투", "정중"),
    ]
    assert lint(result) == []


def test_foreign_blanks_keep_their_keys_whichever_is_converted_first():
    given_content = text_of("{a b} {a-b}")

    first, second = lint(given_content)
    forwards = apply_fix(given_content, first)
    forwards = apply_fix(forwards, lint(forwards)[0])

    assert forwards["messages"][0]["content"] == "{{a_b}} {{a_b_2}}"
    assert apply_fix(given_content, second)["messages"][0]["content"] == "{a b} {{a_b_2}}"


@given(st.text(st.sampled_from(list("{}>가a1_ \t\n-")), max_size=40))
def test_good_blanks_are_the_same_everywhere(text):
    keys = [each.name for each in spelled(text) if each.kind == "blank"]

    assert list(dict.fromkeys(keys)) == blanks_in([{"content": text}])
