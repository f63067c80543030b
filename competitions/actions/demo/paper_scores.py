"""Points of judges who score on paper, brought in as signed sheets; some sheets are begun only."""

from decimal import Decimal

from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.judging.sums import sum_up
from competitions.contest_files.records import RemarkRecord, ScoreRecord
from competitions.models import Assignment, Score
from competitions.states import SheetState


def bring_scores(competition, given, *, by, at):
    states = {(row["round"], row["judge"], row["entry"]): row["state"] for row in given.get("sheets", [])}
    rows = [_score(line, row) for line, row in enumerate(given["scores"], start=1)]
    signed = [
        row for row in rows if states.get((row.round, row.judge, row.entry), "signed") == SheetState.SIGNED
    ]
    remarks = [RemarkRecord(line=line, **row) for line, row in enumerate(given.get("remarks", []), start=1)]
    if signed:
        bring_in_scores(competition, signed, by=by, at=at, remarks=remarks)
    for place, state in states.items():
        if state != SheetState.SIGNED:
            marks = [row for row in rows if (row.round, row.judge, row.entry) == place]
            _open_sheet(competition, place, state, marks, at=at)


def _score(line, row):
    points = None if row["points"] in {None, ""} else Decimal(row["points"])
    return ScoreRecord(line=line, **{**row, "points": points})


def _open_sheet(competition, place, state, marks, *, at):
    round_code, judge, entry = place
    sheet = Assignment.objects.create(
        round=competition.rounds.get(code=round_code),
        judge=competition.judges.get(code=judge),
        entry=competition.entries.get(code=entry),
        state=state,
        saved_at=at if marks else None,
    )
    criteria = {criterion.code: criterion for criterion in sheet.round.criteria.all()}
    Score.objects.bulk_create(
        Score(assignment=sheet, criterion=criteria[row.criterion], points=row.points, comment=row.comment)
        for row in marks
    )
    sum_up([sheet.pk])
