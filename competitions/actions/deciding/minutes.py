"""Minutes: frozen when a meeting closes, signed by every member who was present."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import audit
from accounts.errors import IllegalMove
from casebook.content import content_sha256
from competitions.actions.deciding.meetings import locked_meeting
from competitions.actions.deciding.minutes_content import minutes_of
from competitions.actions.letters import tell_person
from competitions.errors import CompetitionError
from competitions.models import Meeting, MeetingMember

State = Meeting.State
LONGEST_OBJECTION = MeetingMember._meta.get_field("objection").max_length
LONGEST_REMARKS = Meeting._meta.get_field("remarks").max_length


class MinutesOpen(IllegalMove):
    """The minutes are not open for signing."""


@transaction.atomic
def close_meeting(meeting, *, remarks, by, at):
    """Freeze the minutes and ask who was present to sign them. Returns the meeting."""
    row = locked_meeting(meeting, State.IN_SESSION)
    row.remarks = remarks.replace("\r\n", "\n").strip()
    if not row.remarks:
        raise CompetitionError(
            _("Write what was said before the meeting is closed: it cannot be added later.")
        )
    if len(row.remarks) > LONGEST_REMARKS:
        raise CompetitionError(_("Shorten what was said to %(most)s characters.") % {"most": LONGEST_REMARKS})
    if row.motions.filter(decided_at=None).exists():
        raise CompetitionError(
            _("A motion is still open. Close its vote, or withdraw it, before the meeting.")
        )
    row.state, row.closed_at = State.SIGNING, at
    row.minutes = minutes_of(row)
    row.minutes_sha256 = content_sha256(row.minutes)
    row.save(update_fields=["remarks", "state", "closed_at", "minutes", "minutes_sha256"])
    audit.record("meeting.closed", by=by, target=row, number=row.number, minutes_sha256=row.minutes_sha256)
    ask_to_sign(row, by=by, at=at, key=f"minutes:{row.pk}")
    return row


def ask_to_sign(meeting, *, by, at, key):
    """Ask those who were present and have not signed. Returns how many have an account."""
    link = reverse("competitions:meeting", args=[meeting.pk])
    rows = unsigned(meeting).filter(judge__user__isnull=False).select_related("judge__user")
    for member in rows:
        tell_person(
            member.judge.user,
            meeting.competition,
            "minutes.to_sign",
            at=at,
            by=by,
            key=key,
            link=link,
            meeting=meeting.title,
        )
    return len(rows)


def unsigned(meeting):
    return meeting.members.filter(is_present=True, signed_at=None)


@transaction.atomic
def remind_to_sign(meeting, *, by, at):
    """Ask again; at most once a day. Returns how many were asked."""
    row = locked_meeting(meeting, State.SIGNING)
    count = ask_to_sign(row, by=by, at=at, key=f"minutes:{row.pk}:{at:%Y-%m-%d}")
    audit.record("minutes.reminded", by=by, target=row, count=count)
    return count


@transaction.atomic
def sign_minutes(meeting, *, by, at, objection=""):
    """Sign as a member who was present, with a dissent or without. The last one signs the meeting off."""
    row = _open_for_signing(meeting)
    member = row.members.filter(judge__user=by, is_present=True).select_related("judge").first()
    if member is None:
        raise CompetitionError(_("Only members who were present sign the minutes."))
    return _sign(row, member, objection=objection, by=by, at=at)


@transaction.atomic
def note_signature(meeting, judge, *, by, at, objection=""):
    """Note that a member without an account signed the printed minutes."""
    row = _open_for_signing(meeting)
    member = row.members.filter(judge=judge, is_present=True).select_related("judge").first()
    if member is None:
        raise CompetitionError(_("Only members who were present sign the minutes."))
    if member.judge.user_id:
        raise CompetitionError(_("%(name)s signs on their own page.") % {"name": member.judge.name})
    return _sign(row, member, objection=objection, by=by, at=at)


def _open_for_signing(meeting):
    row = locked_meeting(meeting, *State)
    if row.state not in {State.SIGNING, State.SIGNED}:
        raise MinutesOpen(_("The minutes are signed after the meeting is closed."))
    return row


def _sign(meeting, member, *, objection, by, at):
    objection = objection.replace("\r\n", "\n").strip()
    if len(objection) > LONGEST_OBJECTION:
        raise CompetitionError(
            _("Shorten the objection to %(most)s characters.") % {"most": LONGEST_OBJECTION}
        )
    if member.signed_at:
        raise IllegalMove(_("These minutes are signed already."))
    member.signed_at, member.objection = at, objection
    member.signed_sha256 = signature_sha256(meeting, member)
    member.save(update_fields=["signed_at", "objection", "signed_sha256"])
    audit.record(
        "minutes.signed",
        by=by,
        target=meeting,
        about=member.judge.user,
        judge=member.judge.code,
        sha256=member.signed_sha256,
        objects=bool(objection),
    )
    if not unsigned(meeting).exists():
        Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED)
        audit.record("meeting.signed", by=by, target=meeting, number=meeting.number)
    return member


def signature_sha256(meeting, member):
    """What a signature is of: these minutes, this member, this dissent."""
    return content_sha256(
        {
            "minutes": meeting.minutes_sha256,
            "judge": member.judge.code,
            "objection": member.objection,
        }
    )
