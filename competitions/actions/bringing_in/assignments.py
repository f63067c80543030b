"""Who judges what, from a table: every row or none; sheets that stand already stay."""

from collections import Counter

from django.db import transaction
from django.utils.translation import gettext_noop

from accounts import audit
from competitions.actions.assigning.assignable import (
    ASSIGNING_STATES,
    create_sheets,
    entries_of_round,
    kept_apart,
)
from competitions.actions.bringing_in.competitions import Brought
from competitions.actions.bringing_in.files import refused, table_of_bytes
from competitions.actions.committee.jury import lock_committee
from competitions.actions.conflicts.finding import find_conflicts
from competitions.contest_files.assignments_table import read_assignments
from competitions.contest_files.errors import FileProblem, FileRefused
from competitions.models import Assignment
from competitions.states import SheetState

NOT_IN_ROUND = gettext_noop(
    "The entry “{entry}” is not judged in the round “{round}”. Accept it first, or remove the row."
)
KEPT_APART = gettext_noop("Judge {judge} has a conflict of interest with “{entry}”. Remove the row.")
OTHER_TRACK = gettext_noop("Judge {judge} judges another track than that of “{entry}”. Remove the row.")
TOO_MANY = gettext_noop("Judge {judge} would have {count} entries in the round, but takes {most} at most.")


def assignments_from_bytes(competition, raw, *, ending=""):
    """Return the AssignmentsTable of a file. Raises BringInRefused."""
    headers, rows = table_of_bytes(raw, ending)
    entries = competition.entries.exclude(code=None).order_by("code")
    try:
        return read_assignments(
            headers,
            rows,
            rounds=list(competition.rounds.values_list("code", flat=True)),
            judges=list(competition.judges.active().values_list("code", flat=True)),
            entries=list(entries.values_list("code", flat=True)),
        )
    except FileRefused as error:
        raise refused(error.problems) from error


@transaction.atomic
def bring_in_assignments(competition, records, *, by, at, only_look=False):
    """Create the sheets of the records. Returns Brought; only_look: what it would be, and nothing is stored.

    Raises BringInRefused, which names every row that cannot be, and stores nothing.
    """
    competition = lock_committee(competition, ASSIGNING_STATES)
    if not only_look:
        find_conflicts(competition, at=at)
    book = _Book(competition)
    problems = [problem for record in records if (problem := book.problem(record))]
    problems += book.too_many(records)
    if problems:
        raise refused(problems)
    fresh = [record for record in records if book.place(record) not in book.sheets]
    brought = Brought(new=len(fresh), changed=0, unchanged=len(records) - len(fresh))
    if not only_look:
        for code, round_ in book.rounds.items():
            create_sheets([book.place(one)[1:] for one in fresh if one.round == code], round_)
        audit.record(
            "entries.assigned_by_file",
            by=by,
            target=competition,
            new=brought.new,
            unchanged=brought.unchanged,
        )
    return brought


class _Book:
    """Everything of a competition that a row may name, loaded once."""

    def __init__(self, competition):
        self.rounds = {row.code: row for row in competition.rounds.select_related("competition")}
        self.judges = {judge.code: judge for judge in competition.judges.active()}
        self.entries = {row.code: row for row in competition.entries.only("code", "track_id")}
        self.judged = {
            code: set(entries_of_round(row).values_list("pk", flat=True)) for code, row in self.rounds.items()
        }
        self.apart = kept_apart(competition)
        sheets = Assignment.objects.filter(round__competition=competition).order_by()
        standing = sheets.exclude(state=SheetState.RECUSED)
        self.sheets = set(standing.values_list("round_id", "judge_id", "entry_id"))

    def place(self, record):
        """Return the ids (round, judge, entry)."""
        rows = self.rounds[record.round], self.judges[record.judge], self.entries[record.entry]
        return tuple(row.pk for row in rows)

    def problem(self, record):
        judge, entry = self.judges[record.judge], self.entries[record.entry]
        params = {"judge": record.judge, "entry": record.entry, "round": record.round}
        if self.place(record) in self.sheets:
            return None
        if entry.pk not in self.judged[record.round]:
            return FileProblem(record.line, "entry", NOT_IN_ROUND, params)
        if (judge.pk, entry.pk) in self.apart:
            return FileProblem(record.line, "judge", KEPT_APART, params)
        if judge.track_id not in {None, entry.track_id}:
            return FileProblem(record.line, "judge", OTHER_TRACK, params)
        return None

    def too_many(self, records):
        """A fault at the first row of each judge and round that brings more than the judge takes."""
        fresh = [record for record in records if self.place(record) not in self.sheets]
        counts = Counter(place[:2] for place in self.sheets | {self.place(record) for record in fresh})
        first = {self.place(record)[:2]: record for record in reversed(fresh)}
        for place, record in sorted(first.items(), key=lambda item: item[1].line):
            most = self.judges[record.judge].most_entries
            if most is not None and counts[place] > most:
                params = {"judge": record.judge, "count": counts[place], "most": most}
                yield FileProblem(record.line, "judge", TOO_MANY, params)
