"""The organiser's board, and a competition from its first line to its judging."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.calls.changes import change_competition
from competitions.actions.calls.competitions import (
    announce_competition,
    cancel_competition,
    create_competition,
    start_judging,
)
from competitions.actions.calls.notice_limits import last_moment
from competitions.actions.calls.notices import change_call
from competitions.actions.calls.records import fingerprint, record_of
from competitions.forms.competition import ReasonForm
from competitions.forms.competition_page import CompetitionPage, with_more_rows
from competitions.forms.rules import NoticeForm
from competitions.models import Competition
from competitions.models.competition import CALL_MAX_LENGTH
from competitions.permissions import can_create_competition
from competitions.states import COMPETITION_MOVES, CompetitionState
from competitions.views.organise.board import OVER, checklist, counted, next_date, overview_counts
from competitions.views.organise.call_start import start_from
from competitions.views.organise.parts import attempt, managed, organises_something, page_of
from competitions.views.organise.start import choices, started_page

PER_PAGE = 20
SHOWS = {"running": ~Q(state__in=OVER), "over": Q(state__in=OVER), "all": Q()}


def board(request):
    require(organises_something(request.user))
    mine = Competition.objects.managed_by(request.user)
    query = request.GET.get("q", "").strip()[:100].replace("\x00", "")
    if query:
        mine = mine.filter(title__icontains=query)
    show = request.GET.get("show") if request.GET.get("show") in SHOWS else "running"
    page = Paginator(counted(mine.filter(SHOWS[show])), PER_PAGE).get_page(request.GET.get("page"))
    at = now()
    for competition in page:
        competition.phase_now, competition.next_date = competition.phase(at), next_date(competition, at=at)
    context = {
        "page_obj": page,
        "query": query,
        "show": show,
        "kept": [("show", show)],
        "tabs": _shows(mine, show=show, query=query),
        "tabs_label": _("Competitions by progress"),
        "can_create": can_create_competition(request.user),
    }
    return render(request, "competitions/organise/board.html", context)


def _shows(mine, *, show, query):
    labels = {"running": _("Running"), "over": _("Over"), "all": _("All")}
    counts = mine.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in SHOWS.items() if name != "all"}
    )
    counts["all"] = sum(counts.values())
    return [
        {
            "label": label,
            "address": "?" + urlencode({"show": name, "q": query}),
            "current": name == show,
            "count": counts[name],
        }
        for name, label in labels.items()
    ]


def new(request):
    require(can_create_competition(request.user))
    try:
        began = start_from(request)
    except Refusal as refusal:
        return choices(request, problems=str(refusal).split("\n"), status=422)
    if began and request.method != "POST":
        return started_page(request, began)
    page = CompetitionPage(_posted(request), record=began and began.record)
    if request.method == "POST" and "more" in request.POST:
        page.without_errors()
    elif request.method == "POST" and page.is_valid():
        try:
            competition = create_competition(
                page.record(),
                by=request.user,
                at=now(),
                idempotency_key=page.call.cleaned_data["idempotency_key"],
                copied_from=began and began.source,
            )
        except Refusal as refusal:
            page.add_error(str(refusal))
        else:
            messages.success(
                request, _("The competition is saved as a draft. Nobody sees it until you announce it.")
            )
            return redirect("competitions:organise_competition", competition.slug)
    return _form_page(request, page, heading=_("New competition"))


def _posted(request):
    if request.method != "POST":
        return None
    return with_more_rows(request.POST, request.POST.get("more", ""))


def _form_page(request, page, **context):
    status = 422 if page.has_errors else 200
    return render(request, "competitions/organise/form.html", {"page": page, **context}, status=status)


@require_POST
def preview(request):
    """Show the call as it will look; a part for htmx, a page without it."""
    require(organises_something(request.user))
    text = request.POST.get("call", "")
    context = {"call": text[:CALL_MAX_LENGTH], "is_cut": len(text) > CALL_MAX_LENGTH}
    name = "_preview" if request.htmx else "preview"
    return render(request, f"competitions/organise/{name}.html", context)


def overview(request, slug):
    competition, at = managed(request, slug), now()
    counts = overview_counts(competition)
    steps = checklist(competition, counts, at=at)
    context = {
        "counts": counts,
        "checklist": steps,
        "is_ready": all(step["done"] for step in steps),
        "can_edit": _can_edit(competition, at=at),
        "can_cancel": competition.state in COMPETITION_MOVES["cancel"][0],
        "record": record_of(competition),
        "next_date": next_date(competition, at=at),
    }
    page = page_of(competition, "organise_competition", at=at, **context)
    return render(request, "competitions/organise/overview.html", page)


def _can_edit(competition, *, at):
    if competition.state == CompetitionState.DRAFT:
        return True
    return competition.state == CompetitionState.ANNOUNCED and at < last_moment(competition)


def edit(request, slug):
    competition, at = managed(request, slug), now()
    if not _can_edit(competition, at=at):
        messages.error(request, _("Entries are over, so the call can no longer be changed."))
        return redirect("competitions:organise_competition", slug)
    record, posted = record_of(competition), _posted(request)
    notice = NoticeForm(posted) if competition.state == CompetitionState.ANNOUNCED else None
    page = CompetitionPage(posted, record=record, competition=competition, notice=notice)
    if request.method == "POST" and "more" in request.POST:
        page.without_errors()
    elif request.method == "POST" and page.is_valid():
        try:
            _save(competition, page, by=request.user, at=at)
        except Refusal as refusal:
            page.add_error(str(refusal))
            page.call.data = page.call.data.copy()
            page.call.data["seen"] = fingerprint(record_of(competition))
        else:
            messages.success(request, _("The competition is saved."))
            return redirect("competitions:organise_competition", page.call.cleaned_data["slug"])
    return _form_page(request, page, heading=_("Change the competition"), competition=competition)


def _save(competition, page, *, by, at):
    """Change a draft, or an announced call by its notice."""
    seen = page.call.cleaned_data["seen"]
    if page.notice is None:
        change_competition(competition, page.record(), by=by, at=at, seen=seen)
        return
    told = page.notice.cleaned_data
    change_call(
        competition,
        page.record(),
        text=told["text"],
        kind=told["notice_kind"],
        exception=told["exception"],
        by=by,
        at=at,
        seen=seen,
    )


@require_POST
def announce(request, slug):
    competition = managed(request, slug)
    attempt(
        request,
        lambda: announce_competition(competition, by=request.user, at=now()),
        done=_("The call is announced. Everybody can read it now."),
    )
    return redirect("competitions:organise_competition", slug)


@require_POST
def begin_judging(request, slug):
    competition = managed(request, slug)
    attempt(
        request,
        lambda: start_judging(competition, by=request.user, at=now()),
        done=_("Judging has begun. The judges can fill in their sheets."),
    )
    return redirect("competitions:organise_competition", slug)


def cancel(request, slug):
    competition, at = managed(request, slug), now()
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_competition(competition, by=request.user, at=at, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The competition is cancelled."))
            return redirect("competitions:organise_competition", slug)
    page = page_of(competition, "organise_competition", at=at, form=form)
    return render(request, "competitions/organise/cancel.html", page, status=422 if form.errors else 200)
