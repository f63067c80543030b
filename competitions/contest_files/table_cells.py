"""The cells of one row, every fault collected under its line and column."""

from collections.abc import Mapping
from typing import Any

from competitions.contest_files.errors import FileProblem, gettext_noop, listed, shown
from competitions.contest_files.table_columns import Columns
from competitions.contest_files.words import (
    LONGEST_CODE,
    KnownCodes,
    cleaned,
    has_control_characters,
    is_code,
    one_line,
)


class Cells:
    """One row. Faults go to problems; a faulty cell reads as empty."""

    def __init__(
        self,
        row: Mapping[str, Any],
        *,
        line: int,
        columns: Columns,
        problems: list[FileProblem],
    ) -> None:
        self.row = row
        self.line = line
        self.columns = columns
        self.problems = problems

    def refuse(
        self, column: str, message_id: str, *, suggestion: str | None = None, **params: object
    ) -> None:
        """Collect a fault of a cell."""
        self.problems.append(FileProblem(self.line, column, message_id, params, suggestion))

    def written(self, column: str) -> str:
        """Return a cell exactly as written."""
        return self.columns.cell(self.row, column)

    def text(self, column: str, *, longest: int) -> str:
        """Return a cleaned text, with its line breaks; "" when empty or faulty."""
        text = cleaned(self.written(column))
        if has_control_characters(text):
            self.refuse(column, gettext_noop("The text holds control characters. Retype or remove them."))
            return ""
        if len(text) > longest:
            self.refuse(
                column,
                gettext_noop("The text has {length} characters; at most {longest} are taken. Shorten it."),
                length=len(text),
                longest=longest,
            )
            return ""
        return text

    def title(self, column: str, *, longest: int) -> str:
        """Return a required text on one line."""
        before = len(self.problems)
        title = one_line(self.text(column, longest=longest))
        if not title and len(self.problems) == before:
            self.refuse_empty(column)
        return title

    def refuse_empty(self, column: str) -> None:
        """Collect a required cell that is empty."""
        self.refuse(column, gettext_noop("The cell is empty. This column is required."))

    def code(self, column: str) -> str:
        """Return a required code; "" when empty or faulty."""
        code = self.title(column, longest=LONGEST_CODE)
        if code and not is_code(code):
            self.refuse(
                column,
                gettext_noop("“{value}” cannot be a code. Use letters, digits and . _ - @ + without spaces."),
                value=shown(code),
            )
            return ""
        return code

    def known(self, column: str, *, among: KnownCodes) -> str:
        """Return a required code that must be known already; "" when it is not."""
        code = one_line(self.written(column))
        if not code:
            self.refuse_empty(column)
        elif code not in among:
            self.refuse_unknown(column, code, among=among)
        else:
            return code
        return ""

    def refuse_unknown(self, column: str, code: str, *, among: KnownCodes) -> None:
        """Collect a code nobody knows, with those that are known."""
        self.refuse(
            column,
            gettext_noop("“{value}” is not known in this competition. Known are: {known}."),
            suggestion=among.close_to(code[:LONGEST_CODE]),
            value=shown(code),
            known=listed(among.codes) or "–",
        )
