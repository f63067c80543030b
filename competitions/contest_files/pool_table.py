"""The table of people who may be asked to judge, with headings in Korean or English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from competitions.contest_files.entries_table_columns import squeezed
from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, shown
from competitions.contest_files.records import Rows
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import Columns, no_rows

LONGEST_NAME, LONGEST_EMAIL, LONGEST_NOTE = 200, 254, 500
REQUIRED = ("name", "email", "side")
# Column -> its other headings; the first one is that of an export in Korean.
HEADINGS: dict[str, tuple[str, ...]] = {
    "name": ("이름", "성명", "위원명"),
    "email": ("이메일", "전자우편", "e-mail"),
    "side": ("구분", "민간/공공", "소속구분"),
    "organisation": ("소속", "소속기관", "기관"),
    "field": ("전문분야", "분야"),
    "note": ("비고", "메모"),
}
SIDES: dict[str, tuple[str, ...]] = {
    "private": ("민간", "민간위원", "외부", "외부위원"),
    "public": ("공공", "공공위원", "공무원", "내부", "내부위원"),
}
NAMES = {squeezed(each): column for column, others in HEADINGS.items() for each in (column, *others)}
SIDE_OF = {squeezed(each): side for side, others in SIDES.items() for each in (side, *others)}
ADDRESS = re.compile(r"[^@\s,;<>\"()]{1,64}@[A-Za-z0-9가-힣-]+(?:\.[A-Za-z0-9가-힣-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRecord:
    """line: 1 is the first line of the file. side: private or public."""

    line: int
    name: str
    email: str
    side: str
    organisation: str = ""
    field: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolTable:
    candidates: tuple[CandidateRecord, ...]
    notices: tuple[FileProblem, ...] = ()


def read_pool(headers: Sequence[str], rows: Rows) -> PoolTable:
    """Return the people of a table.

    Unknown columns are noted, not refused. Raises FileRefused with every fault: its line, its column and the remedy.
    """
    named = {header: NAMES.get(squeezed(header), header) for header in headers}
    columns = Columns([named[header] for header in headers], known=tuple(HEADINGS), required=REQUIRED)
    problems: list[FileProblem] = []
    first_lines: dict[str, int] = {}
    found = []
    for line, row in rows:
        renamed = {named.get(header, header): cell for header, cell in row.items()}
        if not columns.is_blank(renamed):
            cells = Cells(renamed, line=line, columns=columns, problems=problems)
            found.append(_candidate(cells, first_lines))
    if problems:
        raise FileRefused(problems)
    return PoolTable(candidates=tuple(found), notices=(*columns.notices, *([] if found else [no_rows()])))


def _candidate(cells: Cells, first_lines: dict[str, int]) -> CandidateRecord:
    return CandidateRecord(
        line=cells.line,
        name=cells.title("name", longest=LONGEST_NAME),
        email=_email(cells, first_lines),
        side=_side(cells),
        organisation=_line(cells, "organisation", longest=LONGEST_NAME),
        field=_line(cells, "field", longest=LONGEST_NAME),
        note=_line(cells, "note", longest=LONGEST_NOTE),
    )


def _line(cells: Cells, column: str, *, longest: int) -> str:
    return " ".join(cells.text(column, longest=longest).split())


def _email(cells: Cells, first_lines: dict[str, int]) -> str:
    email = cells.title("email", longest=LONGEST_EMAIL)
    if email and not ADDRESS.fullmatch(email):
        cells.refuse(
            "email",
            gettext_noop("“{value}” is not an e-mail address. Write one such as name@example.go.kr."),
            value=shown(email),
        )
    elif email and email.casefold() in first_lines:
        cells.refuse(
            "email",
            gettext_noop("“{value}” stands on line {first_line} already. Keep one of the two."),
            value=shown(email),
            first_line=first_lines[email.casefold()],
        )
    else:
        first_lines[email.casefold()] = cells.line
    return email


def _side(cells: Cells) -> str:
    written = cells.title("side", longest=LONGEST_NAME)
    side = SIDE_OF.get(squeezed(written), "")
    if written and not side:
        cells.refuse(
            "side",
            gettext_noop("“{value}” is no side. Write private or public."),
            value=shown(written),
        )
    return side


def pool_headings(*, korean: bool) -> list[str]:
    """Return the first line of an export."""
    return [others[0] if korean else column for column, others in HEADINGS.items()]


def side_word(side: str, *, korean: bool) -> str:
    return SIDES[side][0] if korean and side in SIDES else side
