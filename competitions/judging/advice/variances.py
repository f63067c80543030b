"""How much entries differ, judges differ, and sheets scatter: variances by restricted maximum likelihood."""

from dataclasses import dataclass
from math import exp

import numpy as np

from casebook.content.markers import N_
from competitions.judging.advice.additive import check_comparable
from competitions.judging.advice.arrays import Floats
from competitions.judging.advice.errors import NoSpread, TooFew
from competitions.judging.advice.minimum import lowest
from competitions.judging.advice.panel import Panel

ALL_ALIKE = N_("All sheets of the round give the same total, so nothing can be told apart.")
FEW_SHEETS = N_(
    "%(sheets)s sheets cannot tell %(entries)s entries from %(judges)s judges and leave something to judge "
    "error by. Let more judges mark each entry."
)
SMALLEST = 1e-12  # share of all squares that can be told from none


@dataclass(frozen=True, slots=True, kw_only=True)
class Variances:
    """Variances, in squares of the panel's unit: of the entries' worth, the judges' leaning, the error."""

    entry: float
    judge: float
    error: float


class Likelihood:
    """The restricted likelihood of a panel, at the cost of the jury's size and not of the sheets'.

    With H = I + ratio x (same entry), H^-1 only needs c = ratio / (1 + ratio n) for each count n of sheets, so
    what is summed over entries is summed once for each n that occurs.
    """

    def __init__(self, panel: Panel) -> None:
        self.sheets = len(panel.y)
        self.judges = len(panel.judges)
        y = panel.y - panel.y.mean()
        per_entry = panel.per_entry
        self.counts, group = np.unique(per_entry, return_inverse=True)
        self.entries = np.bincount(group).astype(np.float64)
        wide = np.column_stack([per_entry, panel.incidence()])
        sums = np.bincount(panel.entry, weights=y, minlength=len(per_entry))
        rows = [group == at for at in range(len(self.counts))]
        self.crossed = np.array([wide[kept].T @ wide[kept] for kept in rows])
        self.drawn = np.array([wide[kept].T @ sums[kept] for kept in rows])
        self.squares = np.array([float(sums[kept] @ sums[kept]) for kept in rows])
        per_judge = panel.per_judge.astype(np.float64)
        self.plain = np.diag(np.concatenate([[float(self.sheets)], per_judge]))
        self.plain[0, 1:] = self.plain[1:, 0] = per_judge
        judged = np.bincount(panel.judge, weights=y, minlength=self.judges)
        self.given = np.concatenate([[y.sum()], judged])
        self.total = float(y @ y)

    def along(self, entry: float) -> "Along":
        """Return the likelihood as it depends on the judges' ratio, the entries' ratio given."""
        pull = entry / (1 + entry * self.counts)
        system = self.plain - np.tensordot(pull, self.crossed, axes=1)
        right = self.given - pull @ self.drawn
        # The mean is eliminated; turned to its axes, the jury's system is one number for each judge.
        first = float(system[0, 0])
        inner = system[1:, 1:] - np.outer(system[1:, 0], system[1:, 0]) / first
        axes, turn = np.linalg.eigh(inner)
        return Along(
            axes=np.maximum(axes, 0.0),
            squares=((right[1:] - system[1:, 0] * right[0] / first) @ turn) ** 2,
            left=self.total - float(pull @ self.squares) - float(right[0]) ** 2 / first,
            size=float(self.entries @ np.log1p(entry * self.counts)) + float(np.log(first)),
            freedom=self.sheets - 1,
            least=SMALLEST * self.total,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """-2 log likelihood at one ratio of the entries' variance, for any ratio of the judges'.

    axes, squares: (judges,) eigenvalues of the jury's system, and squares of its right side along them.
    least: what is left of the squares counts as at least so much, where everything fits.
    """

    axes: Floats
    squares: Floats
    left: float
    size: float
    freedom: int
    least: float

    def at(self, judge: float) -> tuple[float, float]:
        """Return (-2 log likelihood, error variance) at this ratio of the judges' variance to the error."""
        left = max(self.left - float((judge * self.squares / (1 + judge * self.axes)).sum()), self.least)
        size = self.size + float(np.log1p(judge * self.axes).sum())
        return size + self.freedom * float(np.log(left)), left / self.freedom

    def lowest(self) -> tuple[float, float]:
        """Return (lowest value, logarithm of the judges' ratio there)."""
        return lowest(lambda spot: self.at(exp(spot))[0])


def estimate(panel: Panel) -> Variances:
    """Return the variances that make the sheets likeliest (REML: the common mean is not counted as known).

    The two ratios to the error variance are searched on a logarithmic scale between e^-12 and e^12, to five
    decimals of the logarithm; the error variance follows from them. A variance near the lower end stands for none.
    Raises TooFew, Disconnected, NoSpread. Source: Patterson and Thompson, Biometrika 58, 1971.
    """
    check_comparable(panel)
    sheets, entries, judges = len(panel.y), len(panel.entries), len(panel.judges)
    if sheets - entries - judges + 1 < 1:
        raise TooFew(FEW_SHEETS, sheets=sheets, entries=entries, judges=judges)
    if float(np.ptp(panel.y)) < 1e-9:
        raise NoSpread(ALL_ALIKE)
    likelihood = Likelihood(panel)
    entry = lowest(lambda spot: likelihood.along(exp(spot)).lowest()[0])[1]
    along = likelihood.along(exp(entry))
    judge = along.lowest()[1]
    error = along.at(exp(judge))[1]
    return Variances(entry=exp(entry) * error, judge=exp(judge) * error, error=error)
