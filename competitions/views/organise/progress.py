"""How far the sheets are: signed of assigned by judge and round, what is late, and which entries wait."""

from dataclasses import dataclass, field

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Q
from django.db.models.functions import Now
from django.shortcuts import render
from django.utils.timezone import now

from competitions.models import Assignment
from competitions.states import JUDGED_STATES, CompetitionState, SheetState
from competitions.views.organise.parts import managed

UNSIGNED = Q(state__in=[SheetState.ASSIGNED, SheetState.STARTED])
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
    """What progress.html shows. Two queries."""
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
    judges = {
        pk: JudgeProgress(code, name, pk)
        for pk, code, name in competition.judges.order_by("code").values_list("pk", "code", "name")
    }
    for judge, part in _parts(competition):
        judges[judge].rounds.append(part)
    return list(judges.values())


def _parts(competition):
    sheets = Assignment.objects.filter(round__competition=competition, entry__state__in=JUDGED_STATES)
    rows = (
        sheets.order_by("judge__code", "round__position", "round_id")
        .values_list("judge_id", "round__name")
        .annotate(
            signed=Count("pk", filter=Q(state=SheetState.SIGNED)),
            waiting=Count("pk", filter=UNSIGNED),
            late=Count("pk", filter=UNSIGNED & Q(round__due_at__lte=Now())),
            recused=Count("pk", filter=Q(state=SheetState.RECUSED)),
            first=ArrayAgg("entry__code", filter=UNSIGNED, order_by="entry__code", default=[]),
            position=F("round__position"),
        )
    )
    for judge, name, signed, waiting, late, recused, codes, _position in rows:
        named = ", ".join(codes[:MOST_NAMED])
        yield judge, Progress(name, signed, waiting, late, recused, named, max(0, waiting - MOST_NAMED))


def counts_of(competition):
    """Return how many sheets are signed and how many wait, in one query."""
    sheets = Assignment.objects.filter(round__competition=competition, entry__state__in=JUDGED_STATES)
    return sheets.aggregate(
        signed=Count("pk", filter=Q(state=SheetState.SIGNED)), waiting=Count("pk", filter=UNSIGNED)
    )
