"""Running a meeting, for its chair and the organiser: attendance, motions, votes, closing, signatures."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.deciding.meetings import begin_meeting, mark_present
from competitions.actions.deciding.minutes import close_meeting, note_signature, remind_to_sign
from competitions.actions.deciding.minutes_content import hidden_words
from competitions.actions.deciding.motions import decide_motion, put_motion, record_vote, withdraw_motion
from competitions.errors import CompetitionError
from competitions.forms.meetings import CloseForm, MotionForm
from competitions.models import Judge, Meeting, MotionVote
from competitions.permissions import can_manage_competition, can_run_meeting
from competitions.views.judging.meeting_parts import (
    masked_texts,
    meetings_of_member,
    minutes_shown,
    motion_rows,
    seats_at,
    signatures_of,
)


def run_meeting_for(request, pk):
    """A meeting the person runs; 404 for who neither organises nor sits on the committee, 403 for other members."""
    rows = Meeting.objects.select_related("competition", "track")
    row = rows.filter(pk=pk).first()
    if row is None or not can_manage_competition(request.user, row.competition):
        row = get_object_or_404(meetings_of_member(request.user), pk=pk)
    require(can_run_meeting(request.user, row))
    return row


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def run(request, pk):
    row = run_meeting_for(request, pk)
    if request.method != "POST":
        return _page(request, row)
    act = request.POST.get("act", "")
    if act == "motion":
        return _with_form(
            request, row, MotionForm(request.POST, competition=row.competition), _put, "motion_form"
        )
    if act == "close":
        return _with_form(request, row, CloseForm(request.POST), _close, "close_form")
    if act in ACTS:
        try:
            messages.success(request, ACTS[act](request, row))
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect("competitions:run_meeting", pk)


def _with_form(request, row, form, act, name):
    if form.is_valid():
        try:
            messages.success(request, act(request, row, form.cleaned_data))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("competitions:run_meeting", row.pk)
    return _page(request, row, status=422, **{name: form})


def _put(request, row, given):
    put_motion(row, by=request.user, at=now(), **given)
    return _("The motion is put to the vote.")


def _close(request, row, given):
    close_meeting(row, remarks=given["remarks"], by=request.user, at=now())
    return _("The meeting is closed. Its minutes can be signed now.")


def _present(request, row):
    chosen = [int(each) for each in request.POST.getlist("present") if each.isdecimal() and len(each) < 19]
    count = mark_present(row, chosen, by=request.user)
    return _("Present: %(count)s.") % {"count": count}


def _begin(request, row):
    begin_meeting(row, by=request.user, at=now())
    return _("The meeting has begun.")


def _motion(request, row):
    number = request.POST.get("motion", "")
    found = row.motions.filter(pk=number) if number.isdecimal() and len(number) < 19 else row.motions.none()
    motion = found.select_related("meeting__competition").first()
    if motion is None:
        raise CompetitionError(_("This motion was withdrawn. Open the page again."))
    return motion


@transaction.atomic
def _record(request, row):
    """Votes of members in the room, as many as were noted: vote_<pk of the judge>."""
    motion, count = _motion(request, row), 0
    judges = Judge.objects.filter(competition=row.competition_id)
    for judge in judges:
        choice = request.POST.get(f"vote_{judge.pk}", "")
        if choice:
            record_vote(motion, judge, choice, by=request.user, at=now())
            count += 1
    if not count:
        raise CompetitionError(_("Choose how at least one member votes."))
    return _("Votes noted: %(count)s.") % {"count": count}


def _decide(request, row):
    motion = decide_motion(_motion(request, row), by=request.user, at=now())
    return _("Motion %(number)s: %(outcome)s.") % {
        "number": motion.position,
        "outcome": motion.get_outcome_display(),
    }


def _withdraw(request, row):
    withdraw_motion(_motion(request, row), by=request.user)
    return _("The motion is withdrawn.")


def _remind(request, row):
    count = remind_to_sign(row, by=request.user, at=now())
    return _("Asked to sign: %(count)s.") % {"count": count}


def _paper(request, row):
    judge = Judge.objects.filter(
        competition=row.competition_id, pk=_number(request.POST.get("judge"))
    ).first()
    if judge is None:
        raise CompetitionError(_("Only members who were present sign the minutes."))
    note_signature(row, judge, by=request.user, at=now(), objection=request.POST.get("objection", ""))
    return _("The signature of %(name)s is noted.") % {"name": judge.name}


def _number(text):
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0


ACTS = {
    "present": _present,
    "begin": _begin,
    "vote": _record,
    "decide": _decide,
    "withdraw": _withdraw,
    "remind": _remind,
    "paper": _paper,
}


def _page(request, row, *, status=200, **forms):
    seats, words = seats_at(row), hidden_words(row, request.user)
    title, agenda = masked_texts(row, words)
    motions = [] if row.minutes else motion_rows(row, seats, user=request.user, words=words)
    context = {
        "meeting": row,
        "title": title,
        "agenda": agenda,
        "competition": row.competition,
        "seats": seats,
        "motions": motions,
        "choices": MotionVote.Choice.choices,
        "minutes": minutes_shown(row, words),
        "signatures": signatures_of(row, words) if row.minutes else [],
        "motion_form": MotionForm(competition=row.competition),
        "close_form": CloseForm(initial={"remarks": row.remarks}),
        "is_organiser": can_manage_competition(request.user, row.competition),
        "in_room": row.mode == Meeting.Mode.IN_PERSON,
    }
    return render(request, "competitions/judging/run_meeting.html", context | forms, status=status)
