"""The columns of a table: found, missing, repeated, unknown; and the cells below them."""

import json
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from math import isfinite
from typing import Any

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, shown
from competitions.contest_files.numbers import folded, plain_text
from competitions.contest_files.words import LONGEST_CODE, close_match


class Columns:
    """Which header of the file holds which of our columns."""

    def __init__(self, headers: Sequence[str], *, known: Sequence[str], required: Collection[str]) -> None:
        """Raise FileRefused for missing and repeated columns; keep unknown ones as notices."""
        self.headers: dict[str, str] = {}
        self.notices: list[FileProblem] = []
        problems: list[FileProblem] = []
        for header in headers:
            name = folded(header).casefold()
            if name in self.headers:
                problems.append(repeated(header))
            elif name in known:
                self.headers[name] = header
            elif name:
                self.notices.append(unknown(header, known=known))
        missing = [name for name in known if name in required and name not in self.headers]
        problems += [lacking(name, headers=headers) for name in missing]
        if problems:
            raise FileRefused(problems)

    def cell(self, row: Mapping[str, Any], column: str) -> str:
        """Return a cell as written; "" when the file has no such column or the cell is empty."""
        header = self.headers.get(column)
        return cell_text(row.get(header)) if header is not None else ""

    def is_blank(self, row: Mapping[str, Any]) -> bool:
        """Say whether a row holds nothing in any of our columns."""
        return not any(cell_text(row.get(header)).strip() for header in self.headers.values())


def cell_text(cell: object) -> str:
    """Return a cell as text: sheets and JSON hold numbers and empties too.

    A float has the fifteen digits a spreadsheet shows: 85.30000000000001 was typed as 85.3.
    """
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, float) and isfinite(cell):
        return plain_text(Decimal(format(cell, ".15g")))
    if isinstance(cell, (bool, list, dict)):
        return json.dumps(cell, ensure_ascii=False)
    return str(cell)


def repeated(header: str) -> FileProblem:
    """Say that two columns have one name."""
    return FileProblem(
        None, shown(header), gettext_noop("Two columns have this name. Rename or remove one of them.")
    )


def lacking(name: str, *, headers: Sequence[str]) -> FileProblem:
    """Say that a required column is not in the header, and which are."""
    return FileProblem(
        None,
        name,
        gettext_noop("This column is missing. The first line must name it; it now names: {headers}."),
        {"headers": shown(", ".join(header for header in headers if header)) or "–"},
    )


def unknown(header: str, *, known: Sequence[str]) -> FileProblem:
    """Note a column nobody reads."""
    return FileProblem(
        None,
        shown(header),
        gettext_noop("This column is not known and was left out. Known columns are: {known}."),
        {"known": ", ".join(known)},
        close_match(header[:LONGEST_CODE], known=known),
    )


def no_rows() -> FileProblem:
    """Note a table without rows."""
    return FileProblem(None, None, gettext_noop("The file has no rows below its first line."))
