"""Contests judged on paper: judges without accounts, workbooks filled in as a spreadsheet program does."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from competitions.actions.paper.workbooks import Desk
from tests.competitions.jury import make_accepted_entry, make_judging_competition
from tests.competitions.screening_pages import organiser_of
from tests.factories import make_judge

__all__ = ["address", "book_of", "filled", "make_paper_contest", "organiser_of", "upload"]


def make_paper_contest(*, entries=2, judges=("J1",), **fields):
    """A contest in judging with entries E1, E2 … and judges who have no account."""
    competition = make_judging_competition(**fields)
    for code in judges:
        make_judge(competition, code=code, name=f"{code} 위원")
    for number in range(1, entries + 1):
        make_accepted_entry(competition, code=f"E{number}", title=f"작품 {number}")
    return competition


def book_of(competition, code="J1"):
    """The bytes of a judge's workbook."""
    return Desk(competition).workbook_of(competition.judges.get(code=code))


def filled(raw, cells=None, *, page=0):
    """The workbook with these cells of a worksheet written."""
    book = load_workbook(BytesIO(raw))
    for place, value in (cells or {}).items():
        book.worksheets[page][place] = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def address(name, competition, *arguments):
    return reverse(f"competitions:organise_{name}", args=[competition.slug, *arguments])


def upload(raw, name="sheets.xlsx"):
    return {"file": SimpleUploadedFile(name, raw if isinstance(raw, bytes) else raw.encode())}
