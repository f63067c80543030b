"""Meetings of the committee: called, attended, begun with a quorum."""

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.calls.changes import locked
from competitions.actions.deciding.quorum import enrolled, enrolled_at, present_at, quorum_of
from competitions.actions.letters import tell_person
from competitions.errors import CompetitionError
from competitions.models import Meeting, MeetingMember, Result
from competitions.states import CompetitionState

State, Mode = Meeting.State, Meeting.Mode
MET_IN = {
    CompetitionState.ANNOUNCED,
    CompetitionState.JUDGING,
    CompetitionState.VERIFICATION,
    CompetitionState.DECIDED,
    CompetitionState.PUBLISHED,
}
FIELDS = ("title", "mode", "place", "held_at", "agenda")


class NoQuorum(CompetitionError):
    """Too few members are present."""


@transaction.atomic
def prepare_meeting(competition, *, by, at, track=None, **details):
    """Call a meeting and tell the members. details: title, mode, place, held_at, agenda. Returns it."""
    competition = locked(competition)
    if competition.state not in MET_IN:
        raise IllegalMove(_("The committee meets once the call is announced and until it is cancelled."))
    members = list(enrolled(competition, track.pk if track else None).select_related("user"))
    if not members:
        raise CompetitionError(_("Nobody is on this committee yet. Appoint its members first."))
    number = (competition.meetings.aggregate(last=Max("number"))["last"] or 0) + 1
    meeting = Meeting.objects.create(
        competition=competition, number=number, track=track, created_by=by, created_at=at, **details
    )
    MeetingMember.objects.bulk_create(MeetingMember(meeting=meeting, judge=judge) for judge in members)
    audit.record("meeting.prepared", by=by, target=meeting, number=number, members=len(members))
    _call(meeting, members, by=by, at=at)
    return meeting


def _call(meeting, members, *, by, at):
    """Once for each time and place the meeting is called to."""
    link = reverse("competitions:meeting", args=[meeting.pk])
    called_to = content_sha256({"at": meeting.held_at.isoformat(), "place": meeting.place})[:12]
    key = f"meeting.called:{meeting.pk}:{called_to}"
    facts = {"meeting": meeting.title, "held": meeting.held_at, "place": meeting.place}
    for judge in members:
        tell_person(
            judge.user, meeting.competition, "meeting.called", at=at, by=by, key=key, link=link, **facts
        )


@transaction.atomic
def change_meeting(meeting, *, by, at, **details):
    """Change what a meeting was called with; the members are told of another time or place."""
    row = locked_meeting(meeting, State.PREPARED)
    before = {name: getattr(row, name) for name in FIELDS}
    for name, value in details.items():
        setattr(row, name, value)
    row.save(update_fields=list(details))
    changed = [name for name in FIELDS if getattr(row, name) != before[name]]
    audit.record("meeting.changed", by=by, target=row, fields=changed)
    if {"held_at", "place"} & set(changed):
        _call(row, list(enrolled_at(row).select_related("user")), by=by, at=at)
    return row


@transaction.atomic
def cancel_meeting(meeting, *, by):
    """Take back a meeting that has not begun."""
    row = locked_meeting(meeting, State.PREPARED)
    audit.record("meeting.cancelled", by=by, target=row, number=row.number)
    row.delete()


def locked_meeting(meeting, *states):
    """Return the meeting as it is now, locked: votes, attendance and closing follow one another."""
    rows = Meeting.objects.select_for_update(of=("self",)).select_related("competition", "track")
    row = rows.get(pk=meeting.pk)
    if row.state not in states:
        raise IllegalMove(
            _("The meeting is in the state “%(state)s”, which does not allow this. Open the page again.")
            % {"state": row.get_state_display()}
        )
    return row


@transaction.atomic
def mark_present(meeting, judges, *, by):
    """Note who of the members is there, as the list is now. judges: ids."""
    row = locked_meeting(meeting, State.PREPARED, State.IN_SESSION)
    known = {judge.pk for judge in enrolled_at(row)}
    there = set(judges) & known
    _enrol(row, known)
    row.members.filter(judge__in=there).update(is_present=True)
    row.members.exclude(judge__in=there).update(is_present=False)
    audit.record("meeting.attendance", by=by, target=row, present=len(there), members=len(known))
    return len(there)


def _enrol(meeting, known):
    """Who was appointed since gets a place; who left the committee has none."""
    meeting.members.exclude(judge__in=known).delete()
    seated = set(meeting.members.values_list("judge", flat=True))
    MeetingMember.objects.bulk_create(
        MeetingMember(meeting=meeting, judge_id=pk) for pk in sorted(known - seated)
    )


@transaction.atomic
def begin_meeting(meeting, *, by, at):
    """Begin with a majority of the members; a written one begins with all of them. The result is fixed."""
    row = locked_meeting(meeting, State.PREPARED)
    known = {judge.pk for judge in enrolled_at(row)}
    _enrol(row, known)
    if row.mode == Mode.WRITTEN:
        row.members.update(is_present=True)
    present = len(present_at(row))
    require_quorum(present, len(known))
    result = Result.objects.filter(competition=row.competition_id).values_list("inputs_sha256", flat=True)
    row.state, row.result_sha256 = State.IN_SESSION, result.first() or ""
    row.save(update_fields=["state", "result_sha256"])
    audit.record("meeting.begun", by=by, target=row, present=present, members=len(known))
    return row


def require_quorum(present, members):
    needed = quorum_of(members)
    if present < needed:
        raise NoQuorum(
            _(
                "A majority of the members has to be present: %(needed)s of %(members)s; %(present)s are. "
                "Mark who is present, or call another meeting."
            )
            % {"needed": needed, "members": members, "present": present}
        )
