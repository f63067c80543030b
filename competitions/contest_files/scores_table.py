"""Scores given on paper, one judge's points for one criterion of one entry a row."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, listed, shown
from competitions.contest_files.numbers import (
    folded,
    has_thousands_comma,
    is_negative,
    plain_decimal,
    plain_text,
)
from competitions.contest_files.records import Rows, ScoreRecord, ScoresTable
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import Columns, no_rows
from competitions.contest_files.words import LONGEST_CODE, LONGEST_TEXT, KnownCodes, one_line

SCORE_COLUMNS = ("round", "judge", "entry", "criterion", "points", "comment")
REQUIRED_COLUMNS = ("round", "judge", "entry", "criterion", "points")

# Round code -> criterion code -> highest score.
Maxima = Mapping[str, Mapping[str, Decimal]]

# What stands on paper where nobody gave points.
ABSENT = frozenset({
    "-", "--", "–", "—", "―", "ㅡ", "x", "n/a", "na", "absent", "결시", "결석", "불참", "기권", "미참석", "미심사",
    "미평가", "미제출", "제척", "기피", "회피", "없음", "해당없음",
})  # fmt: skip


class Known:
    """The codes a score may name. measured: rounds whose points nobody gave, so their judge may be empty."""

    def __init__(
        self,
        *,
        maxima: Maxima,
        judges: Collection[str],
        entries: Collection[str],
        measured: Collection[str] = (),
    ) -> None:
        self.maxima = maxima
        self.measured = frozenset(measured)
        self.rounds = KnownCodes(maxima)
        self.judges = KnownCodes(judges)
        self.entries = KnownCodes(entries)
        self.criteria = {code: KnownCodes(criteria) for code, criteria in maxima.items()}


def read_scores(
    headers: Sequence[str],
    rows: Rows,
    *,
    maxima: Maxima,
    judges: Collection[str],
    entries: Collection[str],
    measured: Collection[str] = (),
) -> ScoresTable:
    """Return the scores of a table.

    maxima: highest score by round code, then criterion code. measured: codes of measured rounds, where a score may
    have no judge. An empty points cell means not scored (None), never zero. Unknown columns are noted, not refused.
    Raises FileRefused with every fault: its line, its column and the remedy.
    """
    required = [name for name in REQUIRED_COLUMNS if name != "judge" or not measured]
    columns = Columns(headers, known=SCORE_COLUMNS, required=required)
    known = Known(maxima=maxima, judges=judges, entries=entries, measured=measured)
    problems: list[FileProblem] = []
    first_lines: dict[tuple[str, str, str, str], int] = {}
    scores = []
    for line, row in rows:
        if columns.is_blank(row):
            continue
        cells = Cells(row, line=line, columns=columns, problems=problems)
        score = score_record(cells, known=known)
        refuse_repeated_score(cells, score=score, first_lines=first_lines, measured=known.measured)
        scores.append(score)
    if problems:
        raise FileRefused(problems)
    notices = columns.notices if scores else [*columns.notices, no_rows()]
    return ScoresTable(scores=tuple(scores), notices=tuple(notices))


def score_record(cells: Cells, *, known: Known) -> ScoreRecord:
    """Read one row."""
    round_code = cells.known("round", among=known.rounds)
    judge = judge_of(cells, known=known, round_code=round_code)
    entry = cells.known("entry", among=known.entries)
    # Without its round, nobody can say which criteria and points are right.
    criterion = cells.known("criterion", among=known.criteria[round_code]) if round_code else ""
    maximum = known.maxima[round_code][criterion] if criterion else None
    return ScoreRecord(
        line=cells.line,
        round=round_code,
        judge=judge,
        entry=entry,
        criterion=criterion,
        points=points_of(cells, maximum=maximum),
        comment=cells.text("comment", longest=LONGEST_TEXT),
    )


def judge_of(cells: Cells, *, known: Known, round_code: str) -> str:
    """Return the judge; "" when faulty, and in a measured round when nobody is named."""
    code = one_line(cells.written("judge"))
    if code in known.judges:
        return code
    if code:
        cells.refuse(
            "judge",
            gettext_noop(
                "“{value}” is on no committee of this competition; its judges are: {known}. "
                "Correct the code, or name the judge on the committee first."
            ),
            suggestion=known.judges.close_to(code[:LONGEST_CODE]),
            value=shown(code),
            known=listed(known.judges.codes) or "–",
        )
    elif round_code not in known.measured:
        cells.refuse_empty("judge")
    return ""


def points_of(cells: Cells, *, maximum: Decimal | None, column: str = "points") -> Decimal | None:
    """Return the points; None when the cell is empty or faulty. maximum None: not known."""
    points, fault = read_points(cells.written(column), maximum=maximum)
    if fault:
        message_id, params = fault
        cells.refuse(column, message_id, **params)
    return points


def read_points(
    written: str, *, maximum: Decimal | None
) -> tuple[Decimal | None, tuple[str, dict[str, Any]] | None]:
    """Return (the points, None), or (None, (sentence, what fills it)) when they are none."""
    if not folded(written):
        return None, None
    points = plain_decimal(written)
    if points is None:
        return None, (points_fault(written), {"value": shown(written)})
    if maximum is not None and points > maximum:
        sentence = gettext_noop(
            "“{value}” is above the highest score of this criterion, {maximum}. Write 0 to {maximum}."
        )
        return None, (sentence, {"value": shown(written), "maximum": plain_text(maximum)})
    return points, None


def points_fault(written: str) -> str:
    """Return the sentence for points that are not a plain number."""
    if "".join(folded(written).casefold().split()).strip("()") in ABSENT:
        return gettext_noop(
            "“{value}” is no score, and no score is never zero. Leave the cell empty; if the judge stepped aside, "
            "record that under the conflicts of interest."
        )
    if has_thousands_comma(written):
        return gettext_noop("“{value}” holds a comma. Write the number without it, such as 1000.")
    if is_negative(written):
        return gettext_noop("“{value}” is below zero. The lowest score is 0.")
    return gettext_noop(
        "“{value}” is not a score. Write digits such as 85 or 85.5, or leave the cell empty if there is none."
    )


def refuse_repeated_score(
    cells: Cells,
    *,
    score: ScoreRecord,
    first_lines: dict[tuple[str, str, str, str], int],
    measured: Collection[str] = (),
) -> None:
    """Collect a score that an earlier line already gives."""
    key = (score.round, score.judge, score.entry, score.criterion)
    if "" in (score.round, score.entry, score.criterion) or not (score.judge or score.round in measured):
        return
    if key in first_lines and not score.judge:
        cells.refuse(
            "points",
            gettext_noop(
                "The criterion {criterion} of entry {entry} has points on line {first_line} already. "
                "Keep one of the two."
            ),
            criterion=score.criterion,
            entry=score.entry,
            first_line=first_lines[key],
        )
    elif key in first_lines:
        cells.refuse(
            "points",
            gettext_noop(
                "Judge {judge} already scored criterion {criterion} of entry {entry} on line {first_line}. "
                "Keep one of the two."
            ),
            judge=score.judge,
            criterion=score.criterion,
            entry=score.entry,
            first_line=first_lines[key],
        )
    else:
        first_lines[key] = cells.line
