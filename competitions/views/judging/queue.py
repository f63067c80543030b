"""What a judge's queue lists: sheets by competition and round, how far one is, and which comes next."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, Count, F, Q, Value, When
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from competitions.actions.judging.calibration import calibration_first
from competitions.models import Assignment, Criterion
from competitions.results import points_text
from competitions.states import CompetitionState, SheetState

# The calibration entry of a round comes first; after it the order of the codes, the same on every day.
CALIBRATION_FIRST = Case(When(entry=F("round__calibration_entry"), then=Value(0)), default=Value(1))
COPY = "entry__snapshot__redaction__content"
TITLE_OF_COPY = KeyTextTransform("title", KeyTransform("case", COPY))
ORDER = ["judge__competition_id", "round__position", "round_id", CALIBRATION_FIRST, "entry__code", "id"]
OPEN_STATES = [SheetState.ASSIGNED, SheetState.STARTED]


@dataclass(frozen=True)
class Progress:
    """How many of a round's sheets are signed; sheets stepped aside from do not count."""

    signed: int
    total: int


@dataclass(frozen=True)
class Asked:
    """What the address of the queue asks for. state: of SheetState, "" for all."""

    query: str
    state: str

    @classmethod
    def of(cls, given):
        state = given.get("state", "")
        return cls(query=given.get("q", "").strip()[:100], state=state if state in SheetState.values else "")

    @property
    def is_filtered(self):
        return bool(self.query or self.state)


def own_sheets(user):
    """The sheets of whoever has made the pledge; before it nothing is listed."""
    return Assignment.objects.visible_to(user).filter(judge__pledged_at__isnull=False)


def queue_sheets(user, asked):
    """The judge's sheets, each with `comes_first`, the code of the entry to be signed before it."""
    rows = own_sheets(user)
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.query:
        rows = rows.filter(Q(entry__code__iexact=asked.query) | _titled(asked.query))
    scored = Count("scores", filter=Q(scores__points__isnull=False, scores__criterion__required=True))
    return (
        rows.select_related("entry", "round", "judge__competition")
        .defer("entry__draft", "judge__competition__call", "judge__competition__plan")
        .annotate(comes_first=calibration_first(), scored=scored, title_of_copy=TITLE_OF_COPY)
        .order_by(*ORDER)
    )


def _titled(words):
    """A title is out of sight where its entry is; in a blind round that of the copy is searched, never the entry's."""
    whole = Q(round__blind=False, entry__title__icontains=words)
    copy = Q(**{"round__blind": True, f"{COPY}__case__title__icontains": words})
    return (whole | copy) & ~Q(state=SheetState.RECUSED)


def grouped(sheets, *, user):
    """Return [(competition, [(round, progress, sheets)])] of one page, each sheet ready to be shown."""
    sheets = list(sheets)
    criteria = criteria_of({sheet.round_id for sheet in sheets})
    progress = progress_of(user)
    for sheet in sheets:
        _prepare(sheet, [row for row in criteria[sheet.round_id] if _is_for(row, sheet)])
    found = []
    for competition, part in groupby(sheets, key=lambda sheet: sheet.judge.competition):
        rounds = groupby(part, key=lambda sheet: sheet.round)
        found.append((competition, [(row, progress[row.pk], list(some)) for row, some in rounds]))
    return found


def _prepare(sheet, criteria):
    """is_ready: nothing required is missing, so it can be signed from the queue. is_shut: its entry is out of sight."""
    required = sum(row.required for row in criteria)
    in_judging = sheet.judge.competition.state == CompetitionState.JUDGING
    is_open = sheet.state in OPEN_STATES and in_judging and not sheet.comes_first
    sheet.reached_text = points_text(sheet.reached)
    sheet.most_text = points_text(sum(row.weight * row.max_points for row in criteria))
    sheet.is_first = sheet.round.calibration_entry_id == sheet.entry_id
    sheet.is_shut = bool(sheet.comes_first) or sheet.state == SheetState.RECUSED
    sheet.title = (sheet.title_of_copy or "") if sheet.round.blind else sheet.entry.title
    sheet.can_step_aside = sheet.state in OPEN_STATES and in_judging
    sheet.was_corrected = sheet.snapshot_id not in {None, sheet.entry.snapshot_id}
    sheet.is_ready = (
        is_open and sheet.state == SheetState.STARTED and sheet.scored == required and not sheet.was_corrected
    )


def criteria_of(round_ids):
    found = defaultdict(list)
    for row in Criterion.objects.filter(round__in=round_ids):
        found[row.round_id].append(row)
    return found


def _is_for(criterion, sheet):
    return criterion.track_id in {None, sheet.entry.track_id}


def progress_of(user):
    counts = state_counts(user)
    return {
        round_: Progress(signed=states[SheetState.SIGNED], total=states.total() - states[SheetState.RECUSED])
        for round_, states in counts.items()
    }


def state_counts(user):
    """{round: Counter of states}."""
    rows = own_sheets(user).order_by().values_list("round", "state").annotate(Count("pk"))
    found = defaultdict(Counter)
    for round_, state, count in rows:
        found[round_][state] = count
    return found


def next_open(user):
    return (
        own_sheets(user)
        .select_related("entry")
        .filter(state__in=OPEN_STATES, judge__competition__state=CompetitionState.JUDGING)
        .order_by(*ORDER)
        .first()
    )


@dataclass(frozen=True)
class Neighbours:
    """Where a sheet stands among the judge's sheets of the round."""

    position: int
    total: int
    signed: int
    previous: int | None
    next: int | None
    next_open: int | None


def neighbours(assignment):
    """Return the sheet's place; `next_open` is the next one that waits, starting over after the last."""
    rows = list(
        Assignment.objects.visible_to(assignment.judge.user)
        .filter(judge=assignment.judge_id, round=assignment.round_id)
        .order_by(*ORDER)
        .values_list("pk", "state")
    )
    keys = [pk for pk, _state in rows]
    here = keys.index(assignment.pk)
    waiting = [pk for pk, state in rows[here + 1 :] + rows[:here] if state in OPEN_STATES]
    return Neighbours(
        position=here + 1,
        total=len(keys),
        signed=sum(state == SheetState.SIGNED for _pk, state in rows),
        previous=keys[here - 1] if here else None,
        next=keys[here + 1] if here + 1 < len(keys) else None,
        next_open=waiting[0] if waiting else None,
    )
