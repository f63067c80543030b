"""A contest in the middle of judging: committee, conflicts, copies without names, sheets signed and waiting."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

from casebook.actions.bring_in import NAMESPACE
from competitions.actions.assigning.automatic import assign_automatically, plan
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.calls.competitions import start_judging
from competitions.actions.conflicts.challenge_votes import vote
from competitions.actions.conflicts.challenges import challenge_judge, put_to_vote
from competitions.actions.demo.committee import invite_committee
from competitions.actions.demo.entries import accepted, bring_short_entries
from competitions.actions.demo.files import call_file
from competitions.actions.demo.sheets import fill_sheets
from competitions.actions.judging.redacting import make_missing
from competitions.actions.judging.redaction_edits import Change, change_copy
from competitions.actions.judging.round_settings import RoundSettings, set_judging
from competitions.contest_files.competition_yaml import read_competition
from competitions.models import Redaction

CHALLENGED, COPIED = timedelta(days=-11), timedelta(days=-10)


def load_blind(given, *, people, organiser, at):
    """given: competition-blind.yaml. people: {key: account}."""
    record = read_competition(call_file(given, at=at))
    competition, _new = bring_in_competition(record, by=organiser, at=at)
    bring_short_entries(
        competition, given["entries"], record=record, people=people, at=at, **accepted(by=organiser, at=at)
    )
    members = invite_committee(competition, given, people=people, by=organiser, at=at)
    _challenge(competition, given["challenge"], members, people=people, by=organiser, at=at + CHALLENGED)
    _copies(competition, given, by=organiser, at=at + COPIED)
    begins = at + timedelta(days=given["judging_in_days"])
    start_judging(competition, by=organiser, at=begins)
    round_ = competition.rounds.get()
    calibration = competition.entries.get(code=given["calibration"])
    settings = replace(RoundSettings.of(round_), calibration_entry_id=calibration.pk)
    set_judging(round_, settings, by=organiser, at=begins)
    assign_automatically(round_, sha256=plan(round_).sha256, by=organiser, at=begins)
    fill_sheets(round_, given, members, at=at)


def _challenge(competition, given, members, *, people, by, at):
    """An entrant challenges a member, and the first of the others has voted."""
    entry = competition.entries.select_related("competition", "entrant").get(code=given["entry"])
    key = uuid5(NAMESPACE, f"demo:challenge:{given['entry']}")
    note = challenge_judge(
        entry, name=given["name"], reason=given["reason"], by=entry.entrant, at=at, idempotency_key=key
    )
    conflict = put_to_vote(note, members[given["judge"]], by=by, at=at)
    voter = given["vote"]
    vote(
        conflict,
        upholds=voter["upholds"],
        reason=voter["reason"],
        by=people[voter["account"]],
        at=at + timedelta(hours=20),
    )


def _copies(competition, given, *, by, at):
    """Copies without names; the organiser has masked one more word, and checked all but a few."""
    make_missing(competition, at=at)
    mask = given["mask"]
    for copy in Redaction.objects.filter(snapshot__entry__competition=competition).select_related(
        "snapshot__entry"
    ):
        code = copy.snapshot.entry.code
        if code not in given["unchecked"]:
            word = mask["word"] if code == mask["entry"] else ""
            change_copy(copy, Change(revision=copy.revision, word=word, is_checked=True), by=by, at=at)
