"""Figures of a whole contest: entries, judging, time saved. Queries stay as many however large it is.

`public_figures` are the public ones: counts of people and entries under five are not told (docs/afterwards.md).
"""

from dataclasses import dataclass, field
from statistics import median

from django.db.models import Count, F, Q
from django.db.models.functions import TruncDate

from competitions.models import Assignment, Award, Entry, Round
from competitions.results_files import counting_sheets
from competitions.states import EntryState, SheetState

FEWEST = 5  # told in public
HANDED_IN = {
    EntryState.SUBMITTED, EntryState.RETURNED, EntryState.ACCEPTED, EntryState.DISQUALIFIED,
    EntryState.AWARDED, EntryState.NOT_AWARDED,
}  # fmt: skip
ADMITTED = {EntryState.ACCEPTED, EntryState.AWARDED, EntryState.NOT_AWARDED}
RELATED = ("krippendorff_alpha", "icc_2_1", "icc_2_k", "kendall_w")


@dataclass(frozen=True)
class Figures:
    """tracks, departments, days: [(name, count)]; None as a count: too few to tell in public."""

    entries: int
    admitted: int
    disqualified: int
    withdrawn: int
    tracks: list = field(default_factory=list)
    departments: list = field(default_factory=list)
    days: list = field(default_factory=list)
    judges: int = 0
    sheets: int = 0
    recused: int = 0
    awards: int = 0
    revoked: int = 0
    spread: dict | None = None  # {"lowest", "middle", "highest"} of the totals
    agreement: dict | None = None
    saved_minutes: int | None = None  # each time the work is done, all winners together
    saving_winners: int = 0


def figures_of(competition):
    """Return the Figures of a contest whatever its state. Nine queries at most."""
    rows = Entry.objects.filter(competition=competition)
    states = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    handed_in = rows.filter(state__in=HANDED_IN).order_by()
    sheets = counting_sheets(competition).aggregate(n=Count("pk"), judges=Count("judge", distinct=True))
    recused = Assignment.objects.filter(round__competition=competition, state=SheetState.RECUSED).count()
    awards = Award.objects.filter(tier__competition=competition).aggregate(
        n=Count("pk"), revoked=Count("pk", filter=Q(revocation__is_upheld=True))
    )
    minutes = _saved(competition)
    result = getattr(competition, "result", None)
    return Figures(
        entries=sum(states.get(state, 0) for state in HANDED_IN),
        admitted=sum(states.get(state, 0) for state in ADMITTED),
        disqualified=states.get(EntryState.DISQUALIFIED, 0),
        withdrawn=states.get(EntryState.WITHDRAWN, 0),
        tracks=_counted(handed_in, "track__name"),
        departments=_counted(handed_in, "entrant__department__name"),
        days=_counted(handed_in.annotate(day=TruncDate("submitted_at")), "day"),
        judges=sheets["judges"],
        sheets=sheets["n"],
        recused=recused,
        awards=awards["n"] - awards["revoked"],
        revoked=awards["revoked"],
        spread=_spread(result.outcome) if result else None,
        agreement=_agreement(result.advice) if result else None,
        saved_minutes=sum(minutes) if minutes else None,
        saving_winners=len(minutes),
    )


def _counted(rows, name):
    found = rows.values_list(name).annotate(n=Count("pk")).order_by(F(name).asc(nulls_last=True))
    return list(found)


def _spread(outcome):
    totals = [float(entry["total"]) for entry in outcome["entries"] if entry["place"] is not None]
    if not totals:
        return None
    return {"lowest": min(totals), "middle": median(totals), "highest": max(totals)}


def _agreement(advice):
    """Of the whole contest where the advice has it: {name: number}, only what could be computed."""
    found = (advice or {}).get("agreement") or {}
    return {name: found[name] for name in RELATED if found.get(name) is not None} or None


def _saved(competition):
    """Minutes each winner says are saved each time: before minus after."""
    rows = Award.objects.filter(tier__competition=competition).exclude(revocation__is_upheld=True)
    contents = rows.values_list("entry__snapshot__content", "entry__draft")
    found = []
    for snapshot, draft in contents:
        effect = ((snapshot or draft or {}).get("case") or {}).get("effect") or {}
        before, after = effect.get("minutes_before"), effect.get("minutes_after")
        if isinstance(before, int) and isinstance(after, int) and before > after:
            found.append(before - after)
    return found


def public_figures(competition):
    """What everybody may see of a published contest: counts of entries under five are None. Five queries.

    competition: with its `result`.
    """
    rows = Entry.objects.filter(competition=competition).order_by()
    states = dict(rows.values_list("state").annotate(n=Count("pk")))
    handed_in = sum(states.get(state, 0) for state in HANDED_IN)
    sheets = counting_sheets(competition).aggregate(n=Count("pk"), judges=Count("judge", distinct=True))
    minutes = _saved(competition)
    return {
        "entries": told(handed_in),
        "admitted": told(sum(states.get(state, 0) for state in ADMITTED)),
        "tracks": _masked_rows(_counted(rows.filter(state__in=HANDED_IN), "track__name")),
        "judges": sheets["judges"],
        "sheets": sheets["n"],
        "spread": _spread(competition.result.outcome) if handed_in >= FEWEST else None,
        "saved_minutes": sum(minutes),
        "saving_winners": len(minutes),
        "votes": _votes(competition),
    }


def _votes(competition):
    """[{"name", "ballots", "excluded"}] of the public votes: how many ballots count and how many were left out."""
    excluded = Count("ballots", filter=Q(ballots__excluded_at__isnull=False))
    rows = competition.rounds.filter(kind=Round.Kind.PUBLIC_VOTE).annotate(
        n=Count("ballots"), excluded=excluded
    )
    return [{"name": row.name, "ballots": row.n - row.excluded, "excluded": row.excluded} for row in rows]


def told(count):
    """The count, None where it is too small to tell; zero tells of nobody."""
    return count if count == 0 or count >= FEWEST else None


def _masked_rows(rows):
    """Counts under five are left out; one alone would follow from the sum, so the smallest other goes with it."""
    shown = [(name, told(count)) for name, count in rows]
    others = [(count, place) for place, (_name, count) in enumerate(shown) if count]
    if others and sum(count is None for _name, count in shown) == 1:
        place = min(others)[1]
        shown[place] = (shown[place][0], None)
    return shown
