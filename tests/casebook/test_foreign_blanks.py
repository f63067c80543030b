import unicodedata

import pytest

from casebook.blanks import blanks_in
from casebook.content.variables import BLANK_KEY
from casebook.writing.foreign_blanks import Keys, convert, find_foreign, key_from


def named(text):
    return [(each.style, each.name, each.default) for each in find_foreign(text)]


def converted(text):
    return convert(text, find_foreign(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("수신: ${기관명} 귀하", [("dollar", "기관명", "")]),
        ("${Position:Software Developer}", [("dollar", "Position", "Software Developer")]),
        ("${ 민원 요지 : 도로 파손 }", [("dollar", "민원 요지", "도로 파손")]),
        ("${url:https://gaon.example/a?b=1}", [("dollar", "url", "https://gaon.example/a?b=1")]),
        ("[기관명]의 담당자입니다.", [("square", "기관명", "")]),
        ("Dear [x], thank you.", [("square", "x", "")]),
        ("제목은 [행사 이름]으로 합니다.", [("square", "행사 이름", "")]),
        ("[날짜][시간]에 모입니다.", [("square", "날짜", ""), ("square", "시간", "")]),
        ("<수신자>에게 보냅니다.", [("angle", "수신자", "")]),
        ("Reply to <x> now", [("angle", "x", "")]),
        ("{부서명} {담당자}", [("brace", "부서명", ""), ("brace", "담당자", "")]),
        ("Hello {name}!", [("brace", "name", "")]),
        ("[역할] 안내자: {이름} / [기관]", [("brace", "이름", ""), ("square", "기관", "")]),
        ("<${기관} 누리집>", [("dollar", "기관", "")]),
        ("```\n[본문]을 넣으세요\n```", [("square", "본문", "")]),
    ],
)
def test_found(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        # Marks that the answer is to carry, and labels of a blank
        "없으면 [확인 필요]라고 적습니다.",
        "[담당자 답변 필요]로 남깁니다.",
        "[보고 목적] {{보고목적}}",
        # Markdown
        "[누리집](https://gaon.example/)",
        "[절](#절)",
        "[빈 링크]()",
        "![그림](a.png)",
        "[이름][]",
        "- [ ] 확인\n- [x] 확인함\n1. [X] 끝",
        "근거[^1]를 다세요.\n[^1]: 조례",
        "> [!note] 알림",
        "`[기관명]`이라고 적힌 곳",
        # citations, laws, notes
        "보고서 [1], [2-3], [12]",
        "[별표 1]과 [별지 제3호서식], [시행 2020. 1. 1.], [전문개정 2009. 2. 6.]",
        "<개정 2010. 6. 4.>",
        "[Figure 2] shows",
        # headings and labels
        "[검토 결과]\n이상 없음\n\n[조치 계획]\n3일 안에 처리",
        "## [민원 요지]\n{{민원요지}}",
        "**[민원 요지]**\n{{민원요지}}",
        "[민원 요지]\n\n{{민원요지}}\n\n위 [민원 요지]를 요약하세요.",
        "<참고>\n조례를 따릅니다.",
        "[역할] 당신은 담당자입니다.\n요약하세요.",
        "[가] 첫째 글\n[나] 둘째 글",
        "[성명]: 홍길동 형식으로 적으세요.",
        # HTML, XML, addresses
        "<p>글</p> <br> <div class='a'>",
        "<자료>{{자료}}</자료>",
        "<context>\n{{글}}\n</context>",
        "<https://gaon.example/> <office@gaon.example>",
        "<!-- 설명 --> <b>굵게",
        # JSON, code, mathematics
        '{"name": "값"}',
        "{ import } { McpServer }",
        "{}, {1}, {2,3}, {a: 1}",
        "\\frac{a}{b} x_{i} ^{n}",
        "items[index] List<String> dict[key]",
        "[a-zA-Z0-9._-]+@[a-z]+",
        "[str, Any] ['id'] [0.0, 1.0]",
        "/api/{id}",
        "```python\nx = [name]\nprint(f'{name}')\n```",
        "${items.length} ${a + b} ${call()} \\${x} ${1} ${#list}",
        "${env:HOME} ${file:secret.txt} ${ENV: KEY} ${HOME:-/root}",
        "%(name)s $name",
        # ours
        "{{이름}} {{> 머리말}}",
        # speaking of brackets
        "중괄호 {이렇게} 쓰면, {like this}",
        "[] <> {} ${} [ ] { }",
    ],
)
def test_left_alone(text):
    assert named(text) == []


def test_name_alone_at_the_very_end_is_a_slot():
    assert named("다음 글을 요약하세요.\n\n[본문]\n") == [("square", "본문", "")]


def test_name_alone_after_a_colon_is_a_slot():
    assert named("민원 내용:\n[민원 내용]\n\n답변을 쓰세요.") == [("square", "민원 내용", "")]


def test_same_name_has_one_key_across_styles():
    assert converted("${기관} [기관] <기관> {기관}") == "{{기관}} {{기관}} {{기관}} {{기관}}"


def test_different_names_never_share_a_key():
    found = find_foreign("{user name} {user-name} {user_name} {사용자 (이름)}")

    assert [each.key for each in found] == ["user_name", "user_name_2", "user_name_3", "사용자_이름"]


def test_described_blanks_are_met_again_by_key_or_label():
    keys = Keys([{"key": "기관", "label": "기관 이름"}, {"key": "a_b", "label": "A"}])

    found = find_foreign("[기관 이름] [기관] {a-b}", keys=keys)

    assert [each.key for each in found] == ["기관", "기관", "a_b_2"]


def test_keys_are_shared_between_texts():
    keys = Keys()

    first, second = find_foreign("{a-b}", keys=keys), find_foreign("{a b} {a-b}", keys=keys)

    assert [each.key for each in first + second] == ["a_b", "a_b_2", "a_b"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("민원 요지", "민원_요지"),
        (unicodedata.normalize("NFD", "민원 요지"), "민원_요지"),
        ("Reader's age", "Reader_s_age"),
        ("Région/ville", "Region_ville"),
        ("3분기 실적", "_3분기_실적"),
        ("品类", "blank"),
        ("ㄱ", "blank"),
        ("가" * 300, "가" * 60),
        ("__", "blank"),
    ],
)
def test_key_from(name, key):
    assert key_from(name) == key
    assert BLANK_KEY.fullmatch(key)


def test_convert_makes_blanks():
    text = converted("${말투:정중}하게 [기관명]이 <수신자>에게, 날짜 {보낸 날}")

    assert text == "{{말투}}하게 {{기관명}}이 {{수신자}}에게, 날짜 {{보낸_날}}"
    assert blanks_in([{"content": text}]) == ["말투", "기관명", "수신자", "보낸_날"]
    assert find_foreign(text) == []


def test_offsets_are_those_of_the_text_as_given():
    text = unicodedata.normalize("NFD", "수신 [기관명]")

    [found] = find_foreign(text)

    assert text[found.start : found.end] == unicodedata.normalize("NFD", "[기관명]")
    assert found.key == "기관명"


@pytest.mark.parametrize(
    "piece",
    ["[", "<", "${", "{", "[가", "[가]", "[가 나] ", "[x](/", "[x](", "</a>", "<a ", "{가}", "${a:b}", "```x\n",
    "`", "{品}",
     "${品" "} ", " \n", "*", "[a]:"],
)  # fmt: skip
def test_long_text_is_read_in_one_pass(piece):
    """It would take hours if any pattern went back and forth."""
    text = (piece * 300_000)[:300_000]

    assert convert(text, find_foreign(text))


def test_many_names_take_no_time():
    text = " ".join(f"{{品{chr(0x4E00 + number)}}} {{이름{number}}}" for number in range(20_000))
    found = find_foreign(text)

    assert len({each.key for each in found}) == 40_000
