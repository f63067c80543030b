"""Score sheets filled in on paper: one signed sheet for each judge, entry and round."""

from django.db import transaction

from accounts import audit
from competitions.actions.bringing_in.competitions import Brought, lock_for_bringing_in
from competitions.actions.bringing_in.files import refused
from competitions.actions.bringing_in.measured_scores import keep_measured_records, measured_problems
from competitions.actions.bringing_in.score_book import (
    Book,
    problem_of_remark,
    problem_of_score,
    remark_fields,
)
from competitions.actions.judging.sums import sum_up
from competitions.models import Assignment, Score
from competitions.results import points_text, scored_sha256
from competitions.states import SheetState


@transaction.atomic
def bring_in_scores(competition, records, *, by, at, remarks=()):
    """Store the scores of a file on signed sheets; one already there is left alone, a changed one replaced.

    records without a judge are points of a measured round. remarks: RemarkRecord, on sheets that have scores.
    Raises BringInRefused with every fault; then nothing is stored.
    """
    competition = lock_for_bringing_in(competition)
    book = Book(competition)
    measured = [record for record in records if not record.judge]
    given = [record for record in records if record.judge and not book.says_nothing(record)]
    fresh = [record for record in given if not book.is_stored(record)]
    said = [remark for remark in remarks if not book.has_remark(remark)]
    problems = [problem_of_score(record, book) for record in fresh]
    problems += [problem_of_remark(remark, book) for remark in said] + measured_problems(measured, book)
    if any(problems):
        raise refused(filter(None, problems))
    changed = [record for record in fresh if book.score_of(record)]
    _audit_changes(changed, book, by=by)
    reworded = [remark for remark in said if book.is_signed(remark)]
    _audit_reworded(reworded, book, by=by)
    _store(fresh, said, book, at=at)
    kept = keep_measured_records(measured, book, by=by, at=at)
    brought = Brought(
        new=len(fresh) - len(changed) + kept.new,
        changed=len(changed) + len(reworded) + kept.changed,
        unchanged=len(given) - len(fresh) + kept.unchanged,
    )
    audit.record(
        "scores.brought_in", by=by, target=competition, new=brought.new, changed=brought.changed,
        unchanged=brought.unchanged,
    )  # fmt: skip
    return brought


def try_scores(competition, records, *, by, at, remarks=()):
    """Say what bring_in_scores would do, with the same refusals, and do nothing."""
    with transaction.atomic():
        brought = bring_in_scores(competition, records, by=by, at=at, remarks=remarks)
        transaction.set_rollback(True)
    return brought


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


def _audit_reworded(remarks, book, *, by):
    """What was signed before is told by its hash; remarks may name people, so they are not in the record."""
    for remark in remarks:
        sheet = book.sheet_of(remark)
        audit.record("remark.changed_by_file", by=by, target=sheet, sha256=sheet.signed_sha256)


def _store(records, remarks, book, *, at):
    _create_missing_sheets([*records, *remarks], book)
    Score.objects.bulk_create(
        (
            Score(
                assignment=book.sheet_of(record),
                criterion=book.criteria[record.round, record.criterion],
                points=record.points,
                comment=book.comment_of(record),
            )
            for record in records
        ),
        update_conflicts=True,
        unique_fields=["assignment", "criterion"],
        update_fields=["points", "comment"],
        batch_size=1000,
    )
    _store_remarks(remarks, book)
    _sign({book.sheet_of(record).pk for record in [*records, *remarks]}, at=at)


def _store_remarks(remarks, book):
    for remark in remarks:
        for name, text in remark_fields(remark).items():
            setattr(book.sheet_of(remark), name, text)
    sheets = [book.sheet_of(remark) for remark in remarks]
    Assignment.objects.bulk_update(sheets, ["comment_committee", "comment_entrant"], batch_size=500)


def _create_missing_sheets(records, book):
    missing = dict.fromkeys(book.place_of(record) for record in records if not book.sheet_of(record))
    sheets = Assignment.objects.bulk_create(
        (Assignment(round=round_, judge=judge, entry=entry) for round_, judge, entry in missing),
        batch_size=1000,
    )
    book.sheets |= {(row.round_id, row.judge_id, row.entry_id): row for row in sheets}


def _sign(pks, *, at):
    sheets = Assignment.objects.filter(pk__in=pks).select_related("round__competition", "judge", "entry")
    sheets = sheets.defer("entry__draft", "round__competition__call", "round__competition__plan")
    changed = list(sheets.prefetch_related("scores__criterion"))
    for sheet in changed:
        sheet.state = SheetState.SIGNED
        sheet.saved_at = sheet.signed_at = at
        sheet.snapshot_id = sheet.snapshot_id or sheet.entry.snapshot_id
        sheet.signed_sha256 = scored_sha256(sheet, sheet.scores.all())
    Assignment.objects.bulk_update(
        changed, ["state", "saved_at", "signed_at", "signed_sha256", "snapshot"], batch_size=500
    )
    sum_up(pks)
