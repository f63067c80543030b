"""The chair's screen: who presents now, the time, who is next, and how many sheets are signed."""

from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import require
from casebook.content import content_sha256
from competitions.actions.rounds.stage import TURN_MOVES, move_on
from competitions.models import Assignment, Competition, Conflict, PresentationSlot, Round
from competitions.permissions import can_run_stage
from competitions.states import CompetitionState, SheetState
from competitions.views.organise.parts import attempt
from competitions.views.rounds.parts import is_blind, keeps_apart

State = PresentationSlot.State


@never_cache
@require_safe
def stage(request, slug, code):
    round_ = _round(request, slug, code)
    return render(request, "competitions/rounds/stage.html", _context(request, round_))


@never_cache
@require_safe
def stage_part(request, slug, code):
    """The screen as it is now, for htmx; nothing when it is as the page has it."""
    context = _context(request, _round(request, slug, code))
    if request.GET.get("seen") == context["stamp"]:
        return HttpResponse(status=204)
    return render(request, "competitions/rounds/_stage.html", context)


@require_POST
def act(request, slug, code):
    round_ = _round(request, slug, code)
    slot = get_object_or_404(
        round_.slots.select_related("entry__entrant"), pk=_number(request.POST.get("slot"))
    )
    slot.round = round_
    name = request.POST.get("act")
    if name in TURN_MOVES:
        attempt(request, lambda: move_on(slot, name, by=request.user, at=now()), done="")
    return redirect("competitions:stage", slug, code)


def _number(text):
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else 0


def _round(request, slug, code):
    competition = get_object_or_404(Competition.objects.visible_to(request.user), slug=slug)
    require(can_run_stage(request.user, competition))
    round_ = get_object_or_404(competition.rounds, code=code, kind=Round.Kind.PRESENTATION)
    round_.competition = competition
    return round_


def _context(request, round_):
    competition = round_.competition
    apart = keeps_apart(request.user, competition)
    slots = [_row(slot, apart=apart) for slot in round_.slots.select_related("entry").defer("entry__draft")]
    current = next((row for row in slots if row["slot"].state == State.PRESENTING), None)
    waiting = [row for row in slots if row["slot"].state == State.WAITING]
    signed, sheets = _sheets(round_, current["slot"].entry_id) if current else (0, 0)
    return {
        "competition": competition,
        "round": round_,
        "slots": slots,
        "current": current,
        "waiting": waiting,
        "signed": signed,
        "sheets": sheets,
        "server_now": now(),
        "is_blind": is_blind(competition),
        "can_act": competition.state == CompetitionState.JUDGING,
        "stamp": _stamp(slots, signed, sheets, competition),
    }


def _row(slot, *, apart):
    """A chair who must not see an entry calls its place in the order, and sees neither code nor title."""
    return {"slot": slot, "hidden": slot.entry_id in apart}


def _sheets(round_, entry):
    """(signed, all) sheets of the entry that count. One query."""
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    found = (
        Assignment.objects.filter(~Exists(conflicts), round=round_, entry=entry)
        .exclude(state=SheetState.RECUSED)
        .aggregate(signed=Count("pk", filter=Q(state=SheetState.SIGNED)), all=Count("pk"))
    )
    return found["signed"], found["all"]


def _stamp(slots, signed, sheets, competition):
    rows = [[row["slot"].pk, row["slot"].position, row["slot"].state] for row in slots]
    return content_sha256({"rows": rows, "sheets": [signed, sheets], "state": competition.state})[:16]
