"""The additive model with variances: few sheets move an estimate less than many."""

from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.additive import check_comparable
from competitions.judging.advice.arrays import Floats
from competitions.judging.advice.panel import Panel
from competitions.judging.advice.variances import Variances, estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Posterior:
    """What is known of entries and judges after the marks.

    f: (entries,) mean of each entry's worth, on the panel's scale. mu: the mean of all.
    b: (judges,) mean of each judge's leaning, positive = gives more.
    side: (judges + 1,) = mu, b. spread: (judges + 1, judges + 1), with spread @ spread.T the covariance of side.
    Given side, f of an entry is base + (own @ side), with variance `left`, independent of the other entries.
    """

    f: Floats
    mu: float
    b: Floats
    spread: Floats
    base: Floats
    own: Floats
    left: Floats
    variances: Variances

    @property
    def side(self) -> Floats:
        """Return mu and b in one array, (judges + 1,)."""
        return np.concatenate([[self.mu], self.b])

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        """Draw the worth of all entries `count` times, (count, entries)."""
        sides = self.side + random.standard_normal((count, len(self.side))) @ self.spread.T
        scatter = random.standard_normal((count, len(self.f)))
        scatter *= np.sqrt(self.left)
        scatter += self.base
        scatter += sides @ self.own.T
        return scatter


def posterior(panel: Panel, variances: Variances | None = None, *, mu: float | None = None) -> Posterior:
    """Return the posterior of f ~ N(mu, entry), b ~ N(0, judge), e ~ N(0, error).

    variances: None = estimated by REML and then taken as known. mu: None = unknown, any value equally likely.
    The means equal mu + entry X' K^-1 (y - mu), K = entry X X' + judge Z Z' + error I, without building K:
    entries are eliminated, what is left has the size of the jury.
    Raises TooFew, Disconnected, NoSpread (of `estimate`).
    Source: Lawrence and Cortes, "The NIPS experiment", 2014; docs/judging.md, "How firm is it".
    """
    check_comparable(panel)
    known = variances or estimate(panel)
    per_entry = panel.per_entry
    table = panel.incidence()
    ratio = known.entry / known.error
    pull: Floats = np.asarray(ratio / (1 + ratio * per_entry), dtype=np.float64)
    sums = np.bincount(panel.entry, weights=panel.y, minlength=len(per_entry))
    wide = np.column_stack([per_entry, table])
    plain = np.column_stack([panel.per_judge, np.diag(panel.per_judge)]).astype(np.float64)
    system = np.vstack([np.concatenate([[float(len(panel.y))], panel.per_judge]), plain])
    system -= (wide * pull[:, None]).T @ wide
    judged = np.bincount(panel.judge, weights=panel.y, minlength=len(panel.judges))
    right = np.concatenate([[panel.y.sum()], judged]) - wide.T @ (pull * sums)
    system[1:, 1:] += np.eye(len(panel.judges)) * (known.error / known.judge)
    side, spread = solved(system, right, mu=mu)
    own = -(wide * pull[:, None])
    own[:, 0] += 1.0
    base: Floats = pull * sums
    return Posterior(
        f=base + own @ side,
        mu=float(side[0]),
        b=side[1:],
        spread=spread * np.sqrt(known.error),
        base=base,
        own=own,
        left=known.error * pull,
        variances=known,
    )


def solved(system: Floats, right: Floats, *, mu: float | None) -> tuple[Floats, Floats]:
    """Return mu and b, and a root of the inverse of the system; a given mu has no spread."""
    if mu is None:
        root = np.linalg.inv(np.linalg.cholesky(system)).T
        return root @ (root.T @ right), root
    inner = np.linalg.inv(np.linalg.cholesky(system[1:, 1:])).T
    b = inner @ (inner.T @ (right[1:] - system[1:, 0] * mu))
    spread = np.zeros_like(system)
    spread[1:, 1:] = inner
    return np.concatenate([[mu], b]), spread
