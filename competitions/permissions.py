"""Who may do what in a competition. The state of things is checked by the acts themselves."""

from accounts.permissions import has_permission, scope_of
from accounts.roles import Permission


def can_create_competition(user):
    return has_permission(user, Permission.CREATE_COMPETITION)


def can_manage_competition(user, competition):
    return has_permission(user, Permission.MANAGE_COMPETITION, scope=scope_of(competition))


def can_run_stage(user, competition):
    """Call up presentations and time them: the chair and the organiser."""
    if can_manage_competition(user, competition):
        return True
    return competition.judges.active().filter(user=user, is_chair=True).exists()


def can_run_meeting(user, meeting):
    """Take attendance, put motions and close the meeting: the organiser, and the chair of the committee that meets."""
    if can_manage_competition(user, meeting.competition):
        return True
    chairs = meeting.competition.judges.active().filter(user=user, is_chair=True)
    return any(judge.track_id in {None, meeting.track_id} for judge in chairs)


def can_enter(user, competition):
    """Any account may, except those who run or judge the competition (`is_judged_by_user`, where it is known)."""
    if not has_permission(user, Permission.ENTER_COMPETITION) or can_manage_competition(user, competition):
        return False
    if hasattr(competition, "is_judged_by_user"):
        return not competition.is_judged_by_user
    return not competition.judges.filter(user=user).exists()


def can_ask(user, competition):
    """Any account may, except those who would answer."""
    return user.is_authenticated and not can_manage_competition(user, competition)


def can_lead_entry(user, entry):
    """Withdraw it, invite to its team and hand it over."""
    return entry.entrant_id == user.pk


def can_change_entry(user, entry):
    """Write in it and submit it: the entrant, and who takes part in the team."""
    return can_lead_entry(user, entry) or entry.members.filter(user=user, state="accepted").exists()
