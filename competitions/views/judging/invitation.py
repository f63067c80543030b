"""An invitation to judge, opened by its link: what is asked, what is pledged, and the answer."""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.decorators import public
from accounts.errors import Refusal
from competitions.actions.committee.invitation_answers import (
    JudgesAlready,
    OtherAccount,
    accept,
    decline,
    refuse_answering,
)
from competitions.actions.committee.invitations import InvitationUnknown, expires_at, invitation_of
from competitions.errors import ConflictOfInterest
from competitions.forms.ties import DeclineForm, PledgeForm
from competitions.states import JUDGED_STATES, CompetitionState

STATUS = {InvitationUnknown: 404, ConflictOfInterest: 403, OtherAccount: 403, JudgesAlready: 200}
GONE = 410


@public  # who is invited reads what it is about before signing in, and may say no without an account
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, token):
    wants_no = request.POST.get("act") == "decline"
    if request.method == "POST" and not wants_no and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        judge = invitation_of(token)
        if wants_no:
            return _declined(request, judge, token)
        refuse_answering(judge, by=request.user, at=now())
        if request.method == "POST":
            return _accepted(request, judge, token)
    except Refusal as refusal:
        return _over(request, refusal)
    return _page(request, judge, PledgeForm())


def _accepted(request, judge, token):
    form = PledgeForm(request.POST)
    if not form.is_valid():
        return _page(request, judge, form, status=422)
    accept(token, by=request.user, at=now(), ties=form.ties)
    messages.success(request, _("Thank you. You are on the committee of “%(title)s”.") % _title(judge))
    return redirect("competitions:judge_ties", judge.competition.slug)


def _declined(request, judge, token):
    form = DeclineForm(request.POST)
    if not form.is_valid():
        refuse_answering(judge, by=request.user, at=now())
        return _page(request, judge, PledgeForm(), decline_form=form, status=422)
    by = request.user if request.user.is_authenticated else None
    decline(token, reason=form.cleaned_data["reason"], by=by, at=now())
    messages.success(
        request, _("You have declined to judge “%(title)s”. Thank you for the answer.") % _title(judge)
    )
    return redirect("competitions:competition_list")


def _title(judge):
    return {"title": judge.competition.title}


def _page(request, judge, form, *, decline_form=None, status=200):
    competition = judge.competition
    context = {
        "judge": judge,
        "competition": competition,
        "is_public": competition.state != CompetitionState.DRAFT,
        "until": expires_at(judge),
        "rounds": list(competition.rounds.all()),
        "entries": competition.entries.filter(state__in=JUDGED_STATES).count(),
        "form": form,
        "decline_form": decline_form or DeclineForm(auto_id="decline_%s"),
    }
    return render(request, "competitions/judging/invitation.html", context, status=status)


def _over(request, refusal):
    """A page of its own for each way an invitation can be over; an entrant can still say no."""
    context = {
        "problem": str(refusal),
        "competition": getattr(refusal, "competition", None),
        "decline_form": DeclineForm() if isinstance(refusal, ConflictOfInterest) else None,
        "is_other_account": isinstance(refusal, OtherAccount),
    }
    status = STATUS.get(type(refusal), GONE)
    return render(request, "competitions/judging/invitation_over.html", context, status=status)
