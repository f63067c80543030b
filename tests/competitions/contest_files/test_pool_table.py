"""The table of people who may be asked to judge."""

import pytest

from competitions.contest_files.errors import FileRefused
from competitions.contest_files.pool_table import pool_headings, read_pool, side_word

HEADERS = ["name", "email", "side"]


def rows(*cells, headers=HEADERS):
    return [(line, dict(zip(headers, each, strict=True))) for line, each in enumerate(cells, start=2)]


def faults(*cells, headers=HEADERS):
    with pytest.raises(FileRefused) as refused:
        read_pool(headers, rows(*cells, headers=headers))
    return [(problem.line, problem.column) for problem in refused.value.problems]


def test_korean_headings_and_words_are_taken():
    headers = ["성명", "전자 우편", "구분", "소속", "전문분야", "비고"]
    table = rows(
        ("김위원", "kim@example.org", "민간위원", "가온대학교", "행정", "  두  칸 "), headers=headers
    )

    (found,) = read_pool(headers, table).candidates

    assert (found.name, found.email, found.side) == ("김위원", "kim@example.org", "private")
    assert (found.organisation, found.field, found.note) == ("가온대학교", "행정", "두 칸")


def test_every_bad_row_is_named():
    assert faults(
        ("", "a@example.org", "private"),
        ("이", "not an address", "public"),
        ("박", "b@example.org", "누구"),
        ("최", "", ""),
    ) == [(2, "name"), (3, "email"), (4, "side"), (5, "email"), (5, "side")]


def test_one_address_twice_is_refused_on_the_second_line():
    assert faults(("김", "a@example.org", "private"), ("이", "A@example.org", "public")) == [(3, "email")]


def test_a_missing_column_is_named():
    assert faults(("김", "a@example.org"), headers=["name", "email"]) == [(None, "side")]


def test_two_headings_of_one_column_are_refused():
    headers = ["name", "email", "side", "성명"]

    assert faults(("김", "a@example.org", "private", "이"), headers=headers) == [(None, "name")]


def test_a_name_too_long_is_refused():
    assert faults(("가" * 201, "a@example.org", "private")) == [(2, "name")]


def test_empty_rows_are_passed_over_and_no_row_is_told():
    table = read_pool(HEADERS, rows(("", " ", "")))

    assert table.candidates == ()
    assert len(table.notices) == 1


@pytest.mark.parametrize("korean", [True, False])
def test_what_is_written_is_read_again(korean):
    headers = pool_headings(korean=korean)
    table = rows(("김", "a@example.org", side_word("public", korean=korean), "", "", ""), headers=headers)

    assert [each.side for each in read_pool(headers, table).candidates] == ["public"]
