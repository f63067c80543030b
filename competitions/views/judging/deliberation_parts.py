"""What is known of the entries while the awards are discussed: for the committee, and for the organiser."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef

from competitions.actions.rounds.candidates import shown_case
from competitions.models import Assignment, Conflict, Judge, Result
from competitions.results import points_text
from competitions.states import COMPETITION_MOVES, JUDGED_STATES, CompetitionState, SheetState
from competitions.views.results.board import rounded

AT_LEAST = 5
OPEN_SHEETS = [SheetState.ASSIGNED, SheetState.STARTED]
BEFORE_DECISION = {CompetitionState.JUDGING, CompetitionState.VERIFICATION}


@dataclass(frozen=True)
class Standing:
    """Whether marks may be seen: all sheets are signed, or the judging is over. open_sheets: still to be signed."""

    result: object
    open_sheets: int
    is_stale: bool
    marks_open: bool
    can_note: bool
    is_blind: bool


def standing_of(competition):
    """Four queries at most."""
    sheets = Assignment.objects.filter(round__competition=competition, entry__state__in=JUDGED_STATES)
    is_judging = competition.state == CompetitionState.JUDGING
    open_sheets = sheets.filter(state__in=OPEN_SHEETS).count() if is_judging else 0
    result = Result.objects.filter(competition=competition).first()
    is_stale = bool(result) and sheets.filter(signed_at__gt=result.computed_at).exists()
    can_note = competition.state in COMPETITION_MOVES["decide"][0]
    is_over = can_note or competition.state == CompetitionState.PUBLISHED
    blind = competition.state in BEFORE_DECISION and competition.rounds.filter(blind=True).exists()
    return Standing(result, open_sheets, is_stale, is_over and not open_sheets, can_note, blind)


@dataclass
class Row:
    """One entry. marks: [(round, judge, reached, reachable, comment)]. chance: of an award, in percent, or None."""

    entry: object
    place: int | None
    total: str | None
    is_tied: bool
    award: str
    case: dict
    chance: int | None = None
    is_grey: bool = False
    places: list = field(default_factory=list)
    enters_without: list = field(default_factory=list)
    leaves_without: list = field(default_factory=list)
    marks: list = field(default_factory=list)

    @property
    def comments(self):
        return [(judge, comment) for _round, judge, _reached, _reachable, comment in self.marks if comment]


def member_of(user, slug):
    """The person's own seat on a committee, with its competition; a queryset of at most one."""
    rows = Judge.objects.active().filter(user=user, competition__slug=slug)
    return rows.select_related("competition")


def around_line(outcome, *, seats):
    """Codes of about twice as many entries as there are awards, and of whoever is proposed or tied; in order."""
    ranked = [each for each in outcome["entries"] if each["place"] is not None]
    near = max(2 * seats, AT_LEAST)
    return [
        each["code"]
        for number, each in enumerate(ranked)
        if number < near or each["award"] or each["status"] == "tied_at_award_line"
    ]


def rows_of(standing, entries, codes, *, competition, shows_marks):
    """Return [Row] of those codes in the order of the result. entries: those the person may see. Two queries."""
    outcome = {each["code"]: each for each in standing.result.outcome["entries"]}
    known = entries.filter(code__in=[code for code in codes if code in outcome])
    known = known.select_related("snapshot__redaction", "track").defer("draft")
    known = known.annotate(note_count=Count("deliberation_notes"))
    tiers = dict(competition.award_tiers.values_list("code", "name"))
    found = {entry.code: _row(entry, outcome[entry.code], standing, tiers) for entry in known}
    if shows_marks:
        _add_marks(found, competition)
    return [found[code] for code in outcome if code in found]


def _row(entry, outcome, standing, tiers):
    return Row(
        entry=entry,
        place=outcome["place"],
        total=rounded(outcome["total"], places=4),
        is_tied=outcome["status"] == "tied_at_award_line",
        award=tiers.get(outcome["award"], ""),
        case=shown_case(entry, hides_names=standing.is_blind),
        **_evidence(entry.code, standing.result.advice or {}),
    )


def _evidence(code, advice):
    """What the advice says of one entry; it is never part of the official result."""
    chance = (advice.get("p_award") or {}).get(code)
    without = ((advice.get("stability") or {}).get("leave_one_out") or {}).items()
    return {
        "chance": None if chance is None else round(100 * chance),
        "is_grey": code in (advice.get("grey_zone") or []),
        "places": (advice.get("place_interval") or {}).get(code, []),
        "enters_without": [judge for judge, found in without if code in found["enter"]],
        "leaves_without": [judge for judge, found in without if code in found["leave"]],
    }


def _add_marks(rows, competition):
    """Signed sheets that count, by the judge's code alone."""
    conflicts = Conflict.objects.effective().filter(judge=OuterRef("judge"), entry=OuterRef("entry"))
    sheets = Assignment.objects.filter(
        ~Exists(conflicts), round__competition=competition, entry__code__in=rows, state=SheetState.SIGNED
    )
    columns = ("entry__code", "round__name", "judge__code", "reached", "reachable", "comment_committee")
    found = defaultdict(list)
    for code, *mark in sheets.order_by("round__position", "round_id", "judge__code").values_list(*columns):
        round_, judge, reached, reachable, comment = mark
        found[code].append((round_, judge, points_text(reached), points_text(reachable), comment))
    for code, row in rows.items():
        row.marks = found[code]


def with_line(rows, *, seats):
    """Mark the first row below the award line, for a rule drawn there. Returns the rows."""
    for row in rows:
        row.is_below_line = row.place is not None and row.place > seats
    first = next((row for row in rows if row.is_below_line), None)
    for row in rows:
        row.begins_below = row is first and row is not rows[0]
    return rows
