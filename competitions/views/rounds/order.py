"""The organiser's page of a running order: draw it once, move single turns with a reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.rounds.running_order import WAITING_STATES, draw_order, move_turn
from competitions.forms.rounds import DrawForm, MoveForm
from competitions.judging.errors import TallyError
from competitions.models import Round
from competitions.views.organise.parts import page_of
from competitions.views.rounds.parts import managed_round
from competitions.views.rounds.seed_words import seed_words


def order(request, slug, code):
    round_ = managed_round(request, slug, code, Round.Kind.PRESENTATION)
    if request.method != "POST":
        return _show(request, round_)
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            draw_order(round_, **form.cleaned_data, by=request.user, at=now())
        except (Refusal, TallyError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The order is drawn, and every entry in it was told its turn."))
            return redirect("competitions:organise_order", slug, code)
    return _show(request, round_, draw_form=form, status=422)


@require_POST
def move(request, slug, code):
    round_ = managed_round(request, slug, code, Round.Kind.PRESENTATION)
    slots = _slots(round_)
    form = MoveForm(request.POST, slots=_movable(slots))
    if form.is_valid():
        try:
            slot = next(each for each in slots if str(each.pk) == form.cleaned_data["slot"])
            move_turn(
                slot,
                to=form.cleaned_data["to"],
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=now(),
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The turn is moved. Everybody whose turn changed was told."))
            return redirect("competitions:organise_order", slug, code)
    return _show(request, round_, move_form=form, status=422)


def _slots(round_):
    slots = list(round_.slots.select_related("entry__track", "entry__entrant").defer("entry__draft"))
    for slot in slots:
        slot.round = round_
    return slots


def _movable(slots):
    return [each for each in slots if each.state in WAITING_STATES]


def _show(request, round_, *, draw_form=None, move_form=None, status=200):
    slots = _slots(round_)
    movable = _movable(slots)
    if not round_.drawn_at:
        draw_form = draw_form or DrawForm(initial={"minutes": round_.minutes})
    elif movable:
        move_form = move_form or MoveForm(slots=movable)
    context = page_of(
        round_.competition,
        "organise_rounds",
        at=now(),
        round=round_,
        slots=slots,
        draw_form=None if round_.drawn_at else draw_form,
        move_form=move_form,
        **seed_words(round_, slots),
    )
    return render(request, "competitions/rounds/order.html", context, status=status)
