"""Motions of a meeting: put, voted on, decided by a majority of those present."""

from collections import Counter

from django.db import transaction
from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from competitions.actions.deciding.coverage import AWARD_KINDS
from competitions.actions.deciding.meetings import locked_meeting, require_quorum
from competitions.actions.deciding.quorum import (
    enrolled_at,
    is_carried,
    is_certain,
    kept_from,
    present_at,
    voters_on,
)
from competitions.errors import CompetitionError, ConflictOfInterest
from competitions.models import Meeting, Motion, MotionVote, Result
from competitions.states import COMPETITION_MOVES

Kind, Vote = Motion.Kind, MotionVote.Choice
OF_ENTRY = {Kind.DEPARTURE, Kind.TIE}
OF_TIER = {Kind.DEPARTURE, Kind.TIE, Kind.NO_AWARD}
IN_SESSION = Meeting.State.IN_SESSION


@transaction.atomic
def put_motion(meeting, *, kind, by, at, text="", entry=None, tier=None, reason=""):
    """Put a motion to the vote. Without a text it gets the usual one, in Korean as all minutes."""
    meeting = locked_meeting(meeting, IN_SESSION)
    entry = entry if kind in OF_ENTRY or kind == Kind.OTHER else None
    tier = tier if kind in OF_TIER else None
    text, reason = text.strip(), reason.strip()
    _require_parts(kind, entry=entry, tier=tier, text=text, reason=reason)
    refuse_kept(meeting, entry, by=by)
    if kind in AWARD_KINDS:
        _require_result(meeting, entry=entry, tier=tier)
    position = (meeting.motions.aggregate(last=Max("position"))["last"] or 0) + 1
    motion = Motion.objects.create(
        meeting=meeting,
        position=position,
        kind=kind,
        text=text or _usual_text(kind, entry, tier),
        entry=entry,
        tier=tier,
        reason=reason,
    )
    audit.record("motion.put", by=by, target=motion, meeting=meeting.number, kind=kind, at=at.isoformat())
    return motion


def _require_parts(kind, *, entry, tier, text, reason):
    if kind == Kind.OTHER and not text:
        raise CompetitionError(_("Write what is put to the vote."))
    if kind in OF_ENTRY and entry is None:
        raise CompetitionError(_("Write the code of the entry that is to get the award."))
    if kind in OF_TIER and tier is None:
        raise CompetitionError(_("Choose the award the motion is about."))
    if kind in OF_TIER and not reason:
        raise CompetitionError(_("Write the reason: it is put to the vote and stands in the minutes."))


def _require_result(meeting, *, entry, tier):
    competition = meeting.competition
    if competition.state not in COMPETITION_MOVES["decide"][0]:
        raise IllegalMove(
            _("Awards are decided after judging has begun and before the results are published.")
        )
    result = Result.objects.filter(competition=competition).first()
    if result is None or result.inputs_sha256 != meeting.result_sha256:
        raise CompetitionError(
            _(
                "The result was computed or has changed since the meeting began. Close it and call another one."
            )
        )
    tracks = {tier.track_id} if tier and tier.track_id else set()
    if entry:
        _require_place(entry, result)
        tracks.add(entry.track_id)
    if (tracks and meeting.track_id and tracks != {meeting.track_id}) or len(tracks) > 1:
        raise CompetitionError(_("Entry, award and committee are not of the same track. Choose again."))


def _require_place(entry, result):
    places = {each["code"]: each["place"] for each in result.outcome["entries"]}
    if places.get(entry.code) is None:
        raise CompetitionError(_("Entry %(code)s has no place in the result.") % {"code": entry.code})


def refuse_kept(meeting, entry, *, by):
    """Whoever runs the meeting as a member does so for no entry a conflict keeps them from."""
    if entry and by and enrolled_at(meeting).filter(user=by, pk__in=kept_from(entry.pk)).exists():
        raise ConflictOfInterest(
            _("You are kept from this entry. The organiser runs this part of the meeting.")
        )


def _usual_text(kind, entry, tier):
    with translation.override("ko"):
        words = {"code": entry.code if entry else "", "tier": tier.name if tier else ""}
        return {
            Kind.ORDER: _("The awards are given in the order of the result."),
            Kind.DEPARTURE: _("Entry %(code)s is given “%(tier)s” out of the order of the result."),
            Kind.TIE: _("Of the entries with the same place, entry %(code)s is given “%(tier)s”."),
            Kind.NO_AWARD: _("“%(tier)s” is given to fewer entries than planned, or to none."),
        }[kind] % words


@transaction.atomic
def withdraw_motion(motion, *, by):
    """Take a motion back before anybody voted on it."""
    motion = _open_motion(motion)
    refuse_kept(motion.meeting, motion.entry, by=by)
    if motion.votes.exists():
        raise IllegalMove(_("Members have voted on this motion. Close the vote instead."))
    audit.record("motion.withdrawn", by=by, target=motion, text=motion.text[:200])
    motion.delete()


@transaction.atomic
def cast_vote(motion, choice, *, by, at):
    """A member present votes, once."""
    motion = _open_motion(motion)
    judge = next((each for each in voters_on(motion) if each.user_id == by.pk), None)
    if judge is None:
        raise _no_vote(motion, by)
    return _vote(motion, judge, choice, by=by, at=at)


def _no_vote(motion, by):
    if enrolled_at(motion.meeting).filter(user=by, pk__in=kept_from(motion.entry_id)).exists():
        return ConflictOfInterest(_("A conflict of interest keeps you from voting on this motion."))
    return CompetitionError(_("Only members who are present vote. Ask the chair to mark you as present."))


@transaction.atomic
def record_vote(motion, judge, choice, *, by, at):
    """Note the vote of a member in the room, or of one without an account, who cannot vote by themselves."""
    motion = _open_motion(motion)
    refuse_kept(motion.meeting, motion.entry, by=by)
    if judge.pk not in {each.pk for each in voters_on(motion)}:
        raise CompetitionError(
            _("%(name)s is not present or has no vote on this motion.") % {"name": judge.name}
        )
    if judge.user_id and motion.meeting.mode != Meeting.Mode.IN_PERSON:
        raise CompetitionError(
            _("%(name)s votes on their own page, because this meeting is not in one room.")
            % {"name": judge.name}
        )
    return _vote(motion, judge, choice, by=by, at=at)


def _vote(motion, judge, choice, *, by, at):
    if choice not in Vote.values:
        raise CompetitionError(_("Choose in favour, against or abstain."))
    vote, is_new = MotionVote.objects.get_or_create(
        motion=motion, judge=judge, defaults={"choice": choice, "at": at}
    )
    if not is_new:
        raise IllegalMove(_("A vote of %(name)s is counted already.") % {"name": judge.name})
    audit.record("motion.voted", by=by, target=motion, about=judge.user, judge=judge.code, choice=choice)
    return vote


@transaction.atomic
def decide_motion(motion, *, by, at):
    """Close the vote. Who is present and has not voted abstains, once that can change nothing any more."""
    motion = _open_motion(motion)
    refuse_kept(motion.meeting, motion.entry, by=by)
    meeting, voters = motion.meeting, voters_on(motion)
    require_quorum(len(present_at(meeting)), enrolled_at(meeting).count())
    if not voters:
        raise CompetitionError(
            _("A conflict keeps everybody present from this motion, so nobody can decide it.")
        )
    votes = count_votes(motion, voters)
    left = len(voters) - sum(votes.values())
    if left and not is_certain(votes, len(voters)):
        raise CompetitionError(
            _("%(left)s of %(voters)s have not voted, and their votes can still decide. Wait for them.")
            % {"left": left, "voters": len(voters)}
        )
    _keep_electorate(motion, voters, at=at)
    motion.outcome = Motion.Outcome.CARRIED if is_carried(votes, len(voters)) else Motion.Outcome.LOST
    motion.decided_at = at
    motion.save(update_fields=["outcome", "decided_at"])
    audit.record("motion.decided", by=by, target=motion, outcome=motion.outcome, present=len(voters), **votes)
    return motion


def count_votes(motion, voters):
    """{choice: how many} of those who may vote now. One query."""
    rows = motion.votes.filter(judge__in=voters).values_list("choice", flat=True)
    return dict.fromkeys(Vote.values, 0) | Counter(rows)


def _keep_electorate(motion, voters, *, at):
    """From here on the votes are the electorate: who abstained has a row, who left or was kept away has none."""
    motion.votes.exclude(judge__in=voters).delete()
    voted = set(motion.votes.values_list("judge", flat=True))
    MotionVote.objects.bulk_create(
        MotionVote(motion=motion, judge=judge, choice=Vote.ABSTAIN, at=at)
        for judge in voters
        if judge.pk not in voted
    )


def _open_motion(motion):
    meeting = locked_meeting(motion.meeting, IN_SESSION)
    row = Motion.objects.select_related("entry", "tier").filter(pk=motion.pk).first()
    if row is None:
        raise IllegalMove(_("This motion was withdrawn. Open the page again."))
    row.meeting = meeting
    if row.decided_at:
        raise IllegalMove(_("This motion is decided already. Open the page again."))
    return row
