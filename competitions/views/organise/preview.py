"""What a call's form shows beside itself while it is written: the call as it will look, its dates, what it lacks."""

from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from accounts.errors import Refusal
from accounts.permissions import require
from competitions.actions.calls.gates import deadlines_of, similar_checks
from competitions.actions.calls.records import new_competition, record_of
from competitions.contest_files.rule_of_record import rule_of_record
from competitions.declared import rule_sentences
from competitions.forms.competition_page import CompetitionPage
from competitions.models import Competition
from competitions.models.competition import CALL_MAX_LENGTH
from competitions.rules.facts import Facts
from competitions.rules.findings import GateState, Stage
from competitions.rules.gates import evaluate
from competitions.states import CompetitionState
from competitions.views.calls.parts import call_parts, criteria_tables, timeline
from competitions.views.organise.call_dates import dates_of
from competitions.views.organise.call_form import changes_of
from competitions.views.organise.call_start import start_from
from competitions.views.organise.gate_board import finding_row
from competitions.views.organise.parts import organises_something
from competitions.views.organise.sketched import sketched_call, sketched_rounds

# Where in the form a condition is met.
GATE_STEPS = {
    "call": "plan",
    "track": "tracks",
    "criterion": "judging",
    "closing": "dates",
    "plan": "plan",
    "agreed": "consents",
    "notice_period": "dates",
    "renotice": "dates",
}


@require_POST
def preview(request):
    """Show the call as it will look, nothing stored; parts for htmx, a page without it."""
    require(organises_something(request.user))
    at = now()
    competition, base = _begun(request)
    sketch = CompetitionPage(request.POST, record=base, competition=competition).sketch()
    # A text that is too long is shown as far as it would be taken.
    text = request.POST.get("call", "")
    context = call_shown(sketch, at=at, text=text) | {
        "dates": dates_of(sketch, at=at, announced_at=competition and competition.announced_at),
        "gates": gates_of(sketch, competition, at=at),
        "profile": Competition.Profile(sketch.profile).label,
        "changes": changes_of(base, sketch) if _is_announced(competition) else None,
    }
    name = "_preview" if request.htmx else "preview"
    return render(request, f"competitions/organise/{name}.html", context)


def _begun(request):
    """The competition that is changed, or None, and the record its form began with."""
    slug = request.POST.get("of", "").replace("\x00", "")
    competition = Competition.objects.managed_by(request.user).filter(slug=slug).first() if slug else None
    if competition:
        return competition, record_of(competition)
    try:
        began = start_from(request, typed=request.POST)
    except Refusal:
        return None, None
    return None, began and began.record


def _is_announced(competition):
    return competition is not None and competition.state == CompetitionState.ANNOUNCED


def call_shown(record, *, at, text):
    """What the page of the call shows of a record that is not stored."""
    competition, sketched = new_competition(record), sketched_call(record)
    competition.call = text[:CALL_MAX_LENGTH]
    return {
        "call": competition,
        "is_cut": len(text) > CALL_MAX_LENGTH,
        "timeline": timeline(competition, at=at),
        "parts": call_parts(competition),
        "tracks": record.tracks,
        "tables": criteria_tables(sketched_rounds(record, sketched)),
        "rule": rule_sentences(
            rule_of_record(record), tracks={each.code: each.name for each in record.tracks}
        ),
        "competition": sketched,
        "terms": record.terms,
        "questions": record.questions,
    }


def gates_of(record, competition, *, at):
    """What the rules say of the call as it is written, before its next act, with the step that mends it."""
    stage = Stage.CHANGE if _is_announced(competition) else Stage.ANNOUNCE
    facts = Facts(
        profile=record.profile,
        now=at,
        deadlines=_deadlines(record),
        announced_at=competition and competition.announced_at,
        material_at=at,
        call=record.call,
        plan=record.plan,
        terms=record.terms,
        tracks=tuple(each.code for each in record.tracks),
        criteria=sum(len(each.criteria) for each in record.rounds),
        has_similar_checked=bool(competition) and similar_checks(competition).exists(),
    )
    names = {each.code: each.name for each in record.tracks}
    return [
        finding_row(each, names=names) | {"step": GATE_STEPS.get(each.gate.code, ""), "is_open": each.is_open}
        for each in evaluate(facts, stage)
        if each.verdict.state != GateState.NOT_APPLICABLE
    ]


def _deadlines(record):
    found = deadlines_of(record, [(each.code, each.closes_at) for each in record.tracks])
    return tuple(each for each in found if each)
