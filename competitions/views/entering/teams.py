"""The page of a team: who takes part and how, and the leader's acts."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.teams.invitations import invite, renew_invitation
from competitions.actions.teams.letters import invitation_link
from competitions.actions.teams.members import hand_over, leave, make_team, remove_member, set_contribution
from competitions.forms.team import ContributionForm, InviteForm, TeamNameForm
from competitions.models import Entry, TeamMember
from competitions.permissions import can_change_entry, can_lead_entry
from competitions.views.entering.team_parts import team_context
from competitions.views.organise.parts import attempt


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team(request, pk):
    """The team; a POST gives it its name."""
    entry = _entry(request, pk)
    if request.method != "POST":
        return _page(request, entry)
    require(can_lead_entry(request.user, entry))
    form = TeamNameForm(request.POST)
    if form.is_valid():
        try:
            make_team(entry, name=form.cleaned_data["name"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The name of the team is saved."))
            return redirect("competitions:team", pk)
    return _page(request, entry, name_form=form, form=form, status=422)


@never_cache
@require_POST
def send_invitation(request, pk):
    entry = _led(request, pk)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            member, secret = invite(entry, email=form.cleaned_data["email"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _invited(request, entry, member, secret)
    return _page(request, entry, invite_form=form, form=form, status=422)


@never_cache
@require_POST
def renew(request, pk, member):
    entry = _led(request, pk)
    row = _member(entry, member)
    renewed = attempt(request, lambda: renew_invitation(row, by=request.user, at=now()), done="")
    if renewed:
        return _invited(request, entry, *renewed)
    return redirect("competitions:team", pk)


def _invited(request, entry, member, secret):
    """A letter takes the link along; a link to pass on is in this answer and nowhere else."""
    if member.email:
        messages.success(request, _("The invitation goes to %(email)s.") % {"email": member.email})
        return redirect("competitions:team", entry.pk)
    return _page(request, entry, link=invitation_link(secret), invited=member)


@require_POST
def remove(request, pk, member):
    entry = _led(request, pk)
    row = _member(entry, member)
    done = (
        _("%(name)s is off the team.") % {"name": row.user}
        if row.user
        else _("The invitation is taken back.")
    )
    attempt(request, lambda: remove_member(row, by=request.user, at=now()), done=done)
    return redirect("competitions:team", pk)


@require_POST
def let_lead(request, pk, member):
    entry = _led(request, pk)
    row = _member(entry, member)
    done = _("%(name)s leads the team from now on.") % {"name": row.user or row.email}
    attempt(request, lambda: hand_over(entry, row, by=request.user, at=now()), done=done)
    return redirect("competitions:team", pk)


@require_POST
def leave_team(request, pk):
    entry = _entry(request, pk)
    row = get_object_or_404(entry.members, user=request.user, state=TeamMember.State.ACCEPTED)
    try:
        leave(row, by=request.user, at=now())
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("competitions:team", pk)
    messages.success(request, _("You take no part in this team any more."))
    return redirect("competitions:my_entries")


@require_POST
def contribution(request, pk, member):
    entry = _entry(request, pk)
    row = _member(entry, member)
    require(row.user_id == request.user.pk or can_lead_entry(request.user, entry))
    form = ContributionForm(request.POST, member=row)
    if not form.is_valid():
        return _page(request, entry, contribution_forms={row.pk: form}, form=form, status=422)
    text = form.cleaned_data["contribution"]
    attempt(request, lambda: set_contribution(row, text, by=request.user, at=now()), done=_("Saved."))
    return redirect("competitions:team", pk)


def _entry(request, pk):
    entries = Entry.objects.visible_to(request.user).select_related("competition", "track")
    entry = get_object_or_404(entries, pk=pk)
    require(can_change_entry(request.user, entry))
    return entry


def _led(request, pk):
    entry = _entry(request, pk)
    require(can_lead_entry(request.user, entry))
    return entry


def _member(entry, pk):
    return get_object_or_404(entry.members.select_related("user", "entry"), pk=pk)


def _page(request, entry, *, status=200, **context):
    context = team_context(entry, user=request.user, at=now(), **context)
    return render(request, "competitions/team.html", context, status=status)
