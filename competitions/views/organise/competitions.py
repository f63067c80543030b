"""The organiser's board, a competition at a glance, and its acts: announcing, judging, cancelling."""

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
from competitions.actions.calls.competitions import announce_competition, cancel_competition, start_judging
from competitions.actions.calls.records import record_of
from competitions.actions.erasure import forgets_at
from competitions.actions.judging.redacting import MADE_IN, unchecked_count
from competitions.forms.competition import ReasonForm
from competitions.models import Competition
from competitions.permissions import can_create_competition
from competitions.states import COMPETITION_MOVES
from competitions.views.organise.board import OVER, checklist, counted, next_date, overview_counts
from competitions.views.organise.call_form import can_edit
from competitions.views.organise.parts import attempt, managed, organises_something, page_of

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


def overview(request, slug):
    competition, at = managed(request, slug), now()
    counts = overview_counts(competition)
    steps = checklist(competition, counts, at=at)
    context = {
        "counts": counts,
        "checklist": steps,
        "is_ready": all(step["done"] for step in steps),
        "can_edit": can_edit(competition, at=at),
        "can_cancel": competition.state in COMPETITION_MOVES["cancel"][0],
        "record": record_of(competition),
        "next_date": next_date(competition, at=at),
        "forgets_at": forgets_at(competition),
        "unchecked_copies": _unchecked_copies(competition, at=at),
    }
    page = page_of(competition, "organise_competition", at=at, **context)
    return render(request, "competitions/organise/overview.html", page)


def _unchecked_copies(competition, *, at):
    """How many copies for blind rounds nobody has checked, once that can be done; it stands in nobody's way."""
    is_time = competition.state in MADE_IN and competition.has_closed(at)
    return unchecked_count(competition) if is_time else 0


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
