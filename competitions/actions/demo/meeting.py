"""A meeting of the committee: who came, what was put to the vote, and minutes that not everybody has signed."""

from datetime import timedelta
from itertools import chain, repeat

from competitions.actions.deciding.meetings import begin_meeting, mark_present, prepare_meeting
from competitions.actions.deciding.minutes import close_meeting, sign_minutes
from competitions.actions.deciding.motions import decide_motion, put_motion, record_vote
from competitions.actions.demo.files import office_time
from competitions.models import Meeting

CALLED_BEFORE, LASTS = timedelta(days=2), timedelta(minutes=70)
FACTS = ("title", "place", "agenda")


def hold_meeting(competition, given, members, *, by, at):
    """members: {account key or name: Judge}."""
    held_at = office_time(at, given["held_in_days"], hour=14)
    facts = {name: given[name] for name in FACTS} | {"mode": Meeting.Mode.IN_PERSON}
    meeting = prepare_meeting(competition, by=by, at=held_at - CALLED_BEFORE, held_at=held_at, **facts)
    present = [judge for key, judge in members.items() if key != given["absent"]]
    mark_present(meeting, [judge.pk for judge in present], by=by)
    meeting = begin_meeting(meeting, by=by, at=held_at)
    tiers = {tier.code: tier for tier in competition.award_tiers.all()}
    for row in given["motions"]:
        _decide(meeting, row, present, tier=tiers.get(row.get("tier")), by=by, at=held_at)
    meeting = close_meeting(meeting, remarks=given["remarks"], by=by, at=held_at + LASTS)
    for number, key in enumerate(given["signed"], start=1):
        sign_minutes(meeting, by=members[key].user, at=held_at + LASTS + timedelta(hours=number))


def _decide(meeting, row, present, *, tier, by, at):
    motion = put_motion(meeting, kind=row["kind"], tier=tier, reason=row.get("reason", ""), by=by, at=at)
    choices = chain.from_iterable(repeat(choice, count) for choice, count in row["votes"].items())
    for judge, choice in zip(present, choices, strict=True):
        record_vote(motion, judge, choice, by=by, at=at)
    decide_motion(motion, by=by, at=at)
