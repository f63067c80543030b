"""Versions side by side: what reads well in Korean, and what always holds."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.content import CASE, clean_case, clean_prompt
from casebook.diff import diff_contents, diff_texts, fold
from casebook.diff.align import align
from casebook.diff.words import mark

TEXTS = st.text(alphabet="가나다 를는.,\n{}12ab", max_size=60)
SEQUENCES = st.lists(st.integers(0, 4), max_size=25)
LONG = 20_000
TEXT = "{{민원요지}}에 답해 주세요."


def marked(old, new):
    """Both lines with [] around what is marked."""
    return tuple(
        "".join(f"[{piece.text}]" if piece.changed else piece.text for piece in side)
        for side in mark(old, new)
    )


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "검토결과를 정리합니다",
            "검토결과는 정리합니다",
            ("검토결과[를] 정리합니다", "검토결과[는] 정리합니다"),
        ),
        ("담당자는 확인한다", "담당자가 확인했다", ("담당자[는] 확인[한다]", "담당자[가] 확인[했다]")),
        ("30일 이내", "14일 이내", ("[30]일 이내", "[14]일 이내")),
        ("답변 초안 작성", "답변 작성", ("답변 [초안 ]작성", "답변 작성")),
        (
            "{{민원요지}}에 답한다",
            "{{민원내용}}에 답한다",
            ("[{{민원요지}}]에 답한다", "[{{민원내용}}]에 답한다"),
        ),
        ("a, b, c, d", "w, x, y, z", ("[a, b, c, d]", "[w, x, y, z]")),
        ("완전히 다른 문장", "개인정보는 빼세요", ("[완전히 다른 문장]", "[개인정보는 빼세요]")),
    ],
)
def test_marks_read_well(old, new, shown):
    assert marked(old, new) == shown


def test_lines_that_correspond_share_a_row():
    rows = diff_texts(
        "제목\n하나 둘 셋\n넷 다섯 여섯\n끝", "제목\n새로 넣은 문장\n하나 둘 넷\n넷 다섯 일곱\n끝"
    )

    assert [(row.kind, row.old and row.old.number, row.new and row.new.number) for row in rows] == [
        ("equal", 1, 1),
        ("added", None, 2),
        ("changed", 2, 3),
        ("changed", 3, 4),
        ("equal", 4, 5),
    ]


@given(TEXTS, TEXTS)
def test_sides_joined_are_the_texts(a, b):
    rows = diff_texts(a, b)

    assert "\n".join(row.old.text for row in rows if row.old) == a
    assert "\n".join(row.new.text for row in rows if row.new) == b


@given(TEXTS)
def test_equal_texts_have_only_equal_rows(text):
    assert {row.kind for row in diff_texts(text, text)} <= {"equal"}


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_the_same_on_both_sides(a, b):
    for row in diff_texts(a, b):
        if row.old and row.new:
            old, new = ("".join(p.text for p in side.pieces if not p.changed) for side in (row.old, row.new))
            assert old == new


@given(SEQUENCES, SEQUENCES)
@settings(max_examples=300)
def test_blocks_are_equal_and_rise(a, b):
    i_end = j_end = 0
    for i, j, count in align(a, b):
        assert a[i : i + count] == b[j : j + count]
        assert i >= i_end
        assert j >= j_end
        assert count > 0
        i_end, j_end = i + count, j + count


@given(TEXTS, TEXTS)
def test_folds_hold_every_row_and_no_change_is_folded(a, b):
    rows = diff_texts(a, b)
    folds = fold(rows)

    assert [row for each in folds for row in each.rows] == rows
    assert all(row.kind == "equal" for each in folds if each.folded for row in each.rows)


def test_lines_near_a_change_stay_in_sight():
    text = "\n".join(str(number) for number in range(20))

    folds = fold(diff_texts(text, text.replace("\n10\n", "\n열\n")))

    assert [(each.folded, len(each.rows)) for each in folds] == [(True, 8), (False, 5), (True, 7)]


def sentence(source, words):
    syllables = "가나다라마바사아민원답변검토결과를은이에서"
    return " ".join("".join(source.choices(syllables, k=source.randint(1, 5))) for _ in range(words))


def long_text(seed, *, words):
    source = random.Random(seed)
    return "\n".join(sentence(source, words) for _ in range(LONG // (4 * words)))[:LONG]


def letters(seed, alphabet, joint):
    return joint.join(random.Random(seed).choices(alphabet, k=LONG // 2))


WORST = {
    "all lines different": (long_text(1, words=12), long_text(2, words=12)),
    "one word a line, all different": (long_text(1, words=1), long_text(2, words=1)),
    "one line without a line end": (long_text(1, words=5000), long_text(2, words=5000)),
    "the same two words over and over": (letters(1, "가나", " "), letters(2, "가나", " ")),
    "no spaces": (letters(1, "가나다라", ""), letters(2, "가나다라", "")),
    "equal short lines": ("가\n" * 10_000, "가\n" * 10_000),
    "equal short lines, some taken out": ("가\n" * 10_000, "나\n" + "가\n" * 8_000 + "다"),
    "short lines, all different": (letters(1, "가나다라마", "\n"), letters(2, "가나다라마", "\n")),
    "every line changed": (text := long_text(1, words=12), "새 줄\n" + text.replace("\n", " 끝\n")),
}


@pytest.mark.parametrize("name", WORST)
def test_worst_cases_keep_both_sides(name):
    """Without bounds these would take minutes; how long they do take stands in the bench."""
    a, b = WORST[name]

    rows = diff_texts(a, b)

    assert "\n".join(row.old.text for row in rows if row.old) == a
    assert "\n".join(row.new.text for row in rows if row.new) == b


def content(**fields):
    given = {
        "title": "민원 답변",
        "messages": [{"role": "user", "content": TEXT}],
        "variables": [{"key": "민원요지", "help": "이름은 빼고"}],
        "tags": ["민원", "답변"],
    }
    return clean_prompt(given | fields)


def differences(**fields):
    return [(each.path, each.kind) for each in diff_contents(content(), content(**fields))]


def test_no_change_is_no_difference():
    assert diff_contents(content(), content()) == []


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": "민원 회신"}, [("title", "changed")]),
        ({"purpose": "빠른 답변"}, [("purpose", "added")]),
        ({"tags": []}, [("tags", "removed")]),
        ({"tags": ["답변", "민원"]}, [("tags", "moved")]),
        ({"tags": ["민원", "전화"]}, [("tags", "changed")]),
        ({"advice": {"no_upload": True}}, [("advice.no_upload", "changed")]),
        ({"sensitivity": "internal"}, [("sensitivity", "changed")]),
        ({"command": "reply"}, [("command", "added")]),
        ({"model": {"name": "gpt", "top_p": "0.2"}}, [("model.name", "added"), ("model.top_p", "added")]),
        ({"messages": [{"role": "system", "content": TEXT}]}, [("messages.0.role", "changed")]),
        (
            {"messages": [{"role": "system", "content": "담당자"}, {"role": "user", "content": TEXT}]},
            [("messages.0.role", "added"), ("messages.0.content", "added")],
        ),
        ({"variables": [{"key": "민원요지", "help": "성도 빼고"}]}, [("variables.0.help", "changed")]),
        ({"variables": [{"key": "민원내용", "help": "이름은 빼고"}]}, [("variables.0.key", "renamed")]),
        (
            {"variables": [{"key": "민원요지", "help": "이름은 빼고"}, {"key": "날짜", "type": "date"}]},
            [("variables.1.key", "added"), ("variables.1.type", "added")],
        ),
    ],
)  # fmt: skip
def test_fields_that_differ(fields, found):
    assert differences(**fields) == found


def test_order_of_blanks_is_a_move():
    two = [{"key": "가"}, {"key": "나"}]

    [difference] = diff_contents(content(variables=two), content(variables=two[::-1]))

    assert (difference.path, difference.kind, difference.old, difference.new) == (
        "variables",
        "moved",
        "가 · 나",
        "나 · 가",
    )


def test_choices_are_shown_by_their_label():
    [difference] = diff_contents(content(), content(sensitivity="internal"))

    assert difference.words() == ("Open information", "Internal information")
    assert difference.place() == "Sensitivity of the information"


def test_blank_says_its_name():
    [difference] = diff_contents(content(), content(variables=[{"key": "민원요지", "help": "짧게"}]))

    assert (difference.item, difference.place()) == ("민원요지", "Blanks 1 › Help text")


def test_cases_have_their_own_shape():
    old, new = (clean_case({"title": "단축", "effect": {"minutes_before": n}}) for n in (30, 20))

    [difference] = diff_contents(old, new, CASE)

    assert (difference.path, difference.old, difference.new) == ("effect.minutes_before", "30", "20")
