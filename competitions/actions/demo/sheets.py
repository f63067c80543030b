"""Score sheets of the demo: points follow from what an entry is worth and how a judge leans, the same every time."""

from decimal import Decimal
from hashlib import sha256

from competitions.actions.demo.files import office_time
from competitions.actions.judging.marks import Comments, Given
from competitions.actions.judging.sheets import save_sheet, sign_sheet
from competitions.models import Assignment
from competitions.states import SheetState

A_DAY = 4  # sheets a judge signs on one day
FIRST_DAY, FIRST_HOUR = -7, 10


def points_of(judge, entry, criterion, *, worth, leaning):
    """worth: {criterion: points} of the entry. Two points either way, by a hash."""
    chance = sha256(f"{judge}:{entry}:{criterion.code}".encode()).digest()[0] % 5 - 2
    return Decimal(max(0, min(int(criterion.max_points), worth[criterion.code] + leaning + chance)))


def fill_sheets(round_, given, members, *, at, entries=None):
    """Each member with an account signs as many sheets as the file says, and begins one more.

    The calibration entry comes first. entries: codes of those that can be judged so far; None: all.
    """
    worth = {row["code"]: row["points"] for row in given["entries"]}
    comments = dict(given.get("comments", {}))  # whoever signs first says it
    criteria = list(round_.criteria.all())
    for row in given["committee"]:
        judge = members.get(row.get("account"))
        sheets = _sheets(round_, judge, entries) if judge and "signs" in row else []
        for number, sheet in enumerate(sheets[: row["signs"] + 1 if sheets else 0]):
            code = sheet.entry.code
            marks = {
                each.pk: Given(points_of(judge.code, code, each, worth=worth[code], leaning=row["leaning"]))
                for each in criteria
            }
            moment = office_time(at, FIRST_DAY + number // A_DAY, FIRST_HOUR + number % A_DAY)
            if number == row["signs"]:
                begun = dict(list(marks.items())[: len(marks) // 2])
                save_sheet(sheet, begun, by=judge.user, at=moment, seen_at=None)
            else:
                _sign(sheet, marks, comments.pop(code, None), by=judge.user, at=moment)


def _sheets(round_, judge, entries):
    rows = Assignment.objects.filter(round=round_, judge=judge, state=SheetState.ASSIGNED)
    rows = rows.filter(entry__code__in=entries) if entries else rows
    rows = rows.select_related("judge__user", "entry", "round").defer("entry__draft")
    return sorted(rows, key=lambda each: (each.entry_id != round_.calibration_entry_id, each.entry.code))


def _sign(sheet, marks, comments, *, by, at):
    if comments:
        save_sheet(sheet, marks, by=by, at=at, seen_at=None, comments=Comments(**comments))
    sign_sheet(sheet, marks, by=by, at=at, seen_at=sheet.saved_at)
