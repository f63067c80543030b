"""Meetings of the committee: the list, calling one, changing what it was called with."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.errors import Refusal
from competitions.actions.deciding.meetings import MET_IN, cancel_meeting, change_meeting, prepare_meeting
from competitions.forms.meetings import MeetingForm
from competitions.models import Meeting
from competitions.views.organise.parts import attempt, managed, page_of

TAB = "organise_result"


@require_safe
def meetings(request, slug):
    competition = managed(request, slug)
    rows = competition.meetings.select_related("track").annotate(
        present=Count("members", filter=Q(members__is_present=True)),
        signed=Count("members", filter=Q(members__signed_at__isnull=False)),
    )
    context = {"meetings": list(rows), "can_call": competition.state in MET_IN}
    page = page_of(competition, TAB, at=now(), **context)
    return render(request, "competitions/organise/meetings.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def new_meeting(request, slug):
    competition = managed(request, slug)
    number = competition.meetings.count() + 1
    usual = {"title": _("Committee meeting no. %(number)s") % {"number": number}}
    form = MeetingForm(request.POST or None, competition=competition, initial=usual)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = prepare_meeting(competition, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is called; the members with an account are told."))
            return redirect("competitions:run_meeting", meeting.pk)
    return _form_page(request, competition, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_meeting(request, slug, pk):
    competition = managed(request, slug)
    meeting = get_object_or_404(competition.meetings, pk=pk)
    form = MeetingForm(request.POST or None, competition=competition, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(meeting, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The meeting is changed."))
            return redirect("competitions:run_meeting", pk)
    return _form_page(request, competition, form, meeting=meeting)


def _form_page(request, competition, form, *, meeting=None):
    is_prepared = bool(meeting) and meeting.state == Meeting.State.PREPARED
    page = page_of(competition, TAB, at=now(), form=form, meeting=meeting, can_cancel=is_prepared)
    status = 422 if form.is_bound else 200
    return render(request, "competitions/organise/meeting_form.html", page, status=status)


@require_POST
def cancel(request, slug, pk):
    meeting = get_object_or_404(managed(request, slug).meetings, pk=pk)
    attempt(request, lambda: cancel_meeting(meeting, by=request.user), done=_("The meeting is called off."))
    return redirect("competitions:organise_meetings", slug)
