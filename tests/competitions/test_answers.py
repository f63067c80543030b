from decimal import Decimal

import pytest

from competitions.answers import answer_problems, asked, cleaned_answers, is_link
from competitions.contest_files.call_records import QuestionRecord


def question(kind="text", **fields):
    return QuestionRecord(**{"code": "q", "name": "물음", "kind": kind} | fields)


def paths(answer, asking, *, submitting=True):
    return [p.path for p in answer_problems({"q": answer}, [asking], submitting=submitting)]


@pytest.mark.parametrize(
    ("answer", "asking"),
    [
        ("가" * 301, question()),
        ("가" * 11, question(longest=10)),
        ("열둘", question("number")),
        ("NaN", question("number")),
        ("4", question("number", least=Decimal(5))),
        ("1,001", question("number", most=Decimal(1000))),
        ("넷째", question("choice", choices=("첫째", "둘째"))),
        ("2026-02-30", question("date")),
        ("ftp://example.org", question("link")),
    ],
)
def test_wrong_answer_is_named(answer, asking):
    assert paths(answer, asking) == ["answers.q"]


@pytest.mark.parametrize(
    ("answer", "asking"),
    [
        ("가" * 300, question()),
        ("1,000", question("number", least=Decimal(5), most=Decimal(1000))),
        ("둘째", question("choice", choices=("첫째", "둘째"))),
        ("2026-02-28", question("date")),
        ("https://예시.kr/길?가=나", question("link")),
    ],
)
def test_right_answer_is_taken(answer, asking):
    assert paths(answer, asking) == []


@pytest.mark.parametrize(
    ("required", "submitting", "missing"),
    [
        ("no", True, False),
        ("draft", False, True),
        ("draft", True, True),
        ("submission", False, False),
        ("submission", True, True),
    ],
)
def test_missing_answer(required, submitting, missing):
    assert bool(paths(" ", question(required=required), submitting=submitting)) == missing


def test_asked_are_the_questions_of_the_track_and_no_files():
    own, other, everybody = question(tracks=("a",)), question(tracks=("b",)), question()

    assert asked([own, other, everybody, question("file")], "a") == [own, everybody]


def test_cleaned_answers_say_something():
    questions = [question(), question(code="r")]

    assert cleaned_answers({"q": " 예\r\n", "r": "  ", "gone": "x"}, questions) == {"q": "예"}


def test_is_link_refuses_spaces():
    assert not is_link("https://example.org/a b")
