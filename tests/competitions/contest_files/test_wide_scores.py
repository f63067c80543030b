"""Tables with a row for each sheet and a column for each criterion."""

from decimal import Decimal

import pytest

from competitions.contest_files.errors import FileRefused
from competitions.contest_files.wide_headings import wide_headings
from competitions.contest_files.wide_scores import read_wide_scores

MAXIMA = {"written": {"idea": Decimal(40), "use": Decimal(60)}, "stage": {"voice": Decimal(10)}}
CRITERIA = {"idea": "idea", "창의성": "idea", "use": "use", "활용성": "use", "voice": "voice"}
HEADERS = ["round", "judge", "entry", "idea", "use", "voice", "comment"]


def read(*rows, headers=HEADERS, maxima=MAXIMA, **more):
    numbered = [(line, dict(zip(headers, row, strict=True))) for line, row in enumerate(rows, start=2)]
    known = {"judges": ["J1", "J2"], "entries": ["E1", "E2"]} | more
    return read_wide_scores(wide_headings(headers, criteria=CRITERIA), numbered, maxima=maxima, **known)


def refusals(*rows, **options):
    with pytest.raises(FileRefused) as refusal:
        read(*rows, **options)
    return refusal.value.sentences()


def points_of(table):
    return [(score.judge, score.entry, score.criterion, score.points) for score in table.scores]


@pytest.mark.parametrize(
    ("headers", "is_wide"),
    [
        (HEADERS, True),
        (["심사위원", "접수번호", "창의성"], True),
        (["entry", "idea"], True),
        (["judge", "idea"], False),
        (["round", "judge", "entry", "criterion", "points"], False),
        (["entry", "criterion", "points", "idea"], False),
        (["entry", "title"], False),
    ],
)
def test_a_table_of_sheets_is_known_by_its_headings(headers, is_wide):
    assert wide_headings(headers, criteria=CRITERIA).is_wide == is_wide


def test_each_criterion_of_the_round_is_a_score_and_other_rounds_are_not():
    table = read(("written", "J1", "E1", "35.5", "", "", "좋음"), ("stage", "J1", "E1", None, "", 7.5, ""))

    assert points_of(table) == [
        ("J1", "E1", "idea", Decimal("35.5")),
        ("J1", "E1", "use", None),
        ("J1", "E1", "voice", Decimal("7.5")),
    ]
    assert [(remark.entry, remark.committee, remark.entrant) for remark in table.remarks] == [
        ("E1", "좋음", None)
    ]
    assert {score.comment for score in table.scores} == {None}


def test_korean_headings_and_the_only_round():
    table = read(
        ("J1", "E1", "４０", "0"),
        headers=["심사위원", "접수번호", "창의성", "활용성"],
        maxima={"written": MAXIMA["written"]},
    )

    assert points_of(table) == [("J1", "E1", "idea", Decimal(40)), ("J1", "E1", "use", Decimal(0))]


def test_what_people_add_is_left_out_in_silence_and_what_is_unknown_is_told():
    table = read(
        ("1", "작품", "written", "J1", "E1", "5", "5", "그것"),
        headers=["연번", "제목", "round", "judge", "entry", "idea", "합계", "부서"],
    )

    assert [notice.column for notice in table.notices] == ["부서"]


def test_a_row_without_points_makes_no_sheet_and_is_told():
    table = read(("written", "J1", "E1", "", " ", "", "결석"))

    assert table.scores == table.remarks == ()
    assert [notice.line for notice in table.notices] == [2]


def test_a_table_without_rows_is_told():
    assert len(read().notices) == 1


def test_measured_rounds_need_no_judge():
    table = read(("stage", "", "E1", "", "", "7", ""), measured=["stage"])

    assert points_of(table) == [("", "E1", "voice", Decimal(7))]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ("written", "J1", "E1", "41", "", "", ""),
            "Line 2, idea: “41” is above the highest score of this criterion, 40. Write 0 to 40.",
        ),
        (
            ("written", "J1", "E1", "1", "", "3", ""),
            "Line 2, voice: The round written has no criterion voice. Empty the cell.",
        ),
        (
            ("written", "J9", "E1", "1", "", "", ""),
            "Line 2, judge: “J9” is on no committee of this competition; its judges are: J1, J2. "
            "Correct the code, or name the judge on the committee first.",
        ),
        (
            ("written", "", "E1", "1", "", "", ""),
            "Line 2, judge: The cell is empty. This column is required.",
        ),
        (("", "J1", "E1", "1", "", "", ""), "Line 2, round: The cell is empty. This column is required."),
        (
            ("written", "J1", "E9", "1", "", "", ""),
            "Line 2, entry: “E9” is not known in this competition. Known are: E1, E2.",
        ),
    ],
)
def test_a_faulty_cell_is_refused_under_its_heading(row, sentence):
    assert refusals(row) == [sentence]


@pytest.mark.parametrize("cell", ["결시", "-", "기권"])
def test_words_for_no_points_are_refused_with_what_to_do(cell):
    (sentence,) = refusals(("written", "J1", "E1", cell, "", "", ""))

    assert sentence.startswith("Line 2, idea: ")
    assert "Leave the cell empty" in sentence


def test_two_sheets_for_one_judge_and_entry_are_refused():
    rows = [("written", "J1", "E1", "1", "", "", ""), ("written", "J1", "E1", "", "2", "", "")]

    assert refusals(*rows) == [
        "Line 3, entry: There are two sheets of judge J1 for entry E1 in round written; the first is on line 2. "
        "Keep one of the two."
    ]


def test_headings_of_the_file_stand_before_faults():
    (sentence,) = refusals(
        ("J1", "E1", "41"), headers=["심사위원", "접수번호", "창의성"], maxima={"written": MAXIMA["written"]}
    )

    assert sentence.startswith("Line 2, 창의성: ")


@pytest.mark.parametrize(
    ("headers", "row", "column"),
    [
        (["judge", "entry", "idea"], ("J1", "E1", "1"), "round"),
        (["round", "entry", "idea"], ("written", "E1", "1"), "judge"),
    ],
)
def test_a_missing_column_is_refused(headers, row, column):
    (sentence,) = refusals(row, headers=headers)

    assert sentence.startswith(f"{column}: This column is missing.")


def test_one_criterion_under_two_headings_is_refused():
    (sentence,) = refusals(
        ("written", "J1", "E1", "1", "2"), headers=["round", "judge", "entry", "idea", "창의성"]
    )

    assert "Two columns have this name" in sentence
