"""The papers of a committee as workbooks, from the same data as their PDF: texts and numbers, no formulas."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from competitions.contest_files.numbers import plain_decimal
from competitions.contest_files.sheet_book import page_name

LONGEST_CELL = 32_767
EDGE = {"border": 1, "border_color": "#8A949E", "valign": "top", "text_wrap": True}


def result_sheet_xlsx(data: Mapping[str, Any]) -> bytes:
    """Return the result sheet: totals first, then a worksheet for each round, signatures and scans.

    data: as the template result_sheet.typ takes it. A dropped mark is struck through.
    """
    with _Book(data) as book:
        final = data["final"]
        page = book.page(data["heading"])
        page.facts(data["facts"])
        page.table(final["heads"], final["rows"], texts=3)
        page.lines(data["notes"])
        page.signatures(data)
        for round_ in data["rounds"]:
            page = book.page(round_["heading"])
            page.lines([round_["note"]] if round_["note"] else [])
            page.table(round_["heads"], round_["rows"], texts=2)
        if data["scans"]:
            book.page(data["scans_heading"]).table(data["scans_heads"], data["scans"], texts=4)
    return book.made()


def score_sheets_xlsx(data: Mapping[str, Any]) -> bytes:
    """Return judges' sheets, a worksheet for each; data: as the template score_sheets.typ takes it."""
    with _Book(data) as book:
        for sheet in data["sheets"]:
            page = book.page(sheet["name"])
            page.facts([["", sheet["heading"]], *sheet["facts"]])
            heads = [*sheet["heads"], data["more_head"]]
            rows = [[*row["cells"], "\n".join(row["more"])] for row in sheet["rows"]]
            page.table(heads, rows, texts=2, wide_last=True)
            page.lines([sheet["note"]] if sheet["note"] else [])
            people = [[sheet["sign_label"], sheet["sign_name"], sheet["sign_words"]]]
            words = {"certifies": sheet["certifies"], "day_words": sheet["day_words"]}
            page.signatures({**words, "people": people})
    return book.made()


class _Book:
    """A workbook in memory."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.out = BytesIO()
        self.book = xlsxwriter.Workbook(self.out, {"in_memory": True})
        self.book.set_properties({"title": data["document_title"], "author": data["issuer"]})
        self.formats = {
            "head": self.book.add_format(EDGE | {"bold": True, "align": "center", "bg_color": "#EEF2F7"}),
            "text": self.book.add_format(EDGE),
            "number": self.book.add_format(EDGE | {"align": "right"}),
            "dropped": self.book.add_format(EDGE | {"align": "right", "font_strikeout": True}),
            "strong": self.book.add_format({"bold": True}),
        }
        self.names: set[str] = set()

    def __enter__(self) -> "_Book":
        return self

    def __exit__(self, *_error: object) -> None:
        self.book.close()

    def made(self) -> bytes:
        return self.out.getvalue()

    def page(self, name: str) -> "_Page":
        name = page_name(name, taken=self.names)
        self.names.add(name)
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        return _Page(sheet, self.formats)


class _Page:
    """A worksheet, filled from the top."""

    def __init__(self, sheet: Any, formats: Mapping[str, Any]) -> None:
        self.sheet, self.formats, self.at = sheet, formats, 0

    def facts(self, rows: Sequence[Sequence[str]]) -> None:
        for label, value in rows:
            self._write(self.at, 0, label, "strong")
            self._write(self.at, 1, value, "")
            self.at += 1
        self.at += 1

    def lines(self, texts: Sequence[str]) -> None:
        for text in texts:
            self._write(self.at, 0, text, "")
            self.at += 1
        self.at += bool(texts)

    def table(
        self, heads: Sequence[str], rows: Sequence[Sequence[Any]], *, texts: int, wide_last: bool = False
    ) -> None:
        """texts: how many columns are words; the others stand to the right."""
        for place, text in enumerate(heads):
            self._write(self.at, place, text, "head")
        self.sheet.repeat_rows(self.at)
        for number, row in enumerate(rows, start=self.at + 1):
            for place, cell in enumerate(row):
                is_dropped = isinstance(cell, Mapping) and cell["dropped"]
                text = cell["text"] if isinstance(cell, Mapping) else cell
                is_text = place < texts or (wide_last and place == len(row) - 1)
                kind = "dropped" if is_dropped else "text" if is_text else "number"
                self._write(number, place, text, kind, is_number=not is_text)
        self.sheet.set_column(0, 0, 14)
        self.sheet.set_column(1, 2, 24)
        self.sheet.set_column(3, max(len(heads) - 1, 3), 12)
        if wide_last:
            self.sheet.set_column(len(heads) - 1, len(heads) - 1, 70)
        self.at += len(rows) + 2

    def signatures(self, data: Mapping[str, Any]) -> None:
        self.lines([data["certifies"], data["day_words"]])
        for row in data["people"]:
            for place, text in enumerate(row):
                self._write(self.at, place, text, "text")
            self.at += 1
        self.at += 1

    def _write(self, row: int, column: int, text: str, kind: str, *, is_number: bool = False) -> None:
        number = plain_decimal(text) if is_number else None
        if number is not None:
            self.sheet.write_number(row, column, float(number), self.formats[kind])
        else:
            self.sheet.write_string(row, column, text[:LONGEST_CELL], self.formats.get(kind))
