"""Scores given on paper, one judge's points for one criterion of one entry a row."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, shown
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
from competitions.contest_files.words import LONGEST_TEXT, KnownCodes

SCORE_COLUMNS = ("round", "judge", "entry", "criterion", "points", "comment")
REQUIRED_COLUMNS = ("round", "judge", "entry", "criterion", "points")

# Round code -> criterion code -> highest score.
Maxima = Mapping[str, Mapping[str, Decimal]]


class Known:
    """The codes a score may name."""

    def __init__(self, *, maxima: Maxima, judges: Collection[str], entries: Collection[str]) -> None:
        self.maxima = maxima
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
) -> ScoresTable:
    """Return the scores of a table.

    maxima: highest score by round code, then criterion code. An empty points cell means not
    scored (None), never zero. Unknown columns are noted, not refused.
    Raises FileRefused with every fault: its line, its column and the remedy.
    """
    columns = Columns(headers, known=SCORE_COLUMNS, required=REQUIRED_COLUMNS)
    known = Known(maxima=maxima, judges=judges, entries=entries)
    problems: list[FileProblem] = []
    first_lines: dict[tuple[str, str, str, str], int] = {}
    scores = []
    for line, row in rows:
        if columns.is_blank(row):
            continue
        cells = Cells(row, line=line, columns=columns, problems=problems)
        score = score_record(cells, known=known)
        refuse_repeated_score(cells, score=score, first_lines=first_lines)
        scores.append(score)
    if problems:
        raise FileRefused(problems)
    notices = columns.notices if scores else [*columns.notices, no_rows()]
    return ScoresTable(scores=tuple(scores), notices=tuple(notices))


def score_record(cells: Cells, *, known: Known) -> ScoreRecord:
    """Read one row."""
    round_code = cells.known("round", among=known.rounds)
    judge = cells.known("judge", among=known.judges)
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


def points_of(cells: Cells, *, maximum: Decimal | None) -> Decimal | None:
    """Return the points; None when the cell is empty or faulty. maximum None: not known."""
    written = cells.written("points")
    if not folded(written):
        return None
    points = plain_decimal(written)
    if points is None:
        cells.refuse("points", points_fault(written), value=shown(written))
    elif maximum is not None and points > maximum:
        cells.refuse(
            "points",
            gettext_noop(
                "“{value}” is above the highest score of this criterion, {maximum}. Write 0 to {maximum}."
            ),
            value=shown(written),
            maximum=plain_text(maximum),
        )
    return points


def points_fault(written: str) -> str:
    """Return the sentence for points that are not a plain number."""
    if has_thousands_comma(written):
        return gettext_noop("“{value}” holds a comma. Write the number without it, such as 1000.")
    if is_negative(written):
        return gettext_noop("“{value}” is below zero. The lowest score is 0.")
    return gettext_noop(
        "“{value}” is not a score. Write digits such as 85 or 85.5, or leave the cell empty if there is none."
    )


def refuse_repeated_score(
    cells: Cells, *, score: ScoreRecord, first_lines: dict[tuple[str, str, str, str], int]
) -> None:
    """Collect a score that an earlier line already gives."""
    key = (score.round, score.judge, score.entry, score.criterion)
    if "" in key:
        return
    if key in first_lines:
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
