from decimal import Decimal

import pytest

from competitions.contest_files.errors import FileRefused
from competitions.contest_files.measured_table import read_measured

HEADERS = ["entry", "criterion", "points", "note"]
MAXIMA = {"E1": {"saved": Decimal(100)}, "E2": {"saved": Decimal(100), "asked": Decimal(10)}}


def read(*rows, headers=HEADERS):
    numbered = [(line, dict(zip(headers, row, strict=True))) for line, row in enumerate(rows, start=2)]
    return read_measured(headers, numbered, maxima=MAXIMA)


def faults(*rows, headers=HEADERS):
    with pytest.raises(FileRefused) as refused:
        read(*rows, headers=headers)
    return [(problem.line, problem.column) for problem in refused.value.problems]


def test_points_with_where_they_come_from():
    table = read(["E1", "saved", "87.5", "통계"], ["E2", "asked", "0", ""])

    assert [(row.entry, row.criterion, row.points, row.note) for row in table.rows] == [
        ("E1", "saved", Decimal("87.5"), "통계"),
        ("E2", "asked", Decimal(0), ""),
    ]


def test_full_width_digits_are_digits_and_an_empty_cell_is_no_points():
    table = read(["E1", "saved", "８５", ""], ["E2", "saved", "", ""])

    assert [row.points for row in table.rows] == [Decimal(85), None]


@pytest.mark.parametrize("points", ["NaN", "-", "결시", "1,000", "1e3", "-5", "100.5", "1.1234567"])
def test_what_is_no_points_is_refused_with_its_line(points):
    assert faults(["E1", "saved", "1", ""], ["E2", "saved", points, ""]) == [(3, "points")]


def test_unknown_entries_and_criteria_of_another_track_are_refused():
    assert faults(["E9", "saved", "1", ""], ["E1", "asked", "1", ""]) == [(2, "entry"), (3, "criterion")]


def test_every_fault_is_told_at_once():
    assert faults(["E9", "saved", "x", ""], ["", "", "", "쓴 말"]) == [
        (2, "entry"),
        (2, "points"),
        (3, "entry"),
    ]


def test_a_second_row_of_a_cell_is_refused():
    assert faults(["E1", "saved", "1", ""], ["E1", "saved", "1", ""]) == [(3, "criterion")]


def test_a_too_long_note_is_refused():
    assert faults(["E1", "saved", "1", "가" * 301]) == [(2, "note")]


def test_a_missing_column_is_refused_and_an_unknown_one_noted():
    assert faults(["E1", "saved"], headers=["entry", "criterion"]) == [(None, "points")]

    table = read(["E1", "saved", "1", "x"], headers=["entry", "criterion", "points", "memo"])

    assert [notice.column for notice in table.notices] == ["memo"]


def test_an_empty_file_is_noted():
    assert len(read().notices) == 1
