"""A contest past its judging: result with advice, candidates open to reports, a meeting whose minutes wait."""

from datetime import timedelta
from uuid import uuid5

from casebook.actions.bring_in import NAMESPACE
from competitions.actions.assigning.by_hand import assign_all
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.bringing_in.scores import bring_in_scores
from competitions.actions.calls.competitions import start_judging
from competitions.actions.deciding.notes import add_note
from competitions.actions.demo.committee import name_committee
from competitions.actions.demo.entries import accepted, bring_short_entries
from competitions.actions.demo.files import call_file
from competitions.actions.demo.meeting import hold_meeting
from competitions.actions.demo.sheets import fill_sheets, points_of
from competitions.actions.results.advising import advise
from competitions.actions.results.reports import report_candidate
from competitions.actions.results.results import compute
from competitions.actions.results.verification import begin_verification
from competitions.contest_files.competition_yaml import read_competition
from competitions.contest_files.records import ScoreRecord


def load_candidates(given, *, people, organiser, at):
    """given: competition-candidates.yaml. people: {key: account}."""
    record = read_competition(call_file(given, at=at))
    competition, _new = bring_in_competition(record, by=organiser, at=at)
    bring_short_entries(
        competition, given["entries"], record=record, people=people, at=at, **accepted(by=organiser, at=at)
    )
    begins, judged, verified = (
        at + timedelta(days=given[f"{name}_in_days"]) for name in ("judging", "judged", "verified")
    )
    members = name_committee(competition, given, people=people, by=organiser, at=begins)
    start_judging(competition, by=organiser, at=begins)
    round_ = competition.rounds.get()
    assign_all(round_, by=organiser, at=begins)
    fill_sheets(round_, given, members, at=judged)
    _on_paper(competition, round_, given, members, by=organiser, at=judged)
    compute(competition, by=organiser, at=judged)
    advise(competition)
    begin_verification(competition, by=organiser, at=verified)
    _say(competition, given, people=people, at=verified + timedelta(days=1))
    hold_meeting(competition, given["meeting"], members, by=organiser, at=at)


def _on_paper(competition, round_, given, members, *, by, at):
    """The sheets of members without an account."""
    criteria = list(round_.criteria.all())
    records = [
        ScoreRecord(
            line=line,
            round=round_.code,
            judge=members[row["name"]].code,
            entry=entry["code"],
            criterion=criterion.code,
            points=points_of(
                members[row["name"]].code,
                entry["code"],
                criterion,
                worth=entry["points"],
                leaning=row["leaning"],
            ),
            comment="",
        )
        for row in given["committee"]
        if "account" not in row
        for line, entry in enumerate(given["entries"], start=1)
        for criterion in criteria
    ]
    bring_in_scores(competition, records, by=by, at=at)


def _say(competition, given, *, people, at):
    """A report of a candidate, and what the committee notes of entries."""
    entries = {each.code: each for each in competition.entries.select_related("competition")}
    row = given["report"]
    report_candidate(
        entries[row["entry"]],
        kind=row["kind"],
        text=row["text"],
        by=people[row["account"]],
        idempotency_key=uuid5(NAMESPACE, "demo:report"),
    )
    for number, row in enumerate(given["notes"]):
        key = uuid5(NAMESPACE, f"demo:deliberation:{number}")
        add_note(
            entries[row["entry"]],
            row["text"],
            by=people[row["account"]],
            at=at,
            idempotency_key=key,
        )
