"""The team of an entry: its name, its leader and who has part in it. Invitations are in team_invitations.py."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from casebook.content.text import one_line
from competitions.actions.conflicts.finding import find_conflicts
from competitions.actions.entries.moves import lock_changeable
from competitions.actions.entries.slots import free_ordinal
from competitions.errors import CompetitionError
from competitions.models import Entry, TeamMember
from competitions.states import EntryState

NAME_MAX_LENGTH = 100
CONTRIBUTION_MAX_LENGTH = 300
State = TeamMember.State


class NotLeader(CompetitionError):
    """Only the leader of the team may do this."""


def accepted_members(entry):
    """Who takes part, the leader among them; empty for an entry without a team."""
    return entry.members.filter(state=State.ACCEPTED).select_related("user")


def team_of(entry):
    """[{"name", "contribution"}] of who takes part, the leader first, for the snapshot and for pages."""
    members = sorted(accepted_members(entry), key=lambda member: member.user_id != entry.entrant_id)
    return [{"name": str(member.user), "contribution": member.contribution} for member in members]


def lock_led_team(entry, *, by):
    """As lock_changeable, for its leader."""
    competition, entry = lock_changeable(entry)
    if entry.entrant_id != by.pk:
        raise NotLeader(_("Only the leader of the team may do this. Ask the leader."))
    return competition, entry


@transaction.atomic
def make_team(entry, *, name, by, at):
    """Name the team and list its leader. Once more gives it another name. Returns the entry."""
    competition, entry = lock_led_team(entry, by=by)
    name = one_line(name)[:NAME_MAX_LENGTH]
    if not name:
        raise CompetitionError(_("Give the team a name."))
    list_leader(competition, entry, by=by, at=at)
    chosen = entry.draft.get("entry") or {}
    if chosen.get("team") == name:
        return entry
    entry.draft["entry"] = chosen | {"team": name}
    entry.revision += 1
    entry.saved_at = at
    if entry.state == EntryState.DRAFT:  # past it, lists show what was handed in
        entry.team = name
    entry.save(update_fields=["draft", "revision", "saved_at", "team"])
    audit.record("team.named", by=by, target=entry, about=by)
    return entry


def list_leader(competition, entry, *, by, at):
    """The leader's own row, made with the team; call under the entry's lock."""
    refuse_teams(competition)
    if accepted_members(entry).filter(user=by).exists():
        return
    refuse_second_team(competition, entry, person=by)
    TeamMember.objects.create(
        entry=entry,
        user=by,
        state=State.ACCEPTED,
        declared=entry.declared,
        invited_by=by,
        invited_at=at,
        answered_at=at,
    )
    audit.record("team.made", by=by, target=entry, about=by)


def refuse_teams(competition):
    if competition.eligibility_record.entrants == "person":
        raise CompetitionError(_("This competition takes entries of single people, not of teams."))


def refuse_second_team(competition, entry, *, person):
    """The lock on the person makes two acceptances at once wait for each other."""
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not competition.eligibility_record.one_team_per_person:
        return
    others = TeamMember.objects.filter(user=person, state=State.ACCEPTED, entry__competition=competition)
    if others.exclude(entry=entry).exclude(entry__state=EntryState.WITHDRAWN).exists():
        raise CompetitionError(
            _("One person may belong to one team of this competition only. Leave the other team first.")
        )


@transaction.atomic
def leave(member, *, by, at):
    """Take no part any more; the leader hands the team over first."""
    _competition, entry = lock_changeable(member.entry)
    if member.user_id != by.pk:
        raise CompetitionError(_("You can only leave a team yourself."))
    if entry.entrant_id == by.pk:
        raise CompetitionError(
            _("You lead this team. Hand it over to another member first, or withdraw the entry.")
        )
    _end(member, [State.ACCEPTED], at=at)
    audit.record("team.left", by=by, target=entry, about=by)
    look_again(entry, at=at)


@transaction.atomic
def remove_member(member, *, by, at):
    """Take a member off the team, or an open invitation back."""
    _competition, entry = lock_led_team(member.entry, by=by)
    if member.user_id == by.pk:
        raise CompetitionError(
            _("You lead this team. Hand it over to another member first, or withdraw the entry.")
        )
    _end(member, [State.ACCEPTED, State.INVITED], at=at)
    verb = "team.removed" if member.user_id else "team.invitation_cancelled"
    audit.record(verb, by=by, target=entry, about=member.user, member=member.pk)
    look_again(entry, at=at)


def look_again(entry, *, at):
    """Another team may be another conflict of interest; of what is not handed in yet nobody judges."""
    if entry.submitted_at:
        find_conflicts(entry.competition, entry=entry, at=at)


def _end(member, states, *, at):
    """The row stays; its state says that it ended."""
    rows = TeamMember.objects.filter(pk=member.pk, state__in=states)
    if not rows.update(state=State.REMOVED, answered_at=at):
        raise CompetitionError(_("This person takes no part any more. Open the page again."))
    member.refresh_from_db()


@transaction.atomic
def hand_over(entry, member, *, by, at):
    """Let another member lead: the entry is theirs from now on. Returns the entry."""
    competition, entry = lock_led_team(entry, by=by)
    member = accepted_members(entry).filter(pk=member.pk).exclude(user=by).first()
    if member is None:
        raise CompetitionError(
            _("Only somebody who takes part in the team can lead it. Open the page again.")
        )
    ordinal = free_ordinal(competition, member.user)
    if ordinal is None:
        raise _no_room(member)
    try:
        with transaction.atomic():
            Entry.objects.filter(pk=entry.pk).update(
                entrant=member.user, ordinal=ordinal, declared=member.declared
            )
    except IntegrityError:
        raise _no_room(member) from None
    accepted_members(entry).filter(user=by).update(declared=entry.declared)
    entry.refresh_from_db()
    audit.record("team.handed_over", by=by, target=entry, about=member.user, member=member.pk)
    look_again(entry, at=at)
    return entry


def _no_room(member):
    return CompetitionError(
        _("%(name)s has an entry already, and the call allows no more. Let another member lead the team.")
        % {"name": member.user}
    )


@transaction.atomic
def set_contribution(member, text, *, by, at):
    """What a member does for the entry; written by the member or the leader."""
    _competition, entry = lock_changeable(member.entry)
    if by.pk not in {member.user_id, entry.entrant_id}:
        raise NotLeader(_("Only the member and the leader of the team may write this."))
    text = one_line(text)[:CONTRIBUTION_MAX_LENGTH]
    rows = TeamMember.objects.filter(pk=member.pk, state=State.ACCEPTED)
    if not rows.update(contribution=text):
        raise CompetitionError(_("This person takes no part any more. Open the page again."))
    audit.record("team.contribution_set", by=by, target=entry, about=member.user, member=member.pk)
