"""CSV and XLSX as the command import_casebook reads them."""

import csv
import io

import pytest
from openpyxl import load_workbook

from casebook.content import content_sha256
from casebook.imports.records import read_records
from casebook.imports.tables import table_from_bytes
from casebook.interchange import Item, Refused, read_file, write_file
from tests.casebook.interchange.contents import FULL, SMALL, UID, item_of

FORMULA = {
    "title": "=1+1",
    "messages": ['=HYPERLINK("http://x")', {"role": "assistant", "content": "+1\n-2\n@x"}],
}
PARTS = {
    **SMALL,
    "command": "reply",
    "reusable": True,
    "parts": [{"name": "머리말", "uid": UID, "version": 2}],
    "steps": [{"title": "하나", "prompt": {"uid": UID, "version": 1}, "check": "근거"}],
}
TWO_USERS = {**SMALL, "messages": ["하나", "둘"], "variables": []}


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_import_of_tables_reads_the_same_hashes(format):
    items = [
        item_of({**each, "variables": []} if each is FORMULA else each)
        for each in (SMALL, FULL, FORMULA, PARTS, TWO_USERS)
    ]

    batch = read_records(table_from_bytes(write_file(format, items).data))

    assert [content_sha256(each.content) for each in batch.records] == [
        content_sha256(each.content) for each in items
    ]
    assert batch.notices == ()


def test_csv_has_no_signs_before_formulas():
    data = write_file("csv", [item_of(FORMULA)]).data

    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))

    assert (row["title"], row["user"]) == ("=1+1", '=HYPERLINK("http://x")')


def test_cells_of_a_sheet_are_texts():
    data = write_file("xlsx", [item_of(FORMULA)]).data
    sheet = load_workbook(io.BytesIO(data)).active

    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


def test_a_text_too_long_for_a_cell_stays_out():
    long = item_of({**SMALL, "messages": ["가" * 32_768], "variables": []})

    written = write_file("xlsx", [item_of(SMALL), long])

    assert len(read_file("a.xlsx", written.data)) == 1
    assert [loss.text() for loss in written.losses] == [
        "user has 32768 characters; a cell of a sheet holds 32767. Use JSON or CSV."
    ]
    assert write_file("csv", [long]).losses == ()


def test_blanks_nobody_declared_are_declared_by_a_table():
    item = item_of({**SMALL, "variables": []})

    assert [loss.field for loss in write_file("csv", [item]).losses] == ["variables"]


def test_one_bad_row_does_not_refuse_the_others():
    data = "kind,title,user,licence\nprompt,가,글,none\nprompt,나,글,wrong\ncase,다,,\n".encode()

    first, second, third = read_file("a.csv", data)

    assert isinstance(first, Item)
    assert isinstance(second, Refused)
    assert second.problems[0].line == 3
    assert "is a case, not a prompt" in third.problems[0].text()


def test_external_id_is_kept_as_source():
    (item,) = read_file("a.csv", "external_id,title,user\nA-1,가,글\n".encode())

    assert item.source.external_id == "A-1"
