"""A judge's workbook for tests: made, filled in as by a spreadsheet program, and harmed."""

from decimal import Decimal
from io import BytesIO

from openpyxl import load_workbook

from competitions.contest_files.sheet_book import (
    FIRST_ROW,
    SheetBook,
    SheetCriterion,
    SheetPage,
    SheetRow,
    identity,
)
from competitions.contest_files.sheet_book_writing import sheet_workbook

IDEA = SheetCriterion(code="idea", name="창의성", max=Decimal(40))
USE = SheetCriterion(code="use", name="활용성", max=Decimal("60.5"), required=False)
PAGE = SheetPage(
    name="서면 심사",
    round="written",
    round_name="서면 심사",
    track="a",
    track_name="주민",
    criteria=(IDEA, USE),
    rows=(SheetRow(code="E1", title="회의록 정리"), SheetRow(code="E2", title="=민원 답변")),
)
BOOK = SheetBook(competition="gaon", title="가온 공모전", judge="J1", judge_name="김심사", pages=(PAGE,))
IDENTITY = identity(BOOK)
ASKED = {"written": {"": {}, "a": {"idea": Decimal(40), "use": Decimal("60.5")}}}
STAMP = "signed elsewhere"


def made(book=BOOK, **how):
    return sheet_workbook(book, stamp=STAMP, **how)


def filled(cells=None, *, raw=None, act=None):
    """The workbook with these cells of its first worksheet written; act: a function of the openpyxl workbook."""
    book = load_workbook(BytesIO(raw or made()))
    for place, value in (cells or {}).items():
        book.worksheets[0][place] = value
    if act:
        act(book)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def row(number):
    """The row of the n-th entry, counted from 1."""
    return FIRST_ROW - 1 + number
