"""Writes a judge's workbook: only points and remarks can be changed, and points only within their range."""

from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from competitions.contest_files.errors import Translate, gettext_noop, untranslated
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.sheet_book import (
    CODES_ROW,
    FIRST_CRITERION,
    FIRST_ROW,
    FORMAT,
    HEAD_ROW,
    HIDDEN,
    STAMP_PIECE,
    SheetBook,
    SheetCriterion,
    SheetPage,
)

GUIDE = (
    gettext_noop("Fill in the yellow cells only; the others are locked."),
    gettext_noop("Points: 0 to the highest score above the column, with decimals if you like, such as 35.5."),
    gettext_noop("Leave a cell empty where you give no points. Empty is not zero: a zero is a score."),
    gettext_noop("Do not write words such as absent or a hyphen into cells for points."),
    gettext_noop("An entry you step aside from stays empty; tell the organiser, who records it."),
    gettext_noop("Save the file as XLSX and give it back. Do not rename worksheets or move rows."),
)
EDGE = {"border": 1, "border_color": "#8A949E", "valign": "vcenter", "text_wrap": True}
GIVEN = EDGE | {"bg_color": "#FFF9D6", "locked": False}


def sheet_workbook(book: SheetBook, *, stamp: str, translate: Translate = untranslated) -> bytes:
    """Return the workbook as XLSX. stamp: its signed identity, written into a worksheet nobody sees."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        workbook.set_properties({"title": book.title, "author": "", "comments": ""})
        for page in book.pages:
            _PageWriter(workbook, book, page, translate).write()
        _write_guide(workbook, translate)
        _write_identity(workbook, stamp)
    return out.getvalue()


class _PageWriter:
    """One worksheet of points."""

    def __init__(self, workbook: Any, book: SheetBook, page: SheetPage, translate: Translate) -> None:
        self.book, self.page, self.translate = book, page, translate
        self.sheet = workbook.add_worksheet(page.name)
        self.plain = workbook.add_format(EDGE)
        self.head = workbook.add_format(EDGE | {"bold": True, "align": "center", "bg_color": "#EEF2F7"})
        self.title = workbook.add_format({"bold": True, "font_size": 14})
        self.number = workbook.add_format(EDGE | {"num_format": "0.######"})
        self.points = workbook.add_format(GIVEN | {"num_format": "General", "align": "right"})
        self.remark = workbook.add_format(GIVEN)
        self.last = FIRST_CRITERION + len(page.criteria) - 1  # 1-based column of the last criterion

    def write(self) -> None:
        self._head()
        for place in range(len(self.page.rows)):
            self._row(FIRST_ROW - 1 + place, place)
        self._validation()
        self._look()

    def _head(self) -> None:
        say, page = self.translate, self.page
        self.sheet.write_string(0, 0, self.book.title, self.title)
        about = [page.round_name, page.track_name, f"{self.book.judge} {self.book.judge_name}".strip()]
        self.sheet.write_string(1, 0, " · ".join(filter(None, about)))
        self.sheet.write_string(2, 0, f"{say(GUIDE[0])} {say(GUIDE[2])}")
        for place, code in enumerate(page.columns):
            self.sheet.write_string(CODES_ROW - 1, FIRST_CRITERION - 1 + place, code)
        self.sheet.set_row(CODES_ROW - 1, None, None, {"hidden": True})
        heads = [say(gettext_noop("Entry code")), say(gettext_noop("Title of the entry"))]
        heads += [self._criterion_head(each) for each in page.criteria]
        heads += [self._total_head()]
        heads += [say(gettext_noop("For the committee")), say(gettext_noop("For the entrant"))]
        for place, text in enumerate(heads):
            self.sheet.write_string(HEAD_ROW - 1, place, text, self.head)

    def _criterion_head(self, criterion: SheetCriterion) -> str:
        text = f"{criterion.name}\n(0~{plain_text(criterion.max)})"
        if criterion.weight != 1:
            text += f"\n×{plain_text(criterion.weight)}"
        return text if criterion.required else text + "\n" + self.translate(gettext_noop("optional"))

    def _total_head(self) -> str:
        whole = sum((each.weight * each.max for each in self.page.criteria), Decimal(0))
        return f"{self.translate(gettext_noop('Total'))}\n(/{plain_text(whole)})"

    def _row(self, at: int, place: int) -> None:
        row = self.page.rows[place]
        self.sheet.write_string(at, 0, row.code, self.plain)
        self.sheet.write_string(at, 1, row.title[:1000], self.plain)
        for column, criterion in enumerate(self.page.criteria, start=FIRST_CRITERION - 1):
            points = row.points.get(criterion.code)
            if points is None:
                self.sheet.write_blank(at, column, None, self.points)
            else:
                self.sheet.write_number(at, column, float(points), self.points)
        formula, value = self._total(at, row.points)
        self.sheet.write_formula(at, self.last, formula, self.number, value)
        for column, text in enumerate((row.committee, row.entrant), start=self.last + 1):
            self.sheet.write_string(at, column, text, self.remark)

    def _total(self, at: int, points: Any) -> tuple[str, Any]:
        first, last = (xl_rowcol_to_cell(at, column) for column in (FIRST_CRITERION - 1, self.last - 1))
        parts = [
            f"N({xl_rowcol_to_cell(at, column)})*{plain_text(criterion.weight)}"
            for column, criterion in enumerate(self.page.criteria, start=FIRST_CRITERION - 1)
        ]
        given = [each.weight * points[each.code] for each in self.page.criteria if each.code in points]
        value = float(sum(given, Decimal(0))) if given else ""
        return f'=IF(COUNT({first}:{last})=0,"",{"+".join(parts)})', value

    def _validation(self) -> None:
        say = self.translate
        for column, criterion in enumerate(self.page.criteria, start=FIRST_CRITERION - 1):
            highest = plain_text(criterion.max)
            self.sheet.data_validation(FIRST_ROW - 1, column, FIRST_ROW - 2 + len(self.page.rows), column, {
                "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": float(criterion.max),
                "ignore_blank": True,
                "input_message": say(gettext_noop("0 to {highest}; empty: no points")).format(highest=highest),
                "error_title": say(gettext_noop("Points")),
                "error_message": say(gettext_noop("Write a number from 0 to {highest}, or leave the cell empty."))
                .format(highest=highest),
            })  # fmt: skip

    def _look(self) -> None:
        sheet, remarks = self.sheet, f"{xl_col_to_name(self.last + 1)}:{xl_col_to_name(self.last + 2)}"
        sheet.set_column(0, 0, 14)
        sheet.set_column(1, 1, 38)
        sheet.set_column(FIRST_CRITERION - 1, self.last, 12)
        sheet.set_column(remarks, 36)
        sheet.set_row(HEAD_ROW - 1, 48)
        sheet.freeze_panes(FIRST_ROW - 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD_ROW - 1)
        sheet.set_footer("&C&P / &N")
        sheet.protect("", {"format_columns": True, "format_rows": True})


def _write_guide(workbook: Any, translate: Translate) -> None:
    sheet = workbook.add_worksheet(translate(gettext_noop("How to fill in"))[:31])
    sheet.set_column(0, 0, 100)
    wrapped = workbook.add_format({"text_wrap": True, "valign": "top"})
    for row, sentence in enumerate(GUIDE):
        sheet.write_string(row, 0, f"{row + 1}. {translate(sentence)}", wrapped)
    sheet.protect()


def _write_identity(workbook: Any, stamp: str) -> None:
    sheet = workbook.add_worksheet(HIDDEN)
    sheet.write_string(0, 0, FORMAT)
    for row, start in enumerate(range(0, len(stamp), STAMP_PIECE), start=1):
        sheet.write_string(row, 0, stamp[start : start + STAMP_PIECE])
    sheet.protect()
    sheet.very_hidden()
