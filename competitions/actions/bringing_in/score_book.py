"""Everything of a competition that a row of scores may name, loaded once; and why a row is not taken."""

from django.utils.translation import gettext_noop

from competitions.contest_files.errors import FileProblem
from competitions.models import Assignment, Conflict, Criterion, Judge, Score
from competitions.states import JUDGED_STATES, SheetState

LONGEST_COMMENT = Score._meta.get_field("comment").max_length
LONGEST_REMARK = Assignment._meta.get_field("comment_committee").max_length
NOT_JUDGED = gettext_noop("The entry “{entry}” is not accepted, so it cannot be scored. Accept it first.")
OWN_ENTRY = gettext_noop("“{entry}” is an entry of judge {judge}, who cannot score it. Remove the row.")
CONFLICT = gettext_noop(
    "Judge {judge} has a conflict of interest with “{entry}”, so the points cannot count. Remove the row."
)
NOT_APPOINTED = gettext_noop(
    "Judge {judge} is not an appointed member of the committee. Appoint the judge first, or remove the row."
)
STEPPED_ASIDE = gettext_noop("Judge {judge} stepped aside from “{entry}”. Remove the row.")
ON_SITE = gettext_noop("Judge {judge} fills in the sheet of “{entry}” on this site. Remove the row.")
OTHER_TRACK = gettext_noop(
    "The criterion “{criterion}” is not for the track of entry “{entry}”. Remove the row."
)
TOO_LONG = gettext_noop("The comment has more than {most} characters. Shorten it.")


class Book:
    """Rows by the codes a file uses."""

    def __init__(self, competition):
        self.judges = {judge.code: judge for judge in competition.judges.all()}
        entries = competition.entries.exclude(code=None).defer("draft")
        self.entries = {entry.code: entry for entry in entries}
        self.rounds = {row.code: row for row in competition.rounds.select_related("competition")}
        criteria = Criterion.objects.filter(round__competition=competition).select_related("round")
        self.criteria = {(row.round.code, row.code): row for row in criteria}
        sheets = Assignment.objects.filter(round__competition=competition)
        self.sheets = {(row.round_id, row.judge_id, row.entry_id): row for row in sheets}
        scores = Score.objects.filter(assignment__round__competition=competition)
        self.scores = {(row.assignment_id, row.criterion_id): row for row in scores}
        conflicts = Conflict.objects.effective().filter(judge__competition=competition)
        self.conflicts = set(conflicts.order_by().values_list("judge", "entry"))

    def place_of(self, record):
        """Return (round, judge, entry) rows."""
        return self.rounds[record.round], self.judges[record.judge], self.entries[record.entry]

    def sheet_of(self, record):
        return self.sheets.get(tuple(row.pk for row in self.place_of(record)))

    def score_of(self, record):
        sheet = self.sheet_of(record)
        return (
            self.scores.get((sheet.pk, self.criteria[record.round, record.criterion].pk)) if sheet else None
        )

    def comment_of(self, record):
        """What the criterion's comment will be; a file without comments leaves what is there."""
        if record.comment is not None:
            return record.comment
        score = self.score_of(record)
        return score.comment if score else ""

    def is_signed(self, record):
        sheet = self.sheet_of(record)
        return sheet is not None and sheet.state == SheetState.SIGNED

    def is_stored(self, record):
        """Whether the row stands on a signed sheet already."""
        score = self.score_of(record)
        stored = score is not None and (score.points, score.comment) == (
            record.points,
            self.comment_of(record),
        )
        return self.is_signed(record) and stored

    def has_remark(self, remark):
        """Whether the remark stands on the sheet already."""
        sheet = self.sheet_of(remark)
        return sheet is not None and all(
            getattr(sheet, name) == text for name, text in remark_fields(remark).items()
        )

    def says_nothing(self, record):
        """An empty cell of a table that has a column for criteria of every track."""
        criterion = self.criteria[record.round, record.criterion]
        is_other = criterion.track_id not in {None, self.entries[record.entry].track_id}
        return record.points is None and record.comment is None and is_other


def remark_fields(remark):
    """The columns of a sheet that a remark gives, with what it says."""
    texts = {"comment_committee": remark.committee, "comment_entrant": remark.entrant}
    return {name: text for name, text in texts.items() if text is not None}


def problem_at(record, column, message_id, params):
    """A FileProblem at the row's line, or at its cell of a workbook."""
    if record.cell:
        return FileProblem(None, record.cell, message_id, params)
    return FileProblem(record.line, column, message_id, params)


def problem_of_sheet(record, book):
    """Why the judge's sheet of the entry cannot be brought in, None when it can."""
    _round, judge, entry = book.place_of(record)
    sheet = book.sheet_of(record)
    params = {"judge": record.judge, "entry": record.entry}
    if entry.state not in JUDGED_STATES:
        return problem_at(record, "entry", NOT_JUDGED, params)
    if judge.state != Judge.State.ACCEPTED:
        return problem_at(record, "judge", NOT_APPOINTED, params)
    if judge.user_id is not None and judge.user_id == entry.entrant_id:
        return problem_at(record, "judge", OWN_ENTRY, params)
    if sheet and sheet.state == SheetState.RECUSED:
        return problem_at(record, "judge", STEPPED_ASIDE, params)
    if (judge.pk, entry.pk) in book.conflicts:
        return problem_at(record, "judge", CONFLICT, params)
    if sheet and judge.user_id and sheet.state != SheetState.ASSIGNED:
        return problem_at(record, "judge", ON_SITE, params)
    return None


def problem_of_score(record, book):
    """Why a row of points is not taken, None when it is."""
    criterion, entry = book.criteria[record.round, record.criterion], book.entries[record.entry]
    problem = problem_of_sheet(record, book)
    if problem:
        return problem
    if criterion.track_id not in {None, entry.track_id}:
        params = {"criterion": record.criterion, "entry": record.entry}
        return problem_at(record, "criterion", OTHER_TRACK, params)
    if len(record.comment or "") > LONGEST_COMMENT:
        return problem_at(record, "comment", TOO_LONG, {"most": LONGEST_COMMENT})
    return None


def problem_of_remark(remark, book):
    """Why a remark on a whole entry is not taken, None when it is."""
    problem = problem_of_sheet(remark, book)
    longest = max(len(text) for text in (remark.committee or "", remark.entrant or ""))
    if not problem and longest > LONGEST_REMARK:
        return problem_at(remark, "comment", TOO_LONG, {"most": LONGEST_REMARK})
    return problem
