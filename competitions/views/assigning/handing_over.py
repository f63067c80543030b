"""A judge drops out: what becomes of the sheets, and handing them over."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from competitions.actions.assigning.assignable import ASSIGNING_STATES
from competitions.actions.assigning.plan_values import reports_of
from competitions.actions.assigning.reassigning import hand_over, hand_over_plan
from competitions.forms.assigning import HandOverForm
from competitions.views.assigning.parts import rows_of, sentences_of
from competitions.views.organise.parts import managed, page_of


@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request, slug, pk):
    competition = managed(request, slug)
    judge = get_object_or_404(competition.judges.active().select_related("user", "competition"), pk=pk)
    if request.method != "POST":
        return _page(request, judge, form=HandOverForm())
    form = HandOverForm(request.POST)
    if form.is_valid():
        try:
            rounds = hand_over(judge, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, judge, rounds)
            return redirect("competitions:organise_committee", slug)
    return _page(request, judge, form=form, status=422)


def _tell(request, judge, rounds):
    freed, given = sum(each.freed for each in rounds), sum(len(each.missing) for each in rounds)
    messages.success(
        request,
        _("%(name)s has left the committee. Sheets freed: %(freed)s, given to others: %(given)s.")
        % {"name": judge.name, "freed": freed, "given": given},
    )
    if given < freed:
        messages.warning(
            request, _("Some entries have fewer judges than before. Assign them by hand or name a judge.")
        )


def _page(request, judge, *, form, status=200):
    competition = judge.competition
    can_assign = competition.state in ASSIGNING_STATES
    rounds = []
    for each in hand_over_plan(judge) if can_assign else []:
        plan = reports_of(each.assigned)
        rounds.append({
            "round": each.round, "freed": each.freed, "given": len(each.missing),
            "rows": rows_of(plan), "problems": sentences_of(plan),
        })  # fmt: skip
    context = {
        "judge": judge,
        "form": form,
        "rounds": rounds,
        "can_assign": can_assign,
        "signed": judge.assignments.signed().count(),
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/organise/assigning/hand_over.html", page, status=status)
