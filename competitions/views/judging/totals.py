"""The total of a sheet as it builds: weighted points, and what they mean under the rule of the competition."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from competitions.contest_files.rule_records import ScoringRecord
from competitions.results import points_text

SHOWN = Decimal("0.01")


@dataclass(frozen=True)
class Totals:
    """All in weighted points. reached, reachable: over the criteria with points; None while none has.

    most: of the required criteria and of the optional ones with points. whole: of all. missing: required ones without.
    """

    reached: Decimal | None
    reachable: Decimal | None
    most: Decimal
    whole: Decimal
    missing: int
    is_percent: bool

    @property
    def reached_text(self):
        return points_text(self.reached)

    @property
    def most_text(self):
        return points_text(self.most)

    @property
    def whole_text(self):
        return points_text(self.whole)

    @property
    def share_text(self):
        """By the rule: percent of what is scored so far, or points of all; "" where that says nothing new."""
        if not self.reachable:
            return ""
        if self.is_percent:
            return rounded(100 * self.reached / self.reachable)
        if self.missing or self.reachable == self.whole:
            return ""
        return rounded(self.whole * self.reached / self.reachable)


def totals_of(given, *, scoring):
    """given: [(criterion, points)], points as numbers, as typed or None; what is no points counts as none."""
    rows = [(criterion, as_points(value)) for criterion, value in given]
    scored = [(criterion, points) for criterion, points in rows if points is not None]
    expected = [criterion for criterion, points in rows if points is not None or criterion.required]
    return Totals(
        reached=sum((c.weight * points for c, points in scored), Decimal(0)) if scored else None,
        reachable=_most([c for c, _points in scored]) if scored else None,
        most=_most(expected),
        whole=_most([criterion for criterion, _points in rows]),
        missing=sum(criterion.required and points is None for criterion, points in rows),
        is_percent=ScoringRecord.of(scoring).total == "weighted_percent",
    )


def as_points(value):
    try:
        points = Decimal(str(value))
    except InvalidOperation:
        return None
    return points if points.is_finite() and abs(points) < 1_000_000 else None


def _most(criteria):
    return sum((criterion.weight * criterion.max_points for criterion in criteria), Decimal(0))


def rounded(number):
    """Two decimals at most, halves away from zero."""
    return points_text(number.quantize(SHOWN, rounding=ROUND_HALF_UP) + 0)
