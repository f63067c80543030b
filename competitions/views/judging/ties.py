"""A judge's own page of one committee: the pledge, declared ties and the letter of appointment."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.errors import Refusal
from competitions.actions.committee.jury import COMMITTEE_STATES
from competitions.actions.committee.ties import declare_ties, pledge
from competitions.forms.ties import PledgeForm, TiesForm
from competitions.models import Judge
from competitions.views.committee.members import letter_file


def _own_row(request, slug):
    """The person's own membership; 404 for everybody else."""
    rows = Judge.objects.active().select_related("competition", "track", "user")
    return get_object_or_404(rows, user=request.user, competition__slug=slug)


@require_http_methods(["GET", "HEAD", "POST"])
def ties(request, slug):
    judge = _own_row(request, slug)
    form_class = TiesForm if judge.pledged_at else PledgeForm
    if request.method != "POST":
        return _page(request, judge, form_class())
    form = form_class(request.POST)
    if form.is_valid():
        act = declare_ties if judge.pledged_at else pledge
        try:
            act(judge, form.ties, by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Your declaration is kept."))
            return redirect("competitions:judge_ties", slug)
    return _page(request, judge, form, status=422)


def _page(request, judge, form, *, status=200):
    context = {
        "judge": judge,
        "competition": judge.competition,
        "form": form,
        "declared": list(judge.relations.all()),
        "can_declare": judge.competition.state in COMMITTEE_STATES,
    }
    return render(request, "competitions/judging/ties.html", context, status=status)


@require_safe
def letter(request, slug):
    return letter_file(_own_row(request, slug))
