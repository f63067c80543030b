"""The workbook one judge fills in: what is on its pages, and the hidden identity that import knows it by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from competitions.contest_files.numbers import plain_text

FORMAT = "prompt-casebook-score-sheets/1"
HIDDEN = "prompt-casebook"  # the worksheet nobody sees
STAMP_PIECE = 30_000  # signs in a cell; XLSX takes 32,767
CODES_ROW = 5  # hidden: what each column is, by code
HEAD_ROW = 6
FIRST_ROW = 7
FIRST_CRITERION = 3  # after code and title
COMMITTEE, ENTRANT, TOTAL = "#committee", "#entrant", "#total"  # no criterion's code begins with #


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCriterion:
    """A column of points."""

    code: str
    name: str
    max: Decimal
    weight: Decimal = Decimal(1)
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """An entry, with the points and remarks that are there already."""

    code: str
    title: str
    points: Mapping[str, Decimal] = field(default_factory=dict)
    committee: str = ""
    entrant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPage:
    """One worksheet: the entries of one track in one round. name: of the worksheet, unique. track: "" = no track."""

    name: str
    round: str
    round_name: str
    track: str
    track_name: str
    criteria: tuple[SheetCriterion, ...]
    rows: tuple[SheetRow, ...]

    @property
    def columns(self) -> list[str]:
        """What stands in each column from FIRST_CRITERION on, by code."""
        return [*(each.code for each in self.criteria), TOTAL, COMMITTEE, ENTRANT]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBook:
    """Everything one judge fills in."""

    competition: str
    title: str
    judge: str
    judge_name: str
    pages: tuple[SheetPage, ...]


def identity(book: SheetBook) -> dict[str, Any]:
    """Return what the hidden worksheet says, as JSON values; whoever writes the workbook signs it."""
    return {
        "format": FORMAT,
        "competition": book.competition,
        "judge": book.judge,
        "pages": [
            {
                "name": page.name,
                "round": page.round,
                "track": page.track,
                "criteria": [[each.code, plain_text(each.max)] for each in page.criteria],
                "entries": [row.code for row in page.rows],
            }
            for page in book.pages
        ],
    }


def page_name(wanted: str, *, taken: set[str]) -> str:
    """Return a worksheet's name as spreadsheet programs take it: 31 signs, unlike others, none of []:*?/\\."""
    clean = (
        "".join(" " if sign in "[]:*?/\\" else sign for sign in wanted).strip("' ")[:31].strip("' ") or "-"
    )
    name, number = clean, 2
    while name.casefold() in {each.casefold() for each in taken} or name.casefold() in {HIDDEN, "history"}:
        ending = f" {number}"
        name, number = clean[: 31 - len(ending)] + ending, number + 1
    return name
