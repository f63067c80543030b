"""Reads one worksheet of a judge's workbook, every fault under its worksheet and cell."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any, Protocol

from competitions.contest_files.errors import FileProblem, gettext_noop, shown
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.records import RemarkRecord, ScoreRecord
from competitions.contest_files.scores_table import read_points
from competitions.contest_files.sheet_book import (
    CODES_ROW,
    COMMITTEE,
    ENTRANT,
    FIRST_CRITERION,
    FIRST_ROW,
    TOTAL,
)
from competitions.contest_files.table_columns import cell_text
from competitions.contest_files.words import LONGEST_TEXT, cleaned, has_control_characters, one_line

MOST_MORE_ROWS = 1_000
CHANGED = gettext_noop(
    "The columns were moved, added or removed. Download a new workbook and copy the points."
)


class Stored(Protocol):
    """The results of formulas."""

    def value(self, page: str, cell: str) -> object:
        """Return the result a cell had when the workbook was saved."""


class PageReader:
    """One worksheet. scores, remarks: what was filled in, once read."""

    def __init__(
        self,
        page: Mapping[str, Any],
        *,
        judge: str,
        problems: list[FileProblem],
        notices: list[FileProblem],
    ) -> None:
        self.page, self.judge, self.problems, self.notices = page, judge, problems, notices
        self.maxima = {code: Decimal(highest) for code, highest in page["criteria"]}
        self.columns = [*self.maxima, TOTAL, COMMITTEE, ENTRANT]
        self.scores: list[ScoreRecord] = []
        self.remarks: list[RemarkRecord] = []

    def check(self, book: Any, *, asked: Mapping[str, Mapping[str, Mapping[str, Decimal]]]) -> None:
        """Collect what makes the whole worksheet unreadable."""
        self._check_criteria(asked.get(self.page["round"], {}).get(self.page["track"], {}))
        name = self.page["name"]
        if name not in book.sheetnames:
            message = gettext_noop(
                "The worksheet “{name}” is missing. Give it its name back, "
                "or download a new workbook and copy the points."
            )
            self._refuse(None, message, name=name)
            return
        self.sheet = book[name]
        codes = [
            cell_text(self.sheet.cell(CODES_ROW, FIRST_CRITERION + place).value)
            for place in range(len(self.columns) + 1)
        ]
        if codes != [*self.columns, ""]:
            self._refuse(f"C{CODES_ROW}", CHANGED)
        for merged in self.sheet.merged_cells.ranges:
            message = gettext_noop(
                "Cells are merged. Split them, and write each entry's points in its own row."
            )
            self._refuse(str(merged.coord), message)
        if self.sheet.max_row > FIRST_ROW + len(self.page["entries"]) + MOST_MORE_ROWS:
            message = gettext_noop("The worksheet has rows far below its entries. Delete them.")
            self._refuse(f"A{self.sheet.max_row}", message)

    def _check_criteria(self, now: Mapping[str, Decimal]) -> None:
        if not now:
            message = gettext_noop(
                "The round {round} no longer judges these entries. Ask the organiser for a new workbook."
            )
            self._refuse(None, message, round=self.page["round"])
            return
        for code in [code for code in self.maxima if code not in now]:
            message = gettext_noop(
                "The criterion {criterion} was removed from the round after this workbook was made. "
                "Download a new workbook and copy the points."
            )
            self._refuse(None, message, criterion=code)
        for code in [
            code for code, most in now.items() if self.maxima.get(code) != most and code in self.maxima
        ]:
            message = gettext_noop(
                "The highest score of criterion {criterion} was {before} when this workbook was made and is {now} "
                "now. Download a new workbook."
            )
            before, after = plain_text(self.maxima[code]), plain_text(now[code])
            self._refuse(None, message, criterion=code, before=before, now=after)
        for code in [code for code in now if code not in self.maxima]:
            message = gettext_noop(
                "The criterion {criterion} came to the round after this workbook was made. "
                "Download a new workbook and copy the points."
            )
            self._refuse(None, message, criterion=code)

    def read(self, *, stored: Stored, entries: Collection[str]) -> None:
        """Collect scores and remarks, and the faults of rows."""
        self.stored = stored
        expected = set(self.page["entries"])
        seen: dict[str, int] = {}
        empty: list[str] = []
        for number in range(FIRST_ROW, self.sheet.max_row + 1):
            code = one_line(cell_text(self.sheet.cell(number, 1).value))
            is_filled = any(not _is_blank(self._cell(number, column).value) for column in self._inputs())
            if not code and not is_filled:
                continue
            if code in seen:
                message = gettext_noop(
                    "There are two rows of entry {entry}; the first is row {first}. Keep one of the two."
                )
                self._refuse(f"A{number}", message, entry=code, first=seen[code])
            elif code not in expected:
                message = gettext_noop(
                    "“{value}” is no entry of this worksheet; only the rows that were there are filled in. "
                    "Delete the row, or ask the organiser to assign the entry."
                )
                self._refuse(f"A{number}", message, value=shown(code))
            elif is_filled:
                self._read_row(number, code, entries=entries)
                seen[code] = number
            else:
                seen[code] = number
                empty.append(code)
        for code in [code for code in self.page["entries"] if code not in seen]:
            message = gettext_noop(
                "The row of entry {entry} is gone. Download a new workbook and copy the points."
            )
            self._refuse(None, message, entry=code)
        if empty:
            message = gettext_noop("Rows without points, which make no sheet: {count}.")
            self._note(None, message, count=len(empty))

    def _inputs(self) -> list[str]:
        return [each for each in self.columns if each != TOTAL]

    def _cell(self, number: int, column: str) -> Any:
        return self.sheet.cell(number, FIRST_CRITERION + self.columns.index(column))

    def _read_row(self, number: int, entry: str, *, entries: Collection[str]) -> None:
        if entry not in entries:
            message = gettext_noop("The entry {entry} is no longer judged. Empty its row.")
            self._refuse(f"A{number}", message, entry=entry)
        place = {"line": number, "round": self.page["round"], "judge": self.judge, "entry": entry}
        given = [
            ScoreRecord(
                **place,
                criterion=code,
                points=self._points(number, code, most),
                cell=self._place(self._cell(number, code).coordinate),
            )
            for code, most in self.maxima.items()
        ]
        said: dict[str, Any] = {
            "committee": self._text(number, COMMITTEE),
            "entrant": self._text(number, ENTRANT),
        }
        if any(each.points is not None for each in given):
            self.scores += given
            if any(said.values()):
                self.remarks.append(RemarkRecord(**place, **said, cell=self._place(f"A{number}")))
        elif not self.problems:
            message = gettext_noop(
                "The row of entry {entry} has a remark and no points, so it makes no sheet."
            )
            self._note(f"A{number}", message, entry=entry)

    def _points(self, number: int, code: str, most: Decimal) -> Decimal | None:
        cell = self._cell(number, code)
        value = cell.value
        if cell.data_type == "f":
            value = self.stored.value(self.page["name"], cell.coordinate)
            if _is_blank(value):
                message = gettext_noop(
                    "The cell holds a formula without a result. Write the points as a number."
                )
                self._refuse(cell.coordinate, message)
                return None
            message = gettext_noop("The cell holds a formula; its result {value} was taken.")
            self._note(cell.coordinate, message, value=shown(cell_text(value)))
        points, fault = read_points(cell_text(value), maximum=most)
        if fault:
            message, params = fault
            self._refuse(cell.coordinate, message, **params)
        return points

    def _text(self, number: int, column: str) -> str:
        cell = self._cell(number, column)
        text = cleaned(cell_text(cell.value))
        if cell.data_type == "f":
            message = gettext_noop("The remark begins with = and reads as a formula. Write it as a text.")
            self._refuse(cell.coordinate, message)
        elif has_control_characters(text):
            message = gettext_noop("The text holds control characters. Retype or remove them.")
            self._refuse(cell.coordinate, message)
        elif len(text) > LONGEST_TEXT:
            message = gettext_noop(
                "The text has {length} characters; at most {longest} are taken. Shorten it."
            )
            self._refuse(cell.coordinate, message, length=len(text), longest=LONGEST_TEXT)
        return text

    def _place(self, cell: str | None) -> str:
        return f"{self.page['name']}!{cell}" if cell else self.page["name"]

    def _refuse(self, cell: str | None, message_id: str, **params: object) -> None:
        self.problems.append(FileProblem(None, self._place(cell), message_id, params))

    def _note(self, cell: str | None, message_id: str, **params: object) -> None:
        self.notices.append(FileProblem(None, self._place(cell), message_id, params))


def _is_blank(value: object) -> bool:
    return not cell_text(value).strip()
