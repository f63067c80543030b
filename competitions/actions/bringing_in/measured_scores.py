"""Rows of a file of scores that name no judge: points of measured rounds."""

from django.utils.translation import gettext_noop

from competitions.actions.bringing_in.score_book import NOT_JUDGED, OTHER_TRACK, TOO_LONG, problem_at
from competitions.actions.rounds.measured import Grid, Kept, Measured, keep_measured
from competitions.models import Measurement
from competitions.states import JUDGED_STATES

LONGEST_NOTE = Measurement._meta.get_field("note").max_length
NOT_IN_ROUND = gettext_noop("The entry “{entry}” is not in the round {round}. Remove the row.")


def measured_problems(records, book):
    """[FileProblem] of rows that the round cannot take."""
    grids = _grids(records, book)
    found = (_problem(record, book, grids[record.round]) for record in records)
    return [problem for problem in found if problem]


def keep_measured_records(records, book, *, by, at):
    """Store the points of each round, with the refusals and the record of changes they always have."""
    kept = Kept()
    for code in dict.fromkeys(record.round for record in records):
        rows = [record for record in records if record.round == code and not _says_nothing(record, book)]
        given = {
            (book.entries[row.entry].pk, book.criteria[code, row.criterion].pk): Measured(
                row.points, row.comment or "" if row.points is not None else ""
            )
            for row in rows
        }
        one = keep_measured(book.rounds[code], given, by=by, at=at)
        kept = Kept(
            new=kept.new + one.new,
            changed=kept.changed + one.changed + one.removed,
            unchanged=kept.unchanged + one.unchanged,
        )
    return kept


def _grids(records, book):
    return {code: Grid(book.rounds[code]).maxima() for code in {record.round for record in records}}


def _says_nothing(record, book):
    return record.comment is None and book.says_nothing(record)


def _problem(record, book, maxima):
    params = {"entry": record.entry, "criterion": record.criterion, "round": record.round}
    if _says_nothing(record, book):
        return None
    if record.entry not in maxima:
        sentence = NOT_IN_ROUND if book.entries[record.entry].state in JUDGED_STATES else NOT_JUDGED
        return problem_at(record, "entry", sentence, params)
    if record.criterion not in maxima[record.entry]:
        return problem_at(record, "criterion", OTHER_TRACK, params)
    if len(record.comment or "") > LONGEST_NOTE:
        return problem_at(record, "comment", TOO_LONG, {"most": LONGEST_NOTE})
    return None
