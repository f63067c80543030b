"""A meeting on a member's phone: agenda, votes, minutes and signature."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.context_processors import own_government
from accounts.errors import Refusal
from competitions.actions.deciding.minutes import sign_minutes
from competitions.actions.deciding.minutes_content import hidden_words
from competitions.actions.deciding.motions import cast_vote
from competitions.documents.typst_pdf import pdf
from competitions.forms.meetings import SignForm
from competitions.models import Meeting, MotionVote
from competitions.permissions import can_manage_competition, can_run_meeting
from competitions.views.judging.meeting_parts import (
    masked_texts,
    meetings_of_member,
    minutes_shown,
    motion_rows,
    seats_at,
    signatures_of,
)
from competitions.views.judging.minutes_pdf import minutes_data
from competitions.views.organise.parts import attempt

PDF = "application/pdf"


def member_meeting(request, pk):
    """A meeting of a committee the person sits on; 404 for everybody else."""
    return get_object_or_404(meetings_of_member(request.user), pk=pk)


@never_cache
@require_safe
def meeting(request, pk):
    return _page(request, member_meeting(request, pk))


@require_POST
def vote(request, pk, motion):
    row = member_meeting(request, pk)
    found = get_object_or_404(row.motions.select_related("meeting__competition"), pk=motion)
    attempt(
        request,
        lambda: cast_vote(found, request.POST.get("choice", ""), by=request.user, at=now()),
        done=_("Your vote is counted."),
    )
    return redirect("competitions:meeting", pk)


@require_POST
def sign(request, pk):
    row = member_meeting(request, pk)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            sign_minutes(row, by=request.user, at=now(), objection=form.cleaned_data["objection"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("competitions:meeting", pk)
    return _page(request, row, form=form, status=422)


def _page(request, row, *, form=None, status=200):
    seats, words = seats_at(row), hidden_words(row, request.user)
    signatures = signatures_of(row, words) if row.minutes else []
    mine = next((each for each in signatures if each.judge.user_id == request.user.pk), None)
    title, agenda = masked_texts(row, words)
    context = {
        "meeting": row,
        "title": title,
        "agenda": agenda,
        "competition": row.competition,
        "seats": seats,
        "is_present": any(each.is_present and each.user_id == request.user.pk for each in seats.members),
        "motions": [] if row.minutes else motion_rows(row, seats, user=request.user, words=words),
        "choices": MotionVote.Choice.choices,
        "minutes": minutes_shown(row, words),
        "signatures": signatures,
        "mine": mine,
        "form": form or SignForm(),
        "can_run": can_run_meeting(request.user, row),
    }
    return render(request, "competitions/judging/meeting.html", context, status=status)


@require_safe
def minutes_pdf(request, pk):
    """The minutes as PDF, for members and the organiser; 404 while they are open."""
    row = get_object_or_404(Meeting.objects.select_related("competition", "track"), pk=pk)
    is_seen = can_manage_competition(request.user, row.competition)
    if not is_seen and not meetings_of_member(request.user).filter(pk=pk).exists():
        raise Http404
    if row.minutes is None:
        raise Http404
    data = minutes_data(row, user=request.user, government=own_government())
    response = HttpResponse(pdf("minutes", data), content_type=PDF)
    name = f"{row.competition.slug}-{row.number}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
