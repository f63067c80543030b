"""The public vote, made for a phone and for a rush."""

from ipaddress import ip_address, ip_network

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models.functions import Now
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.decorators import public
from accounts.errors import Refusal
from accounts.middleware import client_address
from competitions.actions.rounds.ballots import cast_ballot, place_hash
from competitions.actions.rounds.candidates import (
    candidates,
    in_own_order,
    own_entries,
    shown_case,
    why_no_voter,
)
from competitions.models import Competition, Round
from competitions.states import CompetitionState
from competitions.views.rounds.parts import is_published

NETWORK_OF_SIX = 64  # bits: what one connection has


@public  # who is not signed in reads the entries too, and is asked to sign in on voting
@never_cache
def vote(request, slug):
    competition = get_object_or_404(Competition.objects.public().defer("call", "plan"), slug=slug)
    rounds = _vote_rounds(competition)
    round_ = _chosen_round(rounds, request.POST.get("round") or request.GET.get("round"))
    if request.method != "POST":
        return _show(request, round_, rounds)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    return _cast(request, round_, rounds)


def _cast(request, round_, rounds):
    chosen = {
        int(pk) for pk in request.POST.getlist("entry") if pk.isascii() and pk.isdigit() and len(pk) < 19
    }
    try:
        _ballot, is_new = cast_ballot(round_, chosen, by=request.user, **_places(request, round_))
    except Refusal as refusal:
        return _show(request, round_, rounds, chosen=chosen, refusal=str(refusal), status=422)
    messages.success(
        request,
        _("Your vote is in. You can change it until the close.") if is_new else _("Your vote is changed."),
    )
    return redirect(f"{reverse('competitions:vote', args=[round_.competition.slug])}?round={round_.code}")


def _places(request, round_):
    """Keyed hashes of the network, and of the network with what the browser says of itself."""
    address = client_address(request.META)
    if address is None:
        return {}
    network = _network(address)
    browser = [request.META.get(name, "") for name in ("HTTP_USER_AGENT", "HTTP_ACCEPT_LANGUAGE")]
    return {
        "network_hash": place_hash(round_, "network", network),
        "device_hash": place_hash(round_, "device", network, *browser),
    }


def _network(address):
    if ip_address(address).version == 4:
        return address
    return str(ip_network((address, NETWORK_OF_SIX), strict=False))


def _vote_rounds(competition):
    rounds = list(competition.rounds.annotate(clock=Now()))
    competition.is_blind = any(each.blind for each in rounds)
    votes = [each for each in rounds if each.kind == Round.Kind.PUBLIC_VOTE]
    for each in votes:
        each.competition = competition
        each.phase = phase_of(each, at=each.clock)
    if not votes:
        raise Http404
    return votes


def phase_of(round_, *, at):
    """Return unset, upcoming, open, waiting (its time has come, but judging has not begun) or closed."""
    if round_.votes_from is None or round_.votes_until is None:
        return "unset"
    if at >= round_.votes_until:
        return "closed"
    if at < round_.votes_from:
        return "upcoming"
    return "open" if round_.competition.state == CompetitionState.JUDGING else "waiting"


def _chosen_round(rounds, code):
    named = [each for each in rounds if each.code == code]
    running = [each for each in rounds if each.phase == "open"]
    ahead = [each for each in rounds if each.phase in {"upcoming", "waiting", "unset"}]
    return [*named, *running, *ahead, *reversed(rounds)][0]


def _show(request, round_, rounds, *, chosen=None, refusal="", status=200):
    competition = round_.competition
    ballot = _own_ballot(request.user, round_)
    if chosen is None:
        chosen = {each.entry_id for each in ballot.choices.all()} if ballot else set()
    is_open = round_.phase == "open"
    context = {
        "competition": competition,
        "round": round_,
        "others": [each for each in rounds if each.pk != round_.pk],
        "rows": _rows(request, round_, chosen) if is_open else [],
        "may_not": why_no_voter(request.user, competition)
        if is_open and request.user.is_authenticated
        else "",
        "ballot": ballot,
        "refusal": refusal,
        "counts": _counts(round_) if is_published(competition) else None,
    }
    return render(request, "competitions/rounds/vote.html", context, status=status)


def _own_ballot(user, round_):
    if not user.is_authenticated:
        return None
    return round_.ballots.filter(voter=user).prefetch_related("choices").first()


def _rows(request, round_, chosen):
    competition, user = round_.competition, request.user
    rows = candidates(round_).shown_to(user).select_related("snapshot__redaction").defer("draft")
    own = own_entries(user, competition) if user.is_authenticated else set()
    of = user.pk if user.is_authenticated else client_address(request.META)
    return [
        {
            "entry": each,
            "case": shown_case(each, hides_names=competition.is_blind),
            "is_chosen": each.pk in chosen,
        }
        for each in in_own_order(rows, round_=round_, of=of)
        if each.pk not in own
    ]


def _counts(round_):
    ballots = round_.ballots
    return {"all": ballots.count(), "excluded": ballots.exclude(excluded_at=None).count()}
