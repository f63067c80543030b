"""What the page of a team shows, and to whom: open invitations are the leader's alone."""

from django.utils.translation import gettext as _

from accounts.errors import Refusal
from competitions.actions.entries.moves import refusal
from competitions.actions.entries.window import require_changeable
from competitions.actions.teams.letters import team_name
from competitions.eligibility import check_team
from competitions.forms.team import ContributionForm, InviteForm, TeamNameForm
from competitions.models import TeamMember
from competitions.permissions import can_lead_entry
from competitions.states import ENTRY_MOVES

State = TeamMember.State


def team_context(entry, *, user, at, contribution_forms=None, **context):
    """One query for all members; forms given in `context` are those that were refused."""
    members = list(entry.members.exclude(state=State.REMOVED).select_related("user"))
    accepted = [member for member in members if member.state == State.ACCEPTED]
    closed, leads = closed_sentence(entry, at=at), can_lead_entry(user, entry)
    record = entry.competition.eligibility_record
    rows = [
        _row(member, entry=entry, user=user, can_change=not closed, forms=contribution_forms or {})
        for member in sorted(accepted, key=lambda member: member.user_id != entry.entrant_id)
    ]
    waiting = [member for member in members if member.state == State.INVITED]
    for member in waiting:
        member.is_expired = member.expires_at <= at
    taken = len(accepted) + sum(not member.is_expired for member in waiting)
    return {
        "entry": entry,
        "competition": entry.competition,
        "team_name": team_name(entry),
        "rows": rows,
        "waiting": waiting if leads else [],
        "declined": [member for member in members if member.state == State.DECLINED] if leads else [],
        "findings": [found.text(_) for found in check_team(record, max(len(accepted), 1))],
        "record": record,
        "closed": closed,
        "leads": leads,
        "takes_teams": record.entrants != "person",
        "has_room": max(taken, 1) < record.team_max,
        "name_form": TeamNameForm(initial={"name": team_name(entry)}),
        "invite_form": InviteForm(),
        **context,
    }


def closed_sentence(entry, *, at):
    """Why the team can no longer be changed; "" while it can."""
    if entry.state not in ENTRY_MOVES["submit"][0]:
        return refusal(entry)
    try:
        require_changeable(entry, entry.competition, at=at, track=entry.track)
    except Refusal as refused:
        return str(refused)
    return ""


def _row(member, *, entry, user, can_change, forms):
    is_leader = member.user_id == entry.entrant_id
    leads, is_me = entry.entrant_id == user.pk, member.user_id == user.pk
    writes = can_change and (leads or is_me)
    return {
        "member": member,
        "name": str(member.user),
        "is_leader": is_leader,
        "is_me": is_me,
        "form": forms.get(member.pk) or (ContributionForm(member=member) if writes else None),
        "can_remove": can_change and leads and not is_leader,
        "can_leave": can_change and is_me and not is_leader,
    }
