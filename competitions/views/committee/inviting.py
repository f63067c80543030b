"""Inviting somebody to the committee, sending the letter again, taking the invitation back."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.errors import Refusal
from competitions.actions.committee.invitations import (
    DAYS,
    invite_judge,
    renew_invitation,
    withdraw_invitation,
)
from competitions.actions.committee.jury import COMMITTEE_STATES
from competitions.forms.jury import InviteJudgeForm
from competitions.models import JudgeCandidate
from competitions.views.committee.members import judge_for
from competitions.views.organise.parts import attempt, managed, page_of


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, slug):
    competition = managed(request, slug)
    form = InviteJudgeForm(request.POST or None, competition=competition)
    if request.method == "POST" and form.is_valid():
        try:
            _invite(request, competition, form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The invitation goes to %(email)s.") % form.cleaned_data)
            return redirect("competitions:organise_committee", slug)
    context = {"form": form, "days": DAYS, "can_change": competition.state in COMMITTEE_STATES}
    page = page_of(competition, "organise_committee", at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/invite_judge.html", page, status=status)


def _invite(request, competition, written):
    """Who is in the pool is known again by the address."""
    known = JudgeCandidate.objects.filter(email__iexact=written["email"], left_at=None).first()
    invite_judge(competition, by=request.user, at=now(), candidate=known, **written)


@require_POST
def send_again(request, slug, pk):
    _competition, judge = judge_for(request, slug, pk)
    attempt(
        request,
        lambda: renew_invitation(judge, by=request.user, at=now()),
        done=_("The invitation goes to %(email)s again; the old link works no more.")
        % {"email": judge.email},
    )
    return redirect("competitions:organise_committee", slug)


@require_POST
def take_back(request, slug, pk):
    _competition, judge = judge_for(request, slug, pk)
    attempt(
        request,
        lambda: withdraw_invitation(judge, by=request.user, at=now()),
        done=_("The invitation of %(name)s is taken back.") % {"name": judge.name},
    )
    return redirect("competitions:organise_committee", slug)
