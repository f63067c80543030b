"""A contest whose entries wait at the organiser's desk: one to be corrected, one copied, one with a note."""

from datetime import timedelta
from uuid import uuid5

from casebook.actions.bring_in import NAMESPACE
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.calls.questions import answer_question
from competitions.actions.demo.entries import bring_short_entries
from competitions.actions.demo.files import call_file, office_time
from competitions.actions.screening.correction import return_entry
from competitions.actions.screening.notes import add_note
from competitions.actions.screening.similar_rounds import compare_waiting
from competitions.contest_files.competition_yaml import read_competition
from competitions.models import CallQuestion
from competitions.states import EntryState


def load_desk(given, *, people, organiser, at):
    record = read_competition(call_file(given, at=at))
    competition, _new = bring_in_competition(record, by=organiser, at=at)
    bring_short_entries(
        competition, given["entries"], record=record, people=people, at=at, state=EntryState.SUBMITTED
    )
    compare_waiting(at=at)
    for row in given["entries"]:
        _screen(competition.entries.get(code=row["code"]), row, by=organiser, at=at)
    for row in given["questions"]:
        bring_question(competition, row, people=people, by=organiser, at=at)


def _screen(entry, row, *, by, at):
    if "returned" in row:
        due = office_time(at, row["returned"]["due_in_days"], hour=18)
        return_entry(entry, note=row["returned"]["note"], due=due, by=by, at=at)
    if "note" in row:
        key = uuid5(NAMESPACE, f"demo:note:{entry.code}")
        add_note(entry, **row["note"], by=by, at=at, idempotency_key=key)


def bring_question(competition, row, *, people, by, at):
    asked_at = office_time(at, row["asked_in_days"], hour=11)
    question = CallQuestion.objects.create(
        competition=competition,
        asked_by=people[row["account"]],
        asked_at=asked_at,
        text=row["text"],
        is_public=row["is_public"],
        idempotency_key=uuid5(NAMESPACE, f"demo:question:{row['text']}"),
    )
    if "answer" in row:
        answer_question(
            question, row["answer"], is_public=row["is_public"], by=by, at=asked_at + timedelta(hours=5)
        )
