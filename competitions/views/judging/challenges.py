"""Challenges of other members, for their colleagues to vote on."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.conflicts.challenge_votes import count_of, open_to, vote
from competitions.forms.conflicts import VoteForm
from competitions.models import Judge


def challenges(request):
    """Those that wait; the challenged member has none of it, nor who is kept from the entry."""
    require(Judge.objects.filter(user=request.user).exists())
    rows = open_to(request.user).prefetch_related("votes__judge")
    shown = [(row, any(each.judge.user_id == request.user.pk for each in row.votes.all())) for row in rows]
    return render(request, "competitions/judging/challenges.html", {"rows": shown})


def challenge(request, pk):
    row = get_object_or_404(open_to(request.user), pk=pk)
    form = VoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            vote(row, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your vote is counted."))
            return redirect("competitions:judging_challenges")
    mine = row.votes.filter(judge__user=request.user).first()
    context = {"conflict": row, "count": count_of(row), "mine": mine, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "competitions/judging/challenge.html", context, status=status)
