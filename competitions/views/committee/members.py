"""One member of a committee: what is kept of them, the invitation, the letter of appointment, and leaving."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.context_processors import own_government
from accounts.errors import Refusal
from competitions.actions.committee.appointments import issue_letter
from competitions.actions.committee.invitations import expires_at
from competitions.actions.committee.jury import COMMITTEE_STATES
from competitions.actions.committee.members import change_member, leave_committee
from competitions.documents.typst_pdf import pdf
from competitions.forms.jury import LeaveForm, MemberForm
from competitions.models import Judge
from competitions.states import SheetState
from competitions.views.committee.parts import MEMBERS, state_words
from competitions.views.judging.appointment_parts import appointment_data
from competitions.views.organise.parts import attempt, managed, page_of

PDF = "application/pdf"
State = Judge.State


def judge_for(request, slug, pk):
    """(competition, judge) for its organiser."""
    competition = managed(request, slug)
    judge = get_object_or_404(competition.judges.select_related("user", "track"), pk=pk)
    judge.competition = competition
    return competition, judge


@require_http_methods(["GET", "HEAD", "POST"])
def member(request, slug, pk):
    _competition, judge = judge_for(request, slug, pk)
    if request.method != "POST":
        return _page(request, judge, MemberForm(judge=judge))
    form = MemberForm(request.POST, judge=judge)
    if form.is_valid():
        try:
            change_member(judge, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept: %(name)s.") % {"name": form.cleaned_data["name"]})
            return redirect("competitions:organise_committee", slug)
    return _page(request, judge, form, status=422)


def _page(request, judge, form, *, status=200):
    competition = judge.competition
    states = list(judge.assignments.values_list("state", flat=True))
    signed = states.count(SheetState.SIGNED)
    can_change = competition.state in COMMITTEE_STATES
    is_open = judge.state == State.INVITED
    context = {
        "judge": judge,
        "state_words": state_words(judge),
        "form": form if can_change and judge.state in MEMBERS else None,
        "expires_at": expires_at(judge) if is_open else None,
        "signed": signed,
        "sheets": len(states) - states.count(SheetState.RECUSED),
        "ties": list(judge.relations.all()),
        "can_change": can_change,
        "can_answer": can_change and is_open,
        "can_leave": can_change and judge.state == State.ACCEPTED,
        "can_remove": can_change and not is_open and not signed and not judge.letter_number,
        "can_number": can_change and judge.state == State.ACCEPTED and not judge.letter_number,
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/organise/member.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, slug, pk):
    competition, judge = judge_for(request, slug, pk)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            freed = leave_committee(judge, reason=form.cleaned_data["reason"], by=request.user, at=now())
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            words = {"name": judge.name, "count": freed}
            messages.success(
                request, _("%(name)s has left the committee. Sheets set free: %(count)s.") % words
            )
            return redirect("competitions:organise_committee", slug)
    states = list(judge.assignments.values_list("state", flat=True))
    context = {
        "judge": judge,
        "form": form,
        "signed": states.count(SheetState.SIGNED),
        "unsigned": states.count(SheetState.ASSIGNED) + states.count(SheetState.STARTED),
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/member_leave.html", page, status=status)


@require_POST
def number_letter(request, slug, pk):
    _competition, judge = judge_for(request, slug, pk)
    attempt(
        request,
        lambda: issue_letter(judge, by=request.user, at=now()),
        done=_("The letter of appointment has its number."),
    )
    return redirect("competitions:organise_member", slug, pk)


@require_safe
def letter(request, slug, pk):
    _competition, judge = judge_for(request, slug, pk)
    return letter_file(judge)


def letter_file(judge):
    """The letter as PDF; 404 while it has no number."""
    if not judge.letter_number:
        raise Http404
    response = HttpResponse(
        pdf("appointment", appointment_data(judge, government=own_government())), content_type=PDF
    )
    response["Content-Disposition"] = content_disposition_header(True, f"{judge.letter_number}.pdf")
    return response
