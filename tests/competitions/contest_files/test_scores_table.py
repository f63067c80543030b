"""Tables of scores."""

from decimal import Decimal

import pytest

from competitions.contest_files.errors import FileRefused
from competitions.contest_files.records import ScoreRecord
from competitions.contest_files.scores_table import read_scores

HEADERS = ["round", "judge", "entry", "criterion", "points", "comment"]
MAXIMA = {"written": {"idea": Decimal("40.00"), "use": Decimal(1000)}, "stage": {"voice": Decimal(10)}}


def read(*rows, headers=HEADERS, **more):
    numbered = [(line, dict(zip(headers, row, strict=False))) for line, row in enumerate(rows, start=2)]
    return read_scores(headers, numbered, maxima=MAXIMA, judges=["J1", "J2"], entries=["E1", "E2"], **more)


def refusals(*rows, **options):
    with pytest.raises(FileRefused) as refusal:
        read(*rows, **options)
    return refusal.value.sentences()


def test_read_scores_with_every_column():
    assert read(("written", "J1", "E1", "idea", "38.5", " 좋음 ")).scores == (
        ScoreRecord(
            line=2,
            round="written",
            judge="J1",
            entry="E1",
            criterion="idea",
            points=Decimal("38.5"),
            comment="좋음",
        ),
    )


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        ("", None),
        ("  ", None),
        ("\u3000", None),
        ("0", Decimal(0)),
        ("40", Decimal(40)),
        (" 35.5 ", Decimal("35.5")),
        ("３５．５", Decimal("35.5")),
        (None, None),
        (0, Decimal(0)),
        (35.0, Decimal(35)),
        (35.30000000000001, Decimal("35.3")),
        (Decimal("35.50"), Decimal("35.5")),
    ],
)
def test_read_scores_takes_points(cell, points):
    assert read(("written", "J1", "E1", "idea", cell)).scores[0].points == points


@pytest.mark.parametrize("cell", ["NaN", "1e3", "inf", "35점", "35 5", "+35", "0x1F", "٣", "1.2345678"])
def test_read_scores_refuses_what_is_no_number(cell):
    assert refusals(("written", "J1", "E1", "idea", cell)) == [
        f"Line 2, points: “{cell}” is not a score. "
        "Write digits such as 85 or 85.5, or leave the cell empty if there is none."
    ]


@pytest.mark.parametrize("cell", ["-", "–", "결시", " 기 권 ", "(불참)", "N/A", "회피"])
def test_read_scores_says_what_to_do_where_nobody_gave_points(cell):
    (sentence,) = refusals(("written", "J1", "E1", "idea", cell))

    assert sentence.startswith("Line 2, points: “")
    assert "no score is never zero. Leave the cell empty" in sentence


def test_measured_points_need_no_judge():
    table = read(("stage", "", "E1", "voice", "7"), measured=["stage"])

    assert [(score.judge, score.points) for score in table.scores] == [("", Decimal(7))]


def test_measured_points_need_no_column_of_judges():
    headers = ["round", "entry", "criterion", "points"]
    rows = [(2, dict(zip(headers, ("stage", "E1", "voice", "7"), strict=True)))]

    table = read_scores(headers, rows, maxima=MAXIMA, judges=[], entries=["E1"], measured=["stage"])

    assert table.scores[0].points == 7


def test_a_judge_is_asked_for_beside_measured_rounds():
    assert refusals(("written", "", "E1", "idea", "7"), measured=["stage"]) == [
        "Line 2, judge: The cell is empty. This column is required."
    ]


def test_measured_points_given_twice_are_refused():
    rows = [("stage", "", "E1", "voice", "7"), ("stage", "", "E1", "voice", "8")]

    assert refusals(*rows, measured=["stage"]) == [
        "Line 3, points: The criterion voice of entry E1 has points on line 2 already. Keep one of the two."
    ]


@pytest.mark.parametrize(("cell", "text"), [(True, "true"), (float("nan"), "nan"), ([1], "[1]")])
def test_read_scores_refuses_values_of_other_kinds(cell, text):
    assert refusals(("written", "J1", "E1", "idea", cell)) == [
        f"Line 2, points: “{text}” is not a score. "
        "Write digits such as 85 or 85.5, or leave the cell empty if there is none."
    ]


@pytest.mark.parametrize("cell", ["-5", "−0.5"])
def test_read_scores_refuses_points_below_zero(cell):
    assert refusals(("written", "J1", "E1", "idea", cell)) == [
        f"Line 2, points: “{cell}” is below zero. The lowest score is 0."
    ]


def test_read_scores_refuses_a_thousands_comma():
    assert refusals(("written", "J1", "E1", "use", "1,000")) == [
        "Line 2, points: “1,000” holds a comma. Write the number without it, such as 1000."
    ]


def test_read_scores_refuses_points_above_the_highest():
    assert refusals(("written", "J1", "E1", "idea", "40.1")) == [
        "Line 2, points: “40.1” is above the highest score of this criterion, 40. Write 0 to 40."
    ]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ("writen", "J1", "E1", "idea", "1"),
            "Line 2, round: “writen” is not known in this competition. Known are: written, stage. "
            "Did you mean “written”?",
        ),
        (
            ("written", "j1", "E1", "idea", "1"),
            "Line 2, judge: “j1” is on no committee of this competition; its judges are: J1, J2. "
            "Correct the code, or name the judge on the committee first. Did you mean “J1”?",
        ),
        (
            ("written", "J1", "X", "idea", "1"),
            "Line 2, entry: “X” is not known in this competition. Known are: E1, E2.",
        ),
        (
            ("written", "J1", "E1", "voice", "1"),
            "Line 2, criterion: “voice” is not known in this competition. Known are: idea, use.",
        ),
        (("", "J1", "E1", "idea", "1"), "Line 2, round: The cell is empty. This column is required."),
    ],
)
def test_read_scores_refuses_an_unknown_name(row, sentence):
    assert refusals(row) == [sentence]


def test_read_scores_refuses_a_score_given_twice():
    rows = [
        ("written", "J1", "E1", "idea", "1"),
        ("written", "J1", "E2", "idea", "1"),
        ("written", "J1", "E1", "idea", ""),
    ]

    assert refusals(*rows) == [
        "Line 4, points: Judge J1 already scored criterion idea of entry E1 on line 2. Keep one of the two."
    ]


def test_read_scores_refuses_a_missing_column():
    assert refusals(headers=["round", "judge", "entry", "criterion"]) == [
        "points: This column is missing. The first line must name it; "
        "it now names: round, judge, entry, criterion."
    ]


def test_read_scores_counts_the_problems_it_does_not_show():
    with pytest.raises(FileRefused) as refusal:
        read(*[("written", "J1", f"X{n}", "idea", "1") for n in range(60)])

    assert len(refusal.value.problems) == 60
    assert refusal.value.sentences()[50:] == ["And more of this kind: 10 further problems."]


def test_problem_text_is_translated_whole():
    korean = {
        "Line {line}, {column}: {problem}": "{line}행 {column}: {problem}",
        "“{value}” is below zero. The lowest score is 0.": "‘{value}’은(는) 0보다 작습니다.",
    }
    with pytest.raises(FileRefused) as refusal:
        read(("written", "J1", "E1", "idea", "-5"))

    assert refusal.value.sentences(korean.__getitem__) == ["2행 points: ‘-5’은(는) 0보다 작습니다."]
