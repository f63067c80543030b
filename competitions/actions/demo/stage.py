"""A contest on its day: one has presented, one is absent, one is presenting; people vote, and points are measured."""

from datetime import timedelta
from decimal import Decimal

from allauth.account.models import EmailAddress

from accounts.models import User
from competitions.actions.assigning.by_hand import assign_all
from competitions.actions.bringing_in.competitions import bring_in_competition
from competitions.actions.calls.competitions import start_judging
from competitions.actions.demo.committee import name_committee
from competitions.actions.demo.entries import accepted, bring_short_entries
from competitions.actions.demo.files import call_file
from competitions.actions.demo.sheets import fill_sheets
from competitions.actions.rounds.ballots import cast_ballot, place_hash
from competitions.actions.rounds.measured import Measured, keep_measured
from competitions.actions.rounds.running_order import draw_order
from competitions.actions.rounds.stage import move_on
from competitions.actions.rounds.vote_signals import ballots_of, exclude_ballots
from competitions.contest_files.competition_yaml import read_competition

LONG_AGO = timedelta(days=90)
NO_PASSWORD = "!"  # as Django writes one that nothing matches
# What has happened to the first turns: act and how many minutes ago.
TURNS = (
    (("begin", 16), ("end", 9)),
    (("absent", 7),),
    (("begin", 4),),
)


def load_stage(given, *, people, organiser, voters, at):
    """given: competition-stage.yaml. people: {key: account}."""
    record = read_competition(call_file(given, at=at))
    competition, _new = bring_in_competition(record, by=organiser, at=at)
    bring_short_entries(
        competition, given["entries"], record=record, people=people, at=at, **accepted(by=organiser, at=at)
    )
    begins = at + timedelta(days=given["judging_in_days"])
    members = name_committee(competition, given, people=people, by=organiser, at=begins)
    start_judging(competition, by=organiser, at=begins)
    rounds = {each.code: each for each in competition.rounds.all()}
    assign_all(rounds["stage"], by=organiser, at=begins)
    _present(rounds["stage"], given, members, by=organiser, at=at)
    _vote(rounds["vote"], given, voters=voters, by=organiser, at=at)
    _measure(rounds["effect"], given["measured"], by=organiser, at=at)


def _present(round_, given, members, *, by, at):
    draw = given["draw"]
    starts = at - timedelta(minutes=TURNS[0][0][1])
    draw_order(
        round_,
        public_text=draw["text"],
        starts_at=starts,
        minutes=draw["minutes"],
        pause=draw["pause"],
        by=by,
        at=at - timedelta(days=1),
    )
    slots = list(round_.slots.select_related("round__competition", "entry__entrant"))
    for slot, acts in zip(slots, TURNS, strict=False):
        for act, minutes_ago in acts:
            move_on(slot, act, by=by, at=at - timedelta(minutes=minutes_ago))
    fill_sheets(round_, given, members, at=at, entries=[slots[0].entry.code])


def make_voters(given, *, at):
    """Accounts with a confirmed address, made long ago; nobody knows a password of theirs."""
    voters = User.objects.bulk_create(
        User(email=f"voter{number}@gaon.example", name=f"{given['name']} {number}", password=NO_PASSWORD)
        for number in range(1, given["count"] + 1)
    )
    User.objects.filter(pk__in=[voter.pk for voter in voters]).update(joined_at=at - LONG_AGO)
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, primary=True, verified=True) for user in voters
    )
    return voters


def _vote(round_, given, *, voters, by, at):
    codes = dict(round_.competition.entries.values_list("code", "pk"))
    for voter, row in zip(voters, given["ballots"], strict=True):
        if row.get("is_new"):
            User.objects.filter(pk=voter.pk).update(joined_at=at)
        device = row.get("device", voter.email)
        cast_ballot(
            round_,
            {codes[code] for code in row["for"]},
            by=voter,
            network_hash=place_hash(round_, "network", device),
            device_hash=place_hash(round_, "device", device),
        )
    excluded = given["excluded"]
    odd = ballots_of(round_, f"device:{place_hash(round_, 'device', excluded['device'])}")
    chosen = [ballot.pk for ballot in odd[: excluded["count"]]]
    exclude_ballots(round_, chosen, reason=excluded["reason"], by=by, at=at)


def _measure(round_, given, *, by, at):
    criterion = round_.criteria.get()
    codes = dict(round_.competition.entries.values_list("code", "pk"))
    points = {
        (codes[code], criterion.pk): Measured(Decimal(row["points"]), row["note"])
        for code, row in given.items()
    }
    keep_measured(round_, points, by=by, at=at)
