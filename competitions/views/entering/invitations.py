"""An invitation to a team, opened by its link: what it means, and the answer."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.decorators import public
from accounts.errors import Refusal
from competitions.actions.entries.eligibility import NotEligible
from competitions.actions.teams.invitations import (
    InvitationUnknown,
    TakesPartAlready,
    accept,
    decline,
    invitation_of,
    refuse_joining,
)
from competitions.actions.teams.letters import team_name
from competitions.errors import ConflictOfInterest
from competitions.forms.team import InvitationForm

STATUS = {InvitationUnknown: 404, ConflictOfInterest: 403, TakesPartAlready: 200}
GONE = 410


@public  # who is invited reads what it is about before signing in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    if request.method == "POST" and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        member = invitation_of(token)
        if request.method == "POST":
            return _answered(request, member, token)
        refuse_joining(member, by=request.user, at=now())
    except Refusal as refusal:
        return _over(request, refusal)
    return _page(request, member, InvitationForm(record=member.entry.competition.eligibility_record))


def _answered(request, member, token):
    if request.POST.get("act") == "decline":
        decline(token, by=request.user, at=now())
        messages.success(request, _("You have declined the invitation. You are not listed in the team."))
        return redirect(member.entry.competition)
    refuse_joining(member, by=request.user, at=now())
    form = InvitationForm(request.POST, record=member.entry.competition.eligibility_record)
    if form.is_valid():
        try:
            accept(token, by=request.user, at=now(), declared=form.declared)
        except NotEligible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("You take part in the team now."))
            return redirect("competitions:team", member.entry_id)
    return _page(request, member, form, status=422)


def _page(request, member, form, *, status=200):
    competition = member.entry.competition
    context = {
        "member": member,
        "competition": competition,
        "team_name": team_name(member.entry),
        "inviter": member.invited_by,
        "form": form,
        "keep_days": competition.keep_days,
    }
    return render(request, "competitions/invitation.html", context, status=status)


def _over(request, refusal):
    """A page of its own for each way an invitation can be over."""
    context = {"problem": str(refusal), "entry": getattr(refusal, "entry", None)}
    status = STATUS.get(type(refusal), GONE)
    return render(request, "competitions/invitation_over.html", context, status=status)
