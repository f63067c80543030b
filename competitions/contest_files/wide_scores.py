"""Scores as people keep them: one judge's sheet of one entry a row, a column for each criterion."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop, shown
from competitions.contest_files.records import RemarkRecord, Rows, ScoreRecord, ScoresTable
from competitions.contest_files.scores_table import Known, Maxima, judge_of, points_of
from competitions.contest_files.table_cells import Cells
from competitions.contest_files.table_columns import Columns, no_rows
from competitions.contest_files.wide_headings import CRITERION, HEADINGS, WideHeadings
from competitions.contest_files.words import LONGEST_TEXT

NO_POINTS = gettext_noop("The row has no points, so it makes no sheet; no points are never zero.")
OTHER_ROUND = gettext_noop("The round {round} has no criterion {criterion}. Empty the cell.")
TWO_SHEETS = gettext_noop(
    "There are two sheets of judge {judge} for entry {entry} in round {round}; the first is on line {first_line}. "
    "Keep one of the two."
)


def read_wide_scores(
    headings: WideHeadings,
    rows: Rows,
    *,
    maxima: Maxima,
    judges: Collection[str],
    entries: Collection[str],
    measured: Collection[str] = (),
) -> ScoresTable:
    """Return the scores of a table; what is asked of a score is as in read_scores.

    A row without points makes no sheet. The round may be left out where the competition has only one. Raises
    FileRefused with every fault, under the headings of the file.
    """
    required = ["entry", *([] if measured else ["judge"]), *(["round"] if len(maxima) > 1 else [])]
    fixed = [*HEADINGS, *dict.fromkeys(CRITERION + code for code in headings.criteria)]
    originals = {name: header for header, name in headings.canonical.items()}
    try:
        columns = Columns(list(headings.canonical.values()), known=fixed, required=required)
        reader = _Reader(
            columns, Known(maxima=maxima, judges=judges, entries=entries, measured=measured), headings
        )
        for line, row in rows:
            renamed = {name: row.get(header) for header, name in headings.canonical.items()}
            if not columns.is_blank(renamed):
                reader.take(line, renamed)
    except FileRefused as refusal:
        raise FileRefused(_as_written(refusal.problems, originals)) from refusal
    if reader.problems:
        raise FileRefused(_as_written(reader.problems, originals))
    notices = [_unknown(header) for header in headings.unknown] + reader.notices
    if not reader.scores and not reader.notices:
        notices.append(no_rows())
    return ScoresTable(scores=tuple(reader.scores), remarks=tuple(reader.remarks), notices=tuple(notices))


def _as_written(problems: Sequence[FileProblem], originals: Mapping[str, str]) -> list[FileProblem]:
    return [
        replace(
            each,
            column=originals.get(each.column or "", each.column and each.column.removeprefix(CRITERION)),
        )
        for each in problems
    ]


def _unknown(header: str) -> FileProblem:
    return FileProblem(
        None,
        shown(header),
        gettext_noop("This column is neither a criterion nor another column of sheets and was left out."),
    )


class _Reader:
    """Collects rows, their faults and what is to be told."""

    def __init__(self, columns: Columns, known: Known, headings: WideHeadings) -> None:
        self.columns, self.known, self.headings = columns, known, headings
        self.problems: list[FileProblem] = []
        self.notices: list[FileProblem] = []
        self.scores: list[ScoreRecord] = []
        self.remarks: list[RemarkRecord] = []
        self.first_lines: dict[tuple[str, str, str], int] = {}

    def take(self, line: int, row: Mapping[str, Any]) -> None:
        cells = Cells(row, line=line, columns=self.columns, problems=self.problems)
        round_code = self._round_of(cells)
        judge = judge_of(cells, known=self.known, round_code=round_code)
        entry = cells.known("entry", among=self.known.entries)
        place = {"line": line, "round": round_code, "judge": judge, "entry": entry}
        scores = self._scores_of(cells, round_code, place)
        is_new = not round_code or not entry or self._is_first(cells, (round_code, judge, entry))
        if is_new and any(each.points is not None for each in scores):
            self.scores += scores
            self._keep_remark(cells, place)
        elif is_new:
            self.notices.append(FileProblem(line, None, NO_POINTS))

    def _round_of(self, cells: Cells) -> str:
        only = self.known.rounds.codes[0] if len(self.known.rounds.codes) == 1 else ""
        return (
            only
            if only and not cells.written("round").strip()
            else cells.known("round", among=self.known.rounds)
        )

    def _scores_of(self, cells: Cells, round_code: str, place: Mapping[str, Any]) -> list[ScoreRecord]:
        maxima = self.known.maxima.get(round_code, {})
        scores = []
        for code in self.headings.criteria:
            column = CRITERION + code
            points = points_of(cells, maximum=maxima.get(code), column=column)
            if round_code and code not in maxima:
                if points is not None:
                    cells.refuse(column, OTHER_ROUND, round=round_code, criterion=code)
            else:
                scores.append(ScoreRecord(**place, criterion=code, points=points))
        return scores

    def _is_first(self, cells: Cells, key: tuple[str, str, str]) -> bool:
        first = self.first_lines.setdefault(key, cells.line)
        if first == cells.line or not (key[1] or key[0] in self.known.measured):
            return True
        cells.refuse("entry", TWO_SHEETS, judge=key[1] or "–", entry=key[2], round=key[0], first_line=first)
        return False

    def _keep_remark(self, cells: Cells, place: Mapping[str, Any]) -> None:
        said: dict[str, Any] = {
            name: cells.text(name, longest=LONGEST_TEXT)
            for name in ("committee", "entrant")
            if name in self.columns.headers
        }
        if any(said.values()):
            self.remarks.append(RemarkRecord(**place, **said))
