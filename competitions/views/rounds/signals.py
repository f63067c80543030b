"""The organiser's page of a vote: how many ballots, what looks odd, and leaving ballots out. Never a count of votes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.errors import Refusal
from competitions.actions.rounds.vote_signals import ballots_of, count_again, exclude_ballots, signals
from competitions.forms.rounds import ExcludeForm
from competitions.models import Round
from competitions.views.organise.parts import attempt, page_of
from competitions.views.rounds.parts import managed_round
from competitions.views.rounds.vote import phase_of

PER_PAGE = 100
SHORT = 6  # signs of a hash that tell two apart on a page


def signals_page(request, slug, code):
    round_ = managed_round(request, slug, code, Round.Kind.PUBLIC_VOTE)
    signal = request.GET.get("signal", "")
    if request.method != "POST":
        return _show(request, round_, signal)
    pks = _chosen(request, round_, signal)
    if request.POST.get("act") == "count":
        attempt(
            request,
            lambda: count_again(round_, pks, by=request.user, at=now()),
            done=_("These ballots count again."),
        )
        return _back(round_, signal)
    return _exclude(request, round_, signal, pks)


def _exclude(request, round_, signal, pks):
    form = ExcludeForm(request.POST)
    if form.is_valid():
        try:
            count = exclude_ballots(
                round_, pks, reason=form.cleaned_data["reason"], by=request.user, at=now()
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            done = ngettext("%(count)s ballot is left out.", "%(count)s ballots are left out.", count)
            messages.success(request, done % {"count": count})
            return _back(round_, signal)
    return _show(request, round_, signal, form=form, status=422)


def _chosen(request, round_, signal):
    if "all" in request.POST:
        return list(ballots_of(round_, signal).order_by().values_list("pk", flat=True))
    return [
        int(pk) for pk in request.POST.getlist("ballot") if pk.isascii() and pk.isdigit() and len(pk) < 19
    ]


def _back(round_, signal):
    address = reverse("competitions:organise_vote", args=[round_.competition.slug, round_.code])
    return redirect(f"{address}?{urlencode({'signal': signal})}" if signal else address)


def _show(request, round_, signal, *, form=None, status=200):
    page = Paginator(ballots_of(round_, signal), PER_PAGE).get_page(request.GET.get("page"))
    chosen = set(request.POST.getlist("ballot"))
    for ballot in page:
        ballot.network, ballot.device = ballot.network_hash[:SHORT], ballot.device_hash[:SHORT]
        is_known = ballot.voter and round_.votes_from
        ballot.is_young = bool(is_known) and ballot.voter.joined_at >= round_.votes_from
        ballot.is_ticked = str(ballot.pk) in chosen
    at = now()
    ballots = round_.ballots
    context = page_of(
        round_.competition,
        "organise_rounds",
        at=at,
        round=round_,
        vote_phase=phase_of(round_, at=at),
        count=ballots.count(),
        excluded=ballots.exclude(excluded_at=None).count(),
        signals=signals(round_),
        signal=signal,
        page_obj=page,
        form=form or ExcludeForm(),
    )
    return render(request, "competitions/rounds/signals.html", context, status=status)
