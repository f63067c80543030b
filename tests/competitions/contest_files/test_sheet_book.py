"""The workbook a judge fills in: what it holds, what comes back from it, and every way it is harmed."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from competitions.contest_files import sheet_book_reading
from competitions.contest_files.errors import FileRefused
from competitions.contest_files.sheet_book import HIDDEN, STAMP_PIECE, SheetRow, page_name
from competitions.contest_files.sheet_book_reading import is_sheet_book, read_sheet_book, read_stamp
from competitions.contest_files.sheet_book_writing import sheet_workbook
from tests.competitions.contest_files.sheet_books import (
    ASKED,
    BOOK,
    IDENTITY,
    PAGE,
    STAMP,
    USE,
    filled,
    made,
)


def read(raw, *, identity=IDENTITY, asked=ASKED, entries=("E1", "E2")):
    return read_sheet_book(raw, identity=identity, asked=asked, entries=entries)


def refusals(raw, **more):
    with pytest.raises(FileRefused) as refusal:
        read(raw, **more)
    return refusal.value.sentences()


def first_sheet(raw):
    return load_workbook(BytesIO(raw)).worksheets[0]


# What is written


def test_only_points_and_remarks_can_be_changed():
    sheet = first_sheet(made())

    open_cells = {
        cell.coordinate for line in sheet.iter_rows() for cell in line if not cell.protection.locked
    }
    assert sheet.protection.sheet
    assert open_cells == {"C7", "D7", "F7", "G7", "C8", "D8", "F8", "G8"}


def test_points_are_kept_within_their_range():
    rules = first_sheet(made()).data_validations.dataValidation

    found = [(str(rule.sqref), rule.type, rule.formula1, rule.formula2, rule.allowBlank) for rule in rules]
    assert found == [("C7:C8", "decimal", "0", "40.0", True), ("D7:D8", "decimal", "0", "60.5", True)]


def test_a_title_is_a_text_and_the_total_a_formula():
    sheet = first_sheet(made())

    assert (sheet["A8"].value, sheet["B8"].value, sheet["B8"].data_type) == ("E2", "=민원 답변", "s")
    assert sheet["E7"].value == '=IF(COUNT(C7:D7)=0,"",N(C7)*1+N(D7)*1)'


def test_points_given_before_are_there_with_their_total():
    given = SheetRow(code="E1", title="작품", points={"idea": Decimal("35.5")}, committee="좋음")
    raw = made(replace(BOOK, pages=(replace(PAGE, rows=(given,)),)))

    values = load_workbook(BytesIO(raw), data_only=True).worksheets[0]
    assert [values[place].value for place in ("C7", "D7", "E7", "F7")] == [35.5, None, 35.5, "좋음"]


def test_the_identity_is_hidden_and_comes_back_whole():
    long = "가" * (2 * STAMP_PIECE + 5)
    raw = sheet_workbook(BOOK, stamp=long)

    assert load_workbook(BytesIO(raw))[HIDDEN].sheet_state == "veryHidden"
    assert is_sheet_book(raw)
    assert read_stamp(raw) == long


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("서면 심사", "서면 심사 2"),
        ("[a]:*?/\\b", "a      b"),
        ("가" * 40, "가" * 31),
        ("''", "-"),
        ("History", "History 2"),
        (HIDDEN, f"{HIDDEN} 2"),
    ],
)
def test_names_of_worksheets_are_taken_by_spreadsheet_programs(wanted, name):
    assert page_name(wanted, taken={"서면 심사"}) == name


# What comes back


def test_what_was_filled_in_comes_back():
    table = read(
        filled({"C7": 35.5, "D7": "６０．５", "F7": " 근거가 뚜렷함 ", "G7": "다음에도 부탁합니다."})
    )

    assert [(s.round, s.judge, s.entry, s.criterion, s.points) for s in table.scores] == [
        ("written", "J1", "E1", "idea", Decimal("35.5")),
        ("written", "J1", "E1", "use", Decimal("60.5")),
    ]
    assert table.scores[0].cell == "서면 심사!C7"
    (remark,) = table.remarks
    assert (remark.entry, remark.committee, remark.entrant) == (
        "E1",
        "근거가 뚜렷함",
        "다음에도 부탁합니다.",
    )
    assert [notice.text() for notice in table.notices] == [
        "서면 심사: Rows without points, which make no sheet: 1."
    ]


def test_an_empty_cell_beside_points_is_not_scored_and_a_zero_is():
    table = read(filled({"C7": 0}))

    assert [score.points for score in table.scores] == [Decimal(0), None]


def test_nothing_filled_in_is_nothing():
    table = read(made())

    assert table.scores == table.remarks == ()


def test_sorted_rows_are_still_known_by_their_codes():
    table = read(filled({"A7": "E2", "A8": "E1", "C8": 7, "D8": 8}))

    assert {score.entry for score in table.scores} == {"E1"}


def test_a_remark_without_points_makes_no_sheet_and_is_told():
    table = read(filled({"F7": "결석"}))

    assert table.scores == table.remarks == ()
    assert any("has a remark and no points" in notice.text() for notice in table.notices)


def test_another_worksheet_is_left_out_and_told():
    def add(book):
        sheet = book.create_sheet("메모")
        sheet["B2"] = 3

    table = read(filled({"C7": 1}, act=add))

    assert [n.column for n in table.notices if "left out" in n.text()] == ["메모"]


def test_the_stored_result_of_a_formula_is_taken_and_told():
    table = read(with_result(filled({"C7": "=30+5"}), "C7", "35"))

    assert table.scores[0].points == 35
    assert "서면 심사!C7: The cell holds a formula; its result 35 was taken." in [
        notice.text() for notice in table.notices
    ]


def with_result(raw, place, value):
    """The workbook as a spreadsheet program saves it: the result beside the formula."""

    def change(text):
        return text.replace(b"<f>30+5</f><v></v>", b"<f>30+5</f><v>" + value.encode() + b"</v>").replace(
            b"<f>30+5</f><v />", b"<f>30+5</f><v>" + value.encode() + b"</v>"
        )

    changed = repacked(raw, {"xl/worksheets/sheet1.xml": change})
    assert load_workbook(BytesIO(changed), data_only=True).worksheets[0][place].value == float(value)
    return changed


def repacked(raw, changes):
    out = BytesIO()
    with ZipFile(BytesIO(raw)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
    return out.getvalue()


# What is refused


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("결시", "no score is never zero"),
        ("-", "no score is never zero"),
        ("기권", "no score is never zero"),
        ("NaN", "is not a score"),
        ("1e3", "is not a score"),
        (True, "is not a score"),
        (-1, "is below zero"),
        ("1,000", "holds a comma"),
        (40.5, "is above the highest score of this criterion, 40"),
        (1e3, "is above the highest score"),
        ("#N/A", "is not a score"),
        ("=30+5", "holds a formula without a result"),
    ],
)
def test_a_cell_that_is_no_score_is_refused_by_its_place(value, words):
    (sentence,) = refusals(filled({"C7": value}))

    assert sentence.startswith("서면 심사!C7: ")
    assert words in sentence


def test_every_fault_is_told_at_once():
    assert len(refusals(filled({"C7": "결시", "D8": 99, "F8": "=1+1"}))) == 3


@pytest.mark.parametrize("place", ["C5", "D5", "H5"])
def test_changed_hidden_codes_are_refused(place):
    (sentence,) = refusals(filled({place: "other"}))

    assert "The columns were moved, added or removed" in sentence


def test_an_inserted_column_is_refused():
    assert "columns were moved" in refusals(filled(act=lambda book: book.worksheets[0].insert_cols(4)))[0]


def test_merged_cells_are_refused():
    (sentence,) = refusals(filled({"C7": 5}, act=lambda book: book.worksheets[0].merge_cells("C7:C8")))

    assert sentence.startswith("서면 심사!C7:C8: Cells are merged.")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"A9": "E3", "C9": 5}, "“E3” is no entry of this worksheet"),
        ({"C9": 5}, "is no entry of this worksheet"),
        ({"A9": "E1", "C9": 5}, "There are two rows of entry E1; the first is row 7."),
        ({"A8": None}, "The row of entry E2 is gone."),
        ({"A3000": "E9"}, "far below"),
    ],
)
def test_rows_added_doubled_or_lost_are_refused(cells, words):
    assert any(words in sentence for sentence in refusals(filled(cells)))


def test_a_renamed_worksheet_is_refused():
    def rename(book):
        book.worksheets[0].title = "다른 이름"

    assert "The worksheet “서면 심사” is missing" in refusals(filled(act=rename))[0]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ({"idea": Decimal(40)}, "The criterion use was removed from the round"),
        (
            {"idea": Decimal(30), "use": USE.max},
            "The highest score of criterion idea was 40 when this workbook was made and is 30",
        ),
        ({"idea": Decimal(40), "use": USE.max, "new": Decimal(5)}, "The criterion new came to the round"),
        ({}, "no longer judges these entries"),
    ],
)
def test_criteria_changed_since_are_refused(now, words):
    (sentence,) = refusals(filled({"C7": 5}), asked={"written": {"a": now}})

    assert words in sentence


def test_an_entry_no_longer_judged_is_refused_where_it_was_filled_in():
    assert "The entry E1 is no longer judged" in refusals(filled({"C7": 5}), entries=["E2"])[0]
    assert read(filled({"C8": 5}), entries=["E2"]).scores


@pytest.mark.parametrize("text", ["나\x7f", "가" * 20_001])
def test_a_remark_nobody_can_store_is_refused(text):
    assert refusals(filled({"C7": 5, "F7": text}))[0].startswith("서면 심사!F7: ")


def test_other_files_are_no_workbook_of_a_judge():
    plain = BytesIO()
    Workbook().save(plain)

    assert not is_sheet_book(plain.getvalue())
    assert not is_sheet_book(b"")
    assert not is_sheet_book(b"PK\3\4 broken")
    assert not is_sheet_book("라운드,점수".encode())


@pytest.mark.parametrize("place", ["A1", "A2"])
def test_an_emptied_identity_is_refused(place):
    def empty(book):
        book[HIDDEN][place] = None if place == "A1" else 5

    with pytest.raises(FileRefused, match="hidden identifiers of this workbook were changed"):
        read_stamp(filled(act=empty))


def test_a_damaged_workbook_is_refused():
    damaged = repacked(made(), {"xl/worksheets/sheet1.xml": lambda text: text[: len(text) // 2]})

    assert refusals(damaged) == ["The workbook is damaged. Save it again as XLSX, or download a new one."]


def test_a_workbook_that_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(sheet_book_reading, "MOST_UNPACKED", 1_000)

    assert "unpacks to more than" in refusals(made())[0]


def test_the_stamp_is_as_it_was_given():
    assert read_stamp(filled({"C7": 1})) == STAMP
