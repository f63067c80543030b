import csv
import io
import json
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from casebook.imports.tables import TableRefused, read_table, table_from_bytes


@pytest.fixture
def file(tmp_path):
    def make(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return make


@pytest.fixture
def workbook(tmp_path):
    def make(rows, name="표.xlsx", **sheets):
        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            for title, lines in {"첫째": rows, **sheets}.items():
                sheet = book.add_worksheet(title)
                for number, cells in enumerate(lines):
                    sheet.write_row(number, 0, cells)
        return path

    return make


def problems(path, **options):
    with pytest.raises(TableRefused) as refusal:
        read_table(path, **options)
    return [(problem.line, problem.msgid) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949"), ("utf-16", "utf-16")],
)
def test_csv_encoding_is_detected(file, encoding, found):
    table = read_table(file("a.csv", "title,user\r\n민원 회신,똠방각하 뷁\r\n".encode(encoding)))

    assert table.rows == ((2, {"title": "민원 회신", "user": "똠방각하 뷁"}),)
    assert (table.encoding, table.kind) == (found, "csv")


@pytest.mark.parametrize(("sign", "kind"), [(",", "csv"), (";", "csv"), ("\t", "tsv")])
def test_delimiter_is_detected(file, sign, kind):
    table = read_table(file("a.txt", f'"a,b;c"{sign}나\n1{sign}2\n'.replace('"a,b;c"', '"x"')))

    assert (table.headers, table.kind) == (("x", "나"), kind)


def test_line_is_where_the_record_starts(file):
    table = read_table(file("a.csv", 'a,b\n"한\n줄\n더",1\n\n끝,2\n'))

    assert [line for line, _ in table.rows] == [2, 6]


def test_long_field_leaves_the_limit_alone(file):
    limit = csv.field_size_limit()

    table = read_table(file("a.csv", "a,b\n" + "가" * 1_000_000 + ",1\n"))

    assert len(table.rows[0][1]["a"]) == 1_000_000
    assert csv.field_size_limit() == limit


def test_every_broken_row_is_named(file):
    found = problems(file("a.csv", 'a,b\n1,2,3\n1\n1,2\n"x"y,2\n"열림,1\n'))

    assert [line for line, _ in found] == [2, 3, 5, 6]


def test_trailing_separators_are_harmless(file):
    assert read_table(file("a.csv", "a,b,,\n1,2,,\n")).headers == ("a", "b")


def test_nul_signs_are_named(file):
    assert [line for line, _ in problems(file("a.csv", b"a,b\n1,2\n1,\x00\n\x00,3\n"))] == [3, 4]


def test_damaged_utf8_is_not_taken_for_cp949(file):
    content = "a,b\n가나다라,1\n".encode() + b"\xff\xfe,2\n" + "마바사아,3\n".encode() + b"\xb0\n"

    assert [line for line, _ in problems(file("a.csv", content))] == [3, 5]


def test_damaged_cp949(file):
    content = "제목,내용\n민원 회신,답변\n".encode("cp949") + b"\xff\xff,2\n"

    assert [line for line, _ in problems(file("a.csv", content))] == [3]


@pytest.mark.parametrize(("head", "count"), [("a,a", 1), ("a,,b", 1), ("a,b,a,b", 2), ("\u1100\u1161,가", 1)])
def test_repeated_or_missing_header(file, head, count):
    row = ",".join("x" for _ in head.split(","))

    assert [line for line, _ in problems(file("a.csv", f"{head}\n{row}\n"))] == [1] * count


@pytest.mark.parametrize(
    ("content", "msgid"),
    [
        ("", "The file is empty."),
        ("\ufeff\n \n", "The file is empty."),
        ("a,b\n", "The file has headers but no rows."),
        ("[]", "The file is empty."),
        (b"%PDF-1.7", "The file is a PDF. Save the table as XLSX or CSV."),
    ],
)
def test_nothing_to_read(file, content, msgid):
    assert problems(file("a.csv", content)) == [(None, msgid)]


def test_locked_or_old_workbook(file):
    assert "XLS" in problems(file("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))[0][1]


def test_csv_named_xlsx_is_read(file):
    assert read_table(file("a.xlsx", "a,b\n1,2\n")).kind == "csv"


def test_zip_that_is_no_workbook(file):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "x")

    assert "no XLSX" in problems(file("a.xlsx", packed.getvalue()))[0][1]


def test_cut_off_workbook(file, workbook):
    whole = workbook([["a"], ["1"]]).read_bytes()

    assert "no XLSX" in problems(file("b.xlsx", whole[: len(whole) // 2]))[0][1]


def test_bomb_is_refused(file):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (30 * 1024 * 1024))

    assert "unpacks" in problems(file("a.xlsx", packed.getvalue()))[0][1]


def test_sheet_rows_and_values(workbook):
    table = read_table(workbook([[], ["제목", "수", ""], ["가", 30, None], [], ["나", 2.5], [None, None]]))

    assert table.headers == ("제목", "수")
    assert table.rows == ((3, {"제목": "가", "수": 30}), (5, {"제목": "나", "수": 2.5}))
    assert table.kind == "xlsx"


def test_sheet_by_name(workbook):
    path = workbook([["a"], ["1"]], 둘째=[["b"], ["2"]])

    assert read_table(path, sheet="둘째").headers == ("b",)
    assert "no sheet" in problems(path, sheet="셋째")[0][1]


def test_formula_gives_its_stored_result(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_number(1, 0, 1)
        sheet.write_formula(1, 1, "=A2+1", None, 2)

    assert read_table(path).rows == ((2, {"a": 1, "b": 2}),)


def test_formula_without_result_is_refused(workbook):
    path = workbook([["a", "b"], ["1", "2"]])
    book = load_workbook(path)
    book.active["B2"] = "=1+1"
    book.save(path)

    assert [(line, "no stored result" in msgid) for line, msgid in problems(path)] == [(2, True)]


def test_cell_with_an_error_is_refused(tmp_path):
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["a"])
        sheet.write_formula(1, 0, "=1/0", None, "#DIV/0!")

    assert [(line, "shows the error" in msgid) for line, msgid in problems(path)] == [(2, True)]


def test_json_list_keeps_lists(file):
    table = read_table(file("a.json", json.dumps([{"제목": "가", "tags": ["a"]}, {"수": 1.10}])))

    assert table.headers == ("제목", "tags", "수")
    assert [line for line, _ in table.rows] == [1, 2]
    assert table.rows[0][1]["tags"] == ["a"]


@pytest.mark.parametrize(
    "content",
    ['{"a": 1}', '[{"a": 1}, 2]', "[{", '[{"a": NaN}]', '[{"a": 1, "a": 2}]', "[" * 100_000, "가"],
)
def test_json_refused(file, content):
    assert len(problems(file("a.json", content))) == 1


def test_file_that_is_not_there(tmp_path):
    assert "cannot be opened" in problems(tmp_path / "없음.csv")[0][1]


def test_too_large_file(file, monkeypatch):
    path = file("a.csv", "a\n" + "b" * (51 * 1024 * 1024))

    assert "larger than" in problems(path)[0][1]


def test_too_many_rows(file):
    assert "more than" in problems(file("a.csv", "a\n" + "1\n" * 100_001))[0][1]


@settings(max_examples=300, deadline=None)
@given(
    raw=st.binary(max_size=60) | st.text(alphabet='ab,;"\n\r\t{}[]:가', max_size=40).map(str.encode),
    ending=st.sampled_from(["", ".csv", ".json", ".xlsx"]),
    head=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"["]),
)
def test_any_bytes_are_read_or_refused(raw, ending, head):
    try:
        table = table_from_bytes(head + raw, ending=ending)
    except TableRefused as refusal:
        outcome = str(refusal)
    else:
        outcome = table.rows

    assert outcome
