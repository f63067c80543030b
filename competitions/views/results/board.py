"""Rows for the pages that show a result: the stored outcome beside what the database knows of the entries."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from competitions.models import Criterion
from competitions.results import points_text
from competitions.views.results.steps import left_out, names_of_rows, step_words, why_out

MORE_CANDIDATES = 10


@dataclass(frozen=True)
class Row:
    """One entry of the result. joint: others share its place. `entry` is the database's row."""

    code: str
    place: int | None
    joint: bool
    total: str | None
    means: tuple
    status: str
    award_code: str | None
    entry: object
    tie: str = ""  # what parted it from its equals
    why: str = ""  # why it takes no place
    left_out: str = ""  # whose marks do not count

    @property
    def award(self):
        return getattr(self.entry, "award", None)

    @property
    def revocation(self):
        """How the award was taken away, None while it stands."""
        revocation = getattr(self.award, "revocation", None)
        return revocation if revocation and revocation.is_upheld else None

    @property
    def reason(self):
        return self.award.reason if self.award else ""

    @property
    def publication(self):
        return getattr(self.entry, "publication", None)


def rows_of(competition, outcome_entries, *, criteria=(), named=()):
    """Return a Row for each of the outcome's entries, in two queries at most.

    criteria: with a mean each. named: those a step of the tie chain may name, when none has a mean.
    """
    shared = Counter(entry["place"] for entry in competition.result.outcome["entries"])
    codes = [entry["code"] for entry in outcome_entries]
    known = {
        entry.code: entry
        for entry in competition.entries.filter(code__in=codes).select_related(
            "award__tier", "award__revocation", "publication__case", "track"
        )
    }
    names = names_of_rows(named or criteria)
    return [
        _row(entry, known=known, shared=shared, criteria=criteria, names=names) for entry in outcome_entries
    ]


def _row(entry, *, known, shared, criteria, names):
    rounds, step = entry["rounds"], entry.get("tie_broken_by")
    return Row(
        code=entry["code"],
        place=entry["place"],
        joint=shared[entry["place"]] > 1,
        total=rounded(entry["total"], places=4),
        means=tuple(
            (c.name, rounded(rounds.get(c.round.code, {}).get("criteria", {}).get(c.code), places=2))
            for c in criteria
        ),
        status=entry["status"],
        award_code=entry["award"],
        entry=known.get(entry["code"]),
        tie=step_words(step, names) if step else "",
        why=why_out(entry["status"]),
        left_out=left_out(rounds),
    )


def rounded(text, *, places):
    """Shorten a printed number for reading; None stays None, because missing is never zero."""
    if text is None:
        return None
    return points_text(Decimal(text).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def split(outcome, *, seats):
    """Return (candidates, other ranked entries, unscored entries) of an outcome.

    Candidates are twice as many as there are awards, and whoever is proposed, tied or awarded.
    """
    ranked = [entry for entry in outcome["entries"] if entry["place"] is not None]
    unscored = [entry for entry in outcome["entries"] if entry["place"] is None]
    near = 2 * seats + MORE_CANDIDATES
    candidates, others = [], []
    for rank, entry in enumerate(ranked):
        chosen = rank < near or entry["award"] or entry["status"] == "tied_at_award_line"
        (candidates if chosen else others).append(entry)
    return candidates, others, unscored


def criteria_of(competition):
    rows = Criterion.objects.filter(round__competition=competition).select_related("round", "track")
    criteria = list(rows.order_by("round__position", "round_id", "position", "id"))
    for criterion in criteria:
        criterion.most_text = points_text(criterion.max_points)
    return criteria


def in_award_order(rows):
    """Return the rows that hold or held an award, highest first."""
    awarded = [row for row in rows if row.award]
    return sorted(awarded, key=lambda row: (row.award.tier.position, row.award.tier_id, row.place))
