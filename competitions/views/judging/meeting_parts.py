"""What the pages of a meeting show: who is there, the motions with their votes, the minutes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from competitions.actions.deciding.minutes_content import hidden_words, masked
from competitions.actions.deciding.quorum import enrolled_at, quorum_of
from competitions.models import Conflict, Judge, Meeting, Motion, MotionVote


@dataclass
class MotionRow:
    """One motion. is_hidden: a conflict keeps the person from its entry. voters: present and without conflict."""

    motion: Motion
    is_hidden: bool
    voters: list
    votes: dict
    given: dict = field(default_factory=dict)  # judge id -> choice
    mine: str = ""
    may_vote: bool = False

    @property
    def waiting(self):
        return [judge for judge in self.voters if judge.pk not in self.given]


@dataclass(frozen=True)
class Seats:
    """Who is at a meeting. members: of the committee, each with `is_present`."""

    members: list
    present: int
    quorum: int

    @property
    def has_quorum(self):
        return self.present >= self.quorum


def meetings_of_member(user):
    """Meetings of the committees this person sits on."""
    seats = Judge.objects.active().filter(user=user)
    own = Q()
    for competition, track in seats.values_list("competition", "track"):
        of_all = Q(competition=competition)
        own |= of_all if track is None else of_all & (Q(track=None) | Q(track=track))
    rows = Meeting.objects.select_related("competition", "track")
    return rows.filter(own) if own else rows.none()


def seats_at(meeting):
    """Two queries."""
    members = list(enrolled_at(meeting).select_related("user"))
    there = dict(meeting.members.values_list("judge", "is_present"))
    for judge in members:
        judge.is_present = there.get(judge.pk, False)
    return Seats(members, sum(judge.is_present for judge in members), quorum_of(len(members)))


def motion_rows(meeting, seats, *, user, words):
    """The motions in their order, without the words the person must not read. Three queries."""
    motions = list(meeting.motions.select_related("entry", "tier").prefetch_related("votes"))
    for each in motions:
        each.text, each.reason = masked(each.text, words), masked(each.reason, words)
    kept = _kept_by_entry(motions)
    own = {judge.pk for judge in seats.members if judge.user_id == user.pk}
    return [_motion_row(each, seats, kept=kept[each.entry_id], own=own) for each in motions]


def _kept_by_entry(motions):
    entries = {each.entry_id for each in motions if each.entry_id}
    found = defaultdict(set)
    if entries:
        rows = Conflict.objects.effective().filter(entry__in=entries)
        for entry, judge in rows.values_list("entry", "judge"):
            found[entry].add(judge)
    return found


def _motion_row(motion, seats, *, kept, own):
    voters = [judge for judge in seats.members if judge.is_present and judge.pk not in kept]
    given = {vote.judge_id: vote.choice for vote in motion.votes.all()}
    counted = [choice for pk, choice in given.items() if motion.decided_at or pk in {v.pk for v in voters}]
    mine = next((MotionVote.Choice(given[pk]).label for pk in own if pk in given), "")
    return MotionRow(
        motion=motion,
        is_hidden=bool(own & kept),
        voters=voters,
        votes=dict.fromkeys(MotionVote.Choice.values, 0) | Counter(counted),
        given=given,
        mine=mine,
        may_vote=not motion.decided_at and not mine and bool(own & {each.pk for each in voters}),
    )


def minutes_shown(meeting, words):
    """The frozen minutes for a page, None before; without the words (hidden_words) the person must not read."""
    if meeting.minutes is None:
        return None
    shown = dict(masked(meeting.minutes, words))
    shown["held"] = datetime.fromisoformat(shown["held_at"])
    shown["closed"] = datetime.fromisoformat(shown["closed_at"])
    shown["mode_words"] = str(meeting.get_mode_display())
    for motion in shown["motions"]:
        motion["outcome_words"] = str(Motion.Outcome(motion["outcome"]).label)
        motion["kind_words"] = str(Motion.Kind(motion["kind"]).label)
    return shown


def masked_texts(meeting, words):
    """(title, agenda) as this person may read them before there are minutes."""
    return masked(meeting.title, words), masked(meeting.agenda, words)


def signatures_of(meeting, words):
    """The members who were present, with their signatures. One query."""
    members = list(meeting.members.filter(is_present=True).select_related("judge"))
    for each in members:
        each.objection = masked(each.objection, words)
    return members


def member_meetings(user, competition):
    """The meetings of the person's committee, newest first, each with the title as they may read it."""
    rows = list(meetings_of_member(user).filter(competition=competition).order_by("-number"))
    words = hidden_words(rows[0], user) if rows else []
    for row in rows:
        row.shown_title = masked(row.title, words)
    return rows
