import unicodedata

import pytest

from casebook.evidence.assertions import ASSERTIONS, check, clean_assertions, needs_person, passed
from casebook.evidence.pattern_search import is_expression, search
from casebook.interchange.tests_field import ASSERTIONS as TRAVELLING

NFD = unicodedata.normalize("NFD", "가로등을 고치겠습니다.")


def verdict(kind, value, output, *, filled="", inputs=None):
    return check(output, [{"kind": kind, "value": value}], filled=filled, inputs=inputs or {})[0]["passed"]


@pytest.mark.parametrize(
    ("kind", "value", "output", "expected"),
    [
        ("contains", "가로등", NFD, True),
        ("contains", unicodedata.normalize("NFD", "가로등"), "가로등", True),
        ("contains", "신호등", "가로등", False),
        ("contains", "a\nb", "a\r\nb", True),
        ("not_contains", "제안", "답변", True),
        ("not_contains", "답변", NFD + "답변", False),
        ("equals", "예", " 예\n", True),
        ("equals", "예", "예.", False),
        ("starts_with", "안녕", "\n안녕하세요", True),
        ("starts_with", "하세", "안녕하세요", False),
        ("ends_with", "니다.", NFD + "\n\n", True),
        ("ends_with", "니다", NFD, False),
        ("pattern", r"^제\d+조$", "법\n제12조\n끝", True),
        ("pattern", r"^제\d+조$", "법 제12조", False),
        ("min_length", "3", "가나다", True),
        ("min_length", "4", unicodedata.normalize("NFD", "가나다"), False),
        ("max_length", "3", "  가나다\n", True),
        ("max_length", "2", "가나다", False),
        ("json", "", '{"제목": [1, null]}', True),
        ("json", "", '```json\n{"a": 1}\n```', False),
        ("json", "", '{"a": NaN}', False),
        ("json", "", "[" * 100_000, False),
        ("json", "", "", False),
        ("later_kind", "x", "x", None),
    ],
)
def test_assertions(kind, value, output, expected):
    assert verdict(kind, value, output) is expected


@pytest.mark.parametrize(
    ("output", "filled", "inputs", "expected"),
    [
        ("답", "가로등에 답한다", {"민원": "가로등"}, True),
        ("답", "가로등에 답한다", {"민원": unicodedata.normalize("NFD", "가로등"), "": ""}, True),
        ("답", "답한다", {"민원": "가로등"}, False),
        ("답", "답한다", {"민원": " "}, True),
        ("답", "{{민원}}에 답한다", {}, False),
        ("{{ 이름 }}님께", "가로등", {"민원": "가로등"}, False),
        ('{"a": {"b": 1}}', "가로등", {"민원": "가로등"}, True),
    ],
)
def test_all_blanks_used(output, filled, inputs, expected):
    assert verdict("all_blanks_used", "", output, filled=filled, inputs=inputs) is expected


def test_verdicts_stand_in_the_order_of_the_assertions():
    asked = [{"kind": "pattern", "value": "나"}, {"kind": "contains", "value": "가"}] * 2

    verdicts = check("가", asked, filled="", inputs={})

    assert [(each["kind"], each["passed"]) for each in verdicts] == [
        ("pattern", False),
        ("contains", True),
    ] * 2


def test_a_pattern_without_end_is_not_decided():
    assert search(["가", "(a+)+$", "나"], "가" + "a" * 50 + "b", seconds=0.7) == [True, None, None]


@pytest.mark.parametrize(
    ("pattern", "is_one"), [("가+", True), ("(", False), ("[", False), ("(?i)a", True), (r"\p{L}", False)]
)
def test_expressions(pattern, is_one):
    assert is_expression(pattern) is is_one


@pytest.mark.parametrize(
    ("results", "judgement", "needs", "expected"),
    [
        ([True, True], "", False, True),
        ([True, False], "", False, False),
        ([], "", True, None),
        ([True], "", True, None),
        ([True], "pass", True, True),
        ([True], "fail", True, False),
        ([False], "pass", True, False),
        ([False], "", True, False),
        ([None], "", False, None),
        ([None], "pass", False, True),
    ],
)
def test_a_run_passed(results, judgement, needs, expected):
    assert passed([{"passed": each} for each in results], judgement, needs_judgement=needs) is expected


@pytest.mark.parametrize(
    ("assertions", "question", "expected"), [([], "", True), (["x"], "", False), (["x"], "?", True)]
)
def test_who_decides(assertions, question, expected):
    assert needs_person(assertions, question) is expected


@pytest.mark.parametrize(
    ("kind", "value", "kept"),
    [
        ("contains", f" {NFD} ", "가로등을 고치겠습니다."),
        ("json", "left over", ""),
        ("min_length", "500", "500"),
        ("pattern", "^가$", "^가$"),
    ],
)
def test_assertions_in_their_one_form(kind, value, kept):
    assert clean_assertions([{"kind": kind, "value": value}]) == ([{"kind": kind, "value": kept}], [])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("contains", " "),
        ("min_length", "many"),
        ("max_length", "-1"),
        ("min_length", "1" * 5_000),
        ("pattern", "("),
        ("pattern", "a" * 301),
        ("contains", "a" * 10_001),
        ("nothing", "x"),
    ],
)
def test_assertions_that_are_refused(kind, value):
    right = {"kind": "json", "value": ""}

    kept, wrong = clean_assertions([right, {"kind": kind, "value": value}])

    assert (kept, [index for index, _words in wrong]) == ([right], [1])


def test_files_carry_the_same_kinds():
    assert tuple(ASSERTIONS) == TRAVELLING
