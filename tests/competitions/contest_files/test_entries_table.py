"""Tables of entries."""

from datetime import datetime, timedelta, timezone

import pytest

from competitions.contest_files.entries_table import read_entries
from competitions.contest_files.entries_table_columns import SHOWN_COLUMNS
from competitions.contest_files.errors import FileRefused
from competitions.contest_files.records import EntryRecord

KST = timezone(timedelta(hours=9))
HEADERS = ["code", "title", "track", "team", "summary", "submitted_at"]


def make_rows(*rows, headers=HEADERS):
    """Rows as read from a file whose header stands on line 1."""
    return [(line, dict(zip(headers, row, strict=False))) for line, row in enumerate(rows, start=2)]


def read(*rows, headers=HEADERS, tracks=("life", "work")):
    return read_entries(headers, make_rows(*rows, headers=headers), tracks=tracks)


def refusals(*rows, **options):
    with pytest.raises(FileRefused) as refusal:
        read(*rows, **options)
    return refusal.value.sentences()


def test_read_entries_with_every_column():
    table = read((" E-1 ", "민원\n 답변", "life", "한 팀", "첫 줄\n둘째 줄", "2026. 5. 12. 18:00"))

    assert table.notices == ()
    assert table.entries == (
        EntryRecord(
            line=2,
            code="E-1",
            title="민원 답변",
            track="life",
            team="한 팀",
            summary="첫 줄\n둘째 줄",
            submitted_at=datetime(2026, 5, 12, 18, tzinfo=KST),
        ),
    )


def test_read_entries_takes_the_only_track_for_an_empty_cell():
    table = read(("E1", "T"), headers=["Code ", "TITLE"], tracks=["life"])

    assert [(entry.track, entry.submitted_at) for entry in table.entries] == [("life", None)]


def test_read_entries_takes_numbers_from_a_sheet():
    table = read((7.0, 2026, None, None, None, "2026-05-12T18:00:00"), tracks=["life"])

    entry = table.entries[0]
    assert (entry.code, entry.title, entry.team) == ("7", "2026", "")
    assert entry.submitted_at == datetime(2026, 5, 12, 18, tzinfo=KST)


def test_read_entries_skips_blank_rows_and_keeps_line_numbers():
    table = read(("", " "), ("E1", "T", "life"))

    assert [(entry.line, entry.code) for entry in table.entries] == [(3, "E1")]


def test_read_entries_notes_unknown_columns():
    table = read(("E1", "T", "x"), headers=["code", "title", "tracks"], tracks=["life"])

    assert [notice.text() for notice in table.notices] == [
        "tracks: This column is not known and was left out. "
        f"Known columns are: {', '.join(SHOWN_COLUMNS)}. Did you mean “track”?"
    ]


def test_read_entries_notes_a_table_without_rows():
    table = read()

    assert table.entries == ()
    assert [notice.text() for notice in table.notices] == ["The file has no rows below its first line."]


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("", "T", "life"), "Line 2, code: The cell is empty. This column is required."),
        (("E1", " ", "life"), "Line 2, title: The cell is empty. This column is required."),
        (("E1", "T", ""), "Line 2, track: The cell is empty. This column is required."),
        (
            ("E1", "T", "Life"),
            "Line 2, track: “Life” is not known in this competition. Known are: life, work. "
            "Did you mean “life”?",
        ),
        (
            ("E 1", "T", "life"),
            "Line 2, code: “E 1” cannot be a code. Use letters, digits and . _ - @ + without spaces.",
        ),
        (
            ("E1", "x" * 201, "life"),
            "Line 2, title: The text has 201 characters; at most 200 are taken. Shorten it.",
        ),
        (
            ("E1", "T", "life", "", "a\x00b"),
            "Line 2, summary: The text holds control characters. Retype or remove them.",
        ),
        (
            ("E1", "T", "life", "", "", "5월 12일"),
            "Line 2, submitted_at: “5월 12일” is not a date the calendar knows. "
            "Write it like 2026-05-12 18:00.",
        ),
    ],
)
def test_read_entries_refuses(row, sentence):
    assert refusals(row) == [sentence]


def test_read_entries_refuses_a_repeated_code():
    assert refusals(("E1", "T", "life"), ("E1", "U", "life")) == [
        "Line 3, code: The code “E1” already stands on line 2. Give each a code of its own."
    ]


def test_read_entries_refuses_missing_columns():
    assert refusals(headers=["no", "name"]) == [
        "code: This column is missing. The first line must name it; it now names: no, name.",
        "title: This column is missing. The first line must name it; it now names: no, name.",
    ]


def test_read_entries_refuses_a_repeated_column():
    assert refusals(headers=["code", "title", "Code"]) == [
        "Code: Two columns have this name. Rename or remove one of them."
    ]


def test_read_entries_refuses_with_every_fault():
    assert len(refusals(("", "", "y"), ("E1", "T", "x"))) == 4
