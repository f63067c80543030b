"""Score sheets filled in on paper: one signed sheet for each judge, entry and round."""

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts import audit
from competitions.actions.bringing_in.competitions import Brought, lock_for_bringing_in
from competitions.actions.bringing_in.files import refused
from competitions.contest_files.errors import FileProblem
from competitions.models import Assignment, Criterion, Score
from competitions.results import points_text, scored_sha256
from competitions.states import JUDGED_STATES, SheetState

LONGEST_COMMENT = Score._meta.get_field("comment").max_length
NOT_JUDGED = gettext_noop("The entry “{entry}” is not accepted, so it cannot be scored. Accept it first.")
OWN_ENTRY = gettext_noop("“{entry}” is an entry of judge {judge}, who cannot score it. Remove the row.")
STEPPED_ASIDE = gettext_noop("Judge {judge} stepped aside from “{entry}”. Remove the row.")
ON_SITE = gettext_noop("Judge {judge} fills in the sheet of “{entry}” on this site. Remove the row.")
OTHER_TRACK = gettext_noop(
    "The criterion “{criterion}” is not for the track of entry “{entry}”. Remove the row."
)
TOO_LONG = gettext_noop("The comment has more than {most} characters. Shorten it.")


class Book:
    """Everything of a competition that a row of scores may name, loaded once."""

    def __init__(self, competition):
        self.judges = {judge.code: judge for judge in competition.judges.all()}
        self.entries = {entry.code: entry for entry in competition.entries.exclude(code=None)}
        self.rounds = {row.code: row for row in competition.rounds.select_related("competition")}
        criteria = Criterion.objects.filter(round__competition=competition).select_related("round")
        self.criteria = {(row.round.code, row.code): row for row in criteria}
        sheets = Assignment.objects.filter(round__competition=competition)
        self.sheets = {(row.round_id, row.judge_id, row.entry_id): row for row in sheets}
        scores = Score.objects.filter(assignment__round__competition=competition)
        self.scores = {(row.assignment_id, row.criterion_id): row for row in scores}

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

    def is_stored(self, record):
        """Whether the row stands on a signed sheet already."""
        sheet, score = self.sheet_of(record), self.score_of(record)
        is_signed = sheet is not None and sheet.state == SheetState.SIGNED
        return (
            is_signed
            and score is not None
            and (score.points, score.comment) == (record.points, record.comment)
        )


@transaction.atomic
def bring_in_scores(competition, records, *, by, at):
    """Store the scores of a file on signed sheets; one already there is left alone, a changed one replaced."""
    competition = lock_for_bringing_in(competition)
    book = Book(competition)
    fresh = [record for record in records if not book.is_stored(record)]
    problems = [problem for record in fresh if (problem := _problem(record, book))]
    if problems:
        raise refused(problems)
    changed = [record for record in fresh if book.score_of(record)]
    _audit_changes(changed, book, by=by)
    _store(fresh, book, at=at)
    brought = Brought(
        new=len(fresh) - len(changed), changed=len(changed), unchanged=len(records) - len(fresh)
    )
    audit.record(
        "scores.brought_in", by=by, target=competition, new=brought.new, changed=brought.changed,
        unchanged=brought.unchanged,
    )  # fmt: skip
    return brought


def _problem(record, book):
    _round, judge, entry = book.place_of(record)
    sheet = book.sheet_of(record)
    criterion = book.criteria[record.round, record.criterion]
    params = {"judge": record.judge, "entry": record.entry, "criterion": record.criterion}
    if entry.state not in JUDGED_STATES:
        return FileProblem(record.line, "entry", NOT_JUDGED, params)
    if criterion.track_id not in {None, entry.track_id}:
        return FileProblem(record.line, "criterion", OTHER_TRACK, params)
    if judge.user_id is not None and judge.user_id == entry.entrant_id:
        return FileProblem(record.line, "judge", OWN_ENTRY, params)
    if sheet and sheet.state == SheetState.RECUSED:
        return FileProblem(record.line, "judge", STEPPED_ASIDE, params)
    if sheet and judge.user_id and sheet.state != SheetState.ASSIGNED:
        return FileProblem(record.line, "judge", ON_SITE, params)
    if len(record.comment) > LONGEST_COMMENT:
        return FileProblem(record.line, "comment", TOO_LONG, {"most": LONGEST_COMMENT})
    return None


def _audit_changes(records, book, *, by):
    """Keep what a changed score was before: it was already part of a signed sheet."""
    for record in records:
        score = book.score_of(record)
        audit.record(
            "score.changed_by_file",
            by=by,
            target=book.sheet_of(record),
            criterion=record.criterion,
            before=points_text(score.points),
            after=points_text(record.points),
        )


def _store(records, book, *, at):
    _create_missing_sheets(records, book)
    Score.objects.bulk_create(
        (
            Score(
                assignment=book.sheet_of(record),
                criterion=book.criteria[record.round, record.criterion],
                points=record.points,
                comment=record.comment,
            )
            for record in records
        ),
        update_conflicts=True,
        unique_fields=["assignment", "criterion"],
        update_fields=["points", "comment"],
        batch_size=1000,
    )
    _sign({book.sheet_of(record).pk for record in records}, at=at)


def _create_missing_sheets(records, book):
    missing = dict.fromkeys(book.place_of(record) for record in records if not book.sheet_of(record))
    sheets = Assignment.objects.bulk_create(
        (Assignment(round=round_, judge=judge, entry=entry) for round_, judge, entry in missing),
        batch_size=1000,
    )
    book.sheets |= {(row.round_id, row.judge_id, row.entry_id): row for row in sheets}


def _sign(pks, *, at):
    sheets = Assignment.objects.filter(pk__in=pks).select_related("round__competition", "judge", "entry")
    changed = list(sheets.prefetch_related("scores__criterion"))
    for sheet in changed:
        sheet.state = SheetState.SIGNED
        sheet.saved_at = sheet.signed_at = at
        sheet.signed_sha256 = scored_sha256(sheet, sheet.scores.all())
    Assignment.objects.bulk_update(
        changed, ["state", "saved_at", "signed_at", "signed_sha256"], batch_size=500
    )
