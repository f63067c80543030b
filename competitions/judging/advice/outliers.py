"""Sheets far from what the other sheets let one expect."""

from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.additive import Additive
from competitions.judging.advice.arrays import Floats
from competitions.judging.advice.panel import Panel

FAR = 3.0
TINY = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlier:
    """One sheet. given, expected, residual: on the scale of the panel; studentised: see `studentised`."""

    judge: str
    entry: str
    given: float
    expected: float
    residual: float
    studentised: float


def leverage(panel: Panel, fitted: Additive) -> Floats:
    """Return how much each sheet draws its own expectation to itself, (sheets,), 0..1."""
    table = panel.incidence() / panel.per_entry[:, None]
    drawn = table @ fitted.inverse
    own = np.einsum("ej,ej->e", drawn, table)
    judge = np.diag(fitted.inverse)[panel.judge]
    return 1.0 / panel.per_entry[panel.entry] + judge - 2 * drawn[panel.entry, panel.judge] + own[panel.entry]


def studentised(panel: Panel, fitted: Additive) -> Floats:
    """Return each residual over its standard error, the error estimated from the other sheets, (sheets,).

    t = e / sqrt(s2 (1 - h)), s2 = (RSS - e^2 / (1 - h)) / (df - 1). nan where a sheet alone decides its
    expectation (h = 1), where the other sheets fit without any error, and everywhere with less than two
    degrees of freedom. Source: Cook and Weisberg, Residuals and Influence in Regression, 1982, section 2.2.
    """
    room = 1.0 - leverage(panel, fitted)
    if fitted.df < 2:
        return np.full(len(panel.y), np.nan)
    squares = fitted.residual**2
    with np.errstate(divide="ignore", invalid="ignore"):
        others = (squares.sum() - squares / room) / (fitted.df - 1)
        found = fitted.residual / np.sqrt(others * room)
    spread = float(np.var(panel.y))
    return np.where((room > TINY) & (others > TINY * max(spread, TINY)), found, np.nan)


def outliers(panel: Panel, fitted: Additive, *, far: float = FAR) -> list[Outlier]:
    """Return the sheets whose studentised residual is beyond `far` either way, the farthest first."""
    values = studentised(panel, fitted)
    with np.errstate(invalid="ignore"):
        sheets = np.flatnonzero(np.abs(values) > far)
    found = [
        Outlier(
            judge=panel.judges[panel.judge[at]],
            entry=panel.entries[panel.entry[at]],
            given=float(panel.y[at]),
            expected=float(panel.y[at] - fitted.residual[at]),
            residual=float(fitted.residual[at]),
            studentised=float(values[at]),
        )
        for at in sheets
    ]
    return sorted(found, key=lambda each: (-abs(round(each.studentised, 9)), each.entry, each.judge))
