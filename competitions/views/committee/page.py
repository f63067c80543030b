"""The committee of a competition: judges, and which entries they have."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from competitions.actions.assigning.by_hand import (
    ASSIGNING_STATES,
    assign_all,
    entries_of_round,
    set_assignments,
)
from competitions.actions.committee.jury import COMMITTEE_STATES, name_judge, remove_judge
from competitions.actions.conflicts.sheets import standing_states
from competitions.forms.jury import JudgeForm
from competitions.forms.screening import TableFileForm
from competitions.states import JUDGED_STATES, SheetState
from competitions.views.committee.parts import SHOWS, SORTS, composition_of, judges_of, shown
from competitions.views.organise.parts import attempt, managed, page_of

PER_PAGE = 50
NAMES_SHOWN = 10


def committee(request, slug):
    return committee_page(request, managed(request, slug))


def committee_page(request, competition, *, form=None, file_form=None, status=200, **context):
    rounds = competition.rounds.annotate(
        sheets=Count("assignments", filter=standing_states(path="assignments__"), distinct=True),
        signed=Count(
            "assignments", filter=standing_states(SheetState.SIGNED, path="assignments__"), distinct=True
        ),
    )
    at, judges = now(), judges_of(competition)
    rows, chosen = shown(judges, request.GET)
    tracks = dict(competition.tracks.values_list("code", "name"))
    context |= {
        "judges": rows,
        "chosen": chosen,
        "shows": SHOWS.items(),
        "sorts": SORTS.items(),
        "has_tracks": len(tracks) > 1,
        "composition": composition_of(competition, judges, tracks=tracks, at=at),
        "rounds": rounds,
        "accepted": competition.entries.filter(state__in=JUDGED_STATES).count(),
        "form": form or JudgeForm(),
        "file_form": file_form or TableFileForm(),
        "can_change": competition.state in COMMITTEE_STATES,
        "can_assign": competition.state in ASSIGNING_STATES,
    }
    page = page_of(competition, "organise_committee", at=at, **context)
    return render(request, "competitions/organise/committee.html", page, status=status)


@require_POST
def add_judge(request, slug):
    competition = managed(request, slug)
    form = JudgeForm(request.POST)
    if form.is_valid():
        try:
            judge = name_judge(competition, by=request.user, at=now(), **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s is on the committee as %(code)s.") % vars(judge))
            return redirect("competitions:organise_committee", slug)
    return committee_page(request, competition, form=form, status=422)


@require_POST
def drop_judge(request, slug, pk):
    judge = _judge(managed(request, slug), pk)
    done = _("%(name)s is no longer on the committee.") % {"name": judge.name}
    attempt(request, lambda: remove_judge(judge, by=request.user, at=now()), done=done)
    return redirect("competitions:organise_committee", slug)


def _judge(competition, pk):
    return get_object_or_404(competition.judges.select_related("user", "competition"), pk=pk)


@require_POST
def assign_everything(request, slug, code):
    competition = managed(request, slug)
    round_ = get_object_or_404(competition.rounds, code=code)
    assigned = attempt(request, lambda: assign_all(round_, by=request.user, at=now()), done="")
    if assigned:
        messages.success(request, _("New score sheets: %(count)s.") % {"count": assigned.made})
        _tell_skipped(request, assigned.skipped)
    return redirect("competitions:organise_committee", slug)


def _tell_skipped(request, skipped):
    if not skipped:
        return
    pairs = ", ".join(f"{judge.name} – {entry.code} {entry.title}" for judge, entry in skipped[:NAMES_SHOWN])
    more = ", …" if len(skipped) > NAMES_SHOWN else ""
    messages.warning(
        request,
        _("Left out because of a conflict of interest (%(count)s): %(pairs)s.")
        % {"count": len(skipped), "pairs": pairs + more},
    )


def assignments(request, slug, pk):
    """Which accepted entries one judge has in one round, page by page."""
    competition = managed(request, slug)
    judge = _judge(competition, pk)
    rounds = list(competition.rounds.all())
    code = request.POST.get("round") or request.GET.get("round")
    round_ = next((row for row in rounds if row.code == code), rounds[0] if rounds else None)
    if request.method == "POST" and round_:
        _save_assignments(request, judge, round_)
    return _assignments_page(request, competition, judge, rounds=rounds, round_=round_)


def _save_assignments(request, judge, round_):
    shown, chosen = (
        {int(pk) for pk in request.POST.getlist(name) if pk.isdecimal() and len(pk) < 19}
        for name in ("shown", "entries")
    )
    outcome = attempt(
        request,
        lambda: set_assignments(judge, round_, shown=shown, chosen=chosen, by=request.user, at=now()),
        done="",
    )
    if outcome:
        made, removed = outcome
        messages.success(
            request, _("Assigned: %(made)s, taken away: %(removed)s.") % {"made": made, "removed": removed}
        )


def _assignments_page(request, competition, judge, *, rounds, round_):
    rows = entries_of_round(round_) if round_ else competition.entries.judged()
    entries = rows.select_related("track").defer("draft").order_by("code")
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    sheets = dict(
        judge.assignments.filter(round=round_, entry__in=[entry.pk for entry in page]).values_list(
            "entry", "state"
        )
    )
    for entry in page:
        entry.sheet_state = SheetState(sheets[entry.pk]) if entry.pk in sheets else None
        entry.is_own = judge.user_id is not None and judge.user_id == entry.entrant_id
        entry.is_fixed = entry.is_own or entry.sheet_state not in {None, SheetState.ASSIGNED}
    context = {
        "judge": judge,
        "rounds": rounds,
        "round": round_,
        "page_obj": page,
        "can_assign": competition.state in ASSIGNING_STATES,
    }
    page = page_of(competition, "organise_committee", at=now(), **context)
    return render(request, "competitions/organise/assignments.html", page)
