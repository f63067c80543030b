"""Harsh and lenient judges in points: the additive model by least squares."""

from dataclasses import dataclass

import numpy as np

from casebook.content.markers import N_
from competitions.judging.advice.arrays import Floats
from competitions.judging.advice.errors import Disconnected, TooFew
from competitions.judging.advice.panel import Panel
from competitions.judging.advice.students import t_quantile

FEW_JUDGES = N_("Fewer than two judges marked the round, so their leanings cannot be compared.")
FEW_ENTRIES = N_("Fewer than two entries have sheets in the round, so there is nothing to compare.")
GROUPS = N_(
    "The judges fall into groups that share no entry: %(groups)s. Scores of one group cannot be compared with "
    "those of another. Let a judge of one group also mark entries of the others."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Additive:
    """y = f of the entry + b of the judge + e, with the b adding up to 0.

    f: (entries,), on the scale of y. b: (judges,), positive = gives more than the others.
    inverse: (judges, judges), pseudo-inverse of the judge-side normal equations.
    residual: (sheets,). df: sheets - entries - judges + 1. error: variance of e, None when df is 0.
    """

    f: Floats
    b: Floats
    inverse: Floats
    residual: Floats
    df: int
    error: float | None

    def interval(self, share: float = 0.95) -> list[tuple[float, float] | None]:
        """Return the interval of each b at this confidence; None for all when nothing is left to judge error by.

        b +- t(df) x sqrt(error x diagonal of inverse).
        """
        if self.error is None:
            return [None] * len(self.b)
        half = t_quantile((1 + share) / 2, self.df) * np.sqrt(self.error * np.diag(self.inverse))
        return [(float(b - h), float(b + h)) for b, h in zip(self.b, half, strict=True)]


def components(panel: Panel) -> list[tuple[str, ...]]:
    """Return the groups of judges that are joined by entries they share, each in order of code."""
    group = np.arange(len(panel.judges))
    while True:
        # Each entry takes the lowest group of its judges, each judge the lowest of its entries.
        lowest = np.full(len(panel.entries), len(panel.judges))
        np.minimum.at(lowest, panel.entry, group[panel.judge])
        joined = group.copy()
        np.minimum.at(joined, panel.judge, lowest[panel.entry])
        if np.array_equal(joined, group):
            break
        group = joined
    return [
        tuple(judge for judge, own in zip(panel.judges, group, strict=True) if own == number)
        for number in np.unique(group)
    ]


def check_comparable(panel: Panel) -> None:
    """Raise TooFew below two judges or entries, Disconnected with the groups when judges share no entry."""
    if len(panel.judges) < 2:
        raise TooFew(FEW_JUDGES)
    if len(panel.entries) < 2:
        raise TooFew(FEW_ENTRIES)
    groups = components(panel)
    if len(groups) > 1:
        words = "; ".join(", ".join(group) for group in groups)
        raise Disconnected(GROUPS, components=tuple(groups), groups=words)


def fit(panel: Panel) -> Additive:
    """Fit the additive model by least squares.

    The entries are eliminated first: what is left is a system of the size of the jury,
    (D - N' diag(1/n) N) b = r, with N the incidence, n the sheets of each entry, D those of each judge and
    r the sum of each judge's distances from the entries' means.
    Raises TooFew and Disconnected. Source: docs/judging.md, "How firm is it".
    """
    check_comparable(panel)
    table = panel.incidence()
    per_entry = panel.per_entry
    means = panel.mean_of_entries()
    judges = len(panel.judges)
    normal = np.diag(panel.per_judge.astype(np.float64)) - (table / per_entry[:, None]).T @ table
    apart = np.bincount(panel.judge, weights=panel.y - means[panel.entry], minlength=judges)
    # The sum of b is free in the normal equations; this ties it to 0 and leaves the rest as it is.
    level = np.full((judges, judges), 1.0 / judges)
    inverse = np.linalg.inv(normal + level) - level
    b = inverse @ apart
    b -= b.mean()
    f = means - table @ b / per_entry
    residual = panel.y - f[panel.entry] - b[panel.judge]
    df = len(panel.y) - len(panel.entries) - judges + 1
    error = float(residual @ residual) / df if df > 0 else None
    return Additive(f=f, b=b, inverse=inverse, residual=residual, df=df, error=error)
