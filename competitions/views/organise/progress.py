"""How far the sheets are: signed of assigned by judge and round, what is late, and which entries wait."""

from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, Value
from django.db.models.functions import Now
from django.shortcuts import render
from django.utils.timezone import now

from competitions.actions.conflicts.sheets import OPEN_STATES, is_kept_apart, standing_states
from competitions.models import Assignment
from competitions.states import JUDGED_STATES, CompetitionState, SheetState
from competitions.views.organise.parts import managed

MOST_NAMED = 8


@dataclass
class Progress:
    """A judge's sheets of one round. waiting_codes: the first of the entries that wait; more: how many others."""

    round: str
    signed: int
    waiting: int
    late: int
    recused: int
    waiting_codes: str = ""
    more: int = 0

    @property
    def total(self):
        return self.signed + self.waiting


@dataclass
class JudgeProgress:
    code: str
    name: str
    pk: int
    rounds: list = field(default_factory=list)


def progress(request, slug):
    """The part of the result's page that htmx asks for again while the judges work."""
    competition = managed(request, slug)
    context = {"competition": competition, **progress_of(competition)}
    return render(request, "competitions/organise/result/progress.html", context)


def progress_of(competition):
    """What progress.html shows. One query."""
    rows = judges_of(competition)
    parts = [part for judge in rows for part in judge.rounds]
    return {
        "progress": rows,
        "signed": sum(part.signed for part in parts),
        "sheets": sum(part.total for part in parts),
        "waiting": sum(part.waiting for part in parts),
        "late": sum(part.late for part in parts),
        "is_live": competition.state == CompetitionState.JUDGING,
        "is_published": competition.state == CompetitionState.PUBLISHED,
        "at": now(),
    }


def judges_of(competition):
    """Return the judges with their rounds, also those without a sheet. One query."""
    judges = {}
    for pk, code, name, *part in _parts(competition):
        judge = judges.setdefault(pk, JudgeProgress(code, name, pk))
        if part[0] is not None:
            judge.rounds.append(_progress(*part))
    return list(judges.values())


def _progress(name, signed, waiting, late, recused, codes):
    named = ", ".join(codes[:MOST_NAMED])
    return Progress(name, signed, waiting, late, recused, named, max(0, waiting - MOST_NAMED))


def _parts(competition):
    judged = Q(assignments__entry__state__in=JUDGED_STATES)
    unsigned = judged & Q(assignments__state__in=OPEN_STATES)
    aside = Q(assignments__state=SheetState.RECUSED) | Q(is_kept_apart("assignments__"))
    return (
        competition.judges.order_by("code", "assignments__round__position", "assignments__round_id")
        .values_list("pk", "code", "name", "assignments__round__name")
        .annotate(
            signed=Count(
                "assignments", filter=judged & standing_states(SheetState.SIGNED, path="assignments__")
            ),
            waiting=Count("assignments", filter=unsigned),
            late=Count("assignments", filter=unsigned & Q(assignments__round__due_at__lte=Now())),
            recused=Count("assignments", filter=judged & aside),
            first=ArrayAgg(
                "assignments__entry__code",
                filter=unsigned,
                order_by="assignments__entry__code",
                default=Value([]),
            ),
        )
    )


def counts_of(competition):
    """Return how many sheets are signed and how many wait, in one query."""
    sheets = Assignment.objects.filter(round__competition=competition, entry__state__in=JUDGED_STATES)
    return sheets.aggregate(
        signed=Count("pk", filter=standing_states(SheetState.SIGNED)),
        waiting=Count("pk", filter=Q(state__in=OPEN_STATES)),
    )
