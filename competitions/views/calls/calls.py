"""The public side of a competition: the list, and the call with its rule."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.decorators import public
from competitions.actions.calls.asking import takes_questions
from competitions.forms.questions import QuestionForm
from competitions.models import Competition
from competitions.permissions import can_ask, can_enter
from competitions.receipts import zone
from competitions.states import CompetitionState, EntryState, Phase
from competitions.views.calls.document_parts import call_rows
from competitions.views.calls.entering_parts import entering
from competitions.views.calls.follows import follow_state
from competitions.views.calls.notices import notice_rows
from competitions.views.calls.parts import call_parts, criteria_tables, rule_of_call, timeline
from competitions.views.calls.question_parts import newest_questions
from competitions.views.calls.sharing import sharing
from competitions.views.entering.parts import own_entry
from competitions.views.organise.gate_board import overrides_of
from competitions.views.results.candidates import candidates
from competitions.views.rounds.call_parts import rounds_now

PAGE_SIZE = 20
OVER = {CompetitionState.PUBLISHED, CompetitionState.CANCELLED}
SORTS = {"newest": ("-opens_at", "-pk"), "deadline": ("closes_at", "pk"), "title": ("title", "pk")}


@public
def competition_list(request):
    at = timezone.now()
    phases = _phases(at)
    chosen, kind = request.GET.get("phase"), request.GET.get("kind")
    sort = request.GET.get("sort") if request.GET.get("sort") in SORTS else "newest"
    of_kind = Competition.objects.public().filter(**{"kind": kind} if kind in Competition.Kind.values else {})
    shown = of_kind.filter(phases[chosen]) if chosen in phases else of_kind
    page = Paginator(shown.defer("call").order_by(*SORTS[sort]), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "rows": [_row(row, at=at) for row in page],
        "tabs": _tabs(request, of_kind, phases=phases, chosen=chosen),
        "kinds": [
            {"value": value, "label": label, "current": value == (kind or "")} for value, label in _kinds()
        ],
        "sorts": [{"value": name, "label": label, "current": name == sort} for name, label in _sort_labels()],
        "follow": follow_state(request.user),
        "is_filtered": chosen in phases or kind in Competition.Kind.values,
    }
    return render(request, "competitions/competition_list.html", context)


@public
def competition(request, slug):
    competition = get_object_or_404(call_rows(request.user), slug=slug)
    at = timezone.now()
    phase = competition.phase(at)
    context = {
        "competition": competition,
        "phase": phase,
        "counts_to": _counts_to(competition, phase),
        "counts_entries": phase == Phase.OPEN,
        "timeline": timeline(competition, at=at),
        "tables": criteria_tables(competition.rounds.all()),
        "rule": rule_of_call(competition),
        "notices": notice_rows(competition),
        "overrides": overrides_of(competition),
        "step": _step(request.user, competition, phase=phase),
        "zone": zone(competition.closes_at),
        "parts": call_parts(competition),
        "entering": entering(competition),
        "candidates": candidates(competition, at=at, user=request.user),
        "follow": follow_state(request.user, competition) if _may_follow(competition) else None,
        "sharing": sharing(competition),
        **rounds_now(competition, at=at),
        **_asking(request.user, competition, at=at),
    }
    return render(request, "competitions/competition.html", context)


def _asking(user, competition, *, at):
    asks = takes_questions(competition, at=at)
    form = QuestionForm(writer=user) if asks and can_ask(user, competition) else None
    return {"asks": asks, "question_form": form, "questions": newest_questions(competition)}


def _may_follow(competition):
    return competition.state not in {CompetitionState.DRAFT, *OVER}


def _row(competition, *, at):
    phase = competition.phase(at)
    return {"competition": competition, "phase": phase, "counts": phase in {Phase.UPCOMING, Phase.OPEN}}


def _phases(at):
    announced = Q(state=CompetitionState.ANNOUNCED)
    judging = Q(state__in=[CompetitionState.JUDGING, CompetitionState.VERIFICATION, CompetitionState.DECIDED])
    return {
        "open": announced & Q(opens_at__lte=at, closes_at__gt=at),
        "upcoming": announced & Q(opens_at__gt=at),
        "judging": judging | (announced & Q(closes_at__lte=at)),
        "ended": Q(state__in=[CompetitionState.PUBLISHED, CompetitionState.CANCELLED]),
    }


def _tabs(request, competitions, *, phases, chosen):
    counts = competitions.aggregate(
        all=Count("pk"), **{name: Count("pk", filter=q) for name, q in phases.items()}
    )
    labels = {
        "all": _("All"),
        "open": _("Open"),
        "upcoming": _("Opens soon"),
        "judging": _("In judging"),
        "ended": _("Ended"),
    }
    current = chosen if chosen in phases else "all"
    return [
        {
            "label": label,
            "address": _address(request, name),
            "current": name == current,
            "count": counts[name],
        }
        for name, label in labels.items()
    ]


def _address(request, phase):
    query = request.GET.copy()
    for name in ("phase", "page"):
        query.pop(name, None)
    if phase != "all":
        query["phase"] = phase
    return f"?{query.urlencode()}"


def _kinds():
    return [("", _("All kinds")), *Competition.Kind.choices]


def _sort_labels():
    return [("newest", _("Newest")), ("deadline", _("Deadline")), ("title", _("Title"))]


def _counts_to(competition, phase):
    return {Phase.UPCOMING: competition.opens_at, Phase.OPEN: competition.closes_at}.get(phase)


def _step(user, competition, *, phase):
    """The one thing this person can do next: enter, sign_in, continue, submitted, results or nothing."""
    if phase == Phase.PUBLISHED:
        return {"name": "results"}
    entry = own_entry(user, competition) if user.is_authenticated else None
    if entry:
        name = "continue" if phase == Phase.OPEN and entry.state == EntryState.DRAFT else "own"
        return {"name": name, "entry": entry}
    if phase != Phase.OPEN:
        return {"name": ""}
    if not user.is_authenticated:
        return {"name": "sign_in"}
    return {"name": "enter" if can_enter(user, competition) else "judge"}
