"""How far judges agree."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from competitions.judging.advice.arrays import Floats, Ints

Level = Literal["nominal", "ordinal", "interval", "ratio"]


def krippendorff_alpha(table: Floats, *, level: Level = "interval") -> float | None:
    """Return Krippendorff's alpha = 1 - observed / expected disagreement.

    table: (units, judges), nan = not scored; a unit with one score counts for nothing.
    1 = full agreement, 0 = chance, below 0 = worse. None without two scores of one unit or when all are equal.
    Source: Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011; docs/judging.md.
    """
    unit, judge = np.nonzero(~np.isnan(table))
    return alpha_of_scores(unit, table[unit, judge], level=level)


def alpha_of_scores(unit: Ints, values: Floats, *, level: Level = "interval") -> float | None:
    """Return Krippendorff's alpha of scores in rows: unit and value, both (scores,).

    Interval runs in the time of the scores; the other levels in units x distinct values.
    """
    _, unit, sizes = np.unique(unit, return_inverse=True, return_counts=True)
    paired = sizes[unit] > 1
    _, unit, sizes = np.unique(unit[paired], return_inverse=True, return_counts=True)
    values = values[paired]
    if len(values) == 0 or float(np.ptp(values)) == 0:
        return None
    if level == "interval":
        return interval_alpha(unit, values, sizes=sizes)
    kinds, kind = np.unique(values, return_inverse=True)
    counts = np.zeros((len(sizes), len(kinds)))
    np.add.at(counts, (unit, kind), 1.0)
    met = (counts / (sizes - 1)[:, None]).T @ counts - np.diag((counts / (sizes - 1)[:, None]).sum(axis=0))
    totals = counts.sum(axis=0)
    apart = distances(kinds, totals, level=level)
    expected = float((np.outer(totals, totals) * apart).sum()) / (len(values) - 1)
    return 1 - float((met * apart).sum()) / expected


def interval_alpha(unit: Ints, values: Floats, *, sizes: Ints) -> float:
    """Return alpha for squared differences: their sums over pairs follow from sums of values and squares."""
    centred = values - values.mean()
    sums = np.bincount(unit, weights=centred)
    squares = np.bincount(unit, weights=centred**2)
    observed = float(((sizes * squares - sums**2) / (sizes - 1)).sum())
    count = len(values)
    expected = float(count * (centred**2).sum() - centred.sum() ** 2) / (count - 1)
    return 1 - observed / expected


def distances(kinds: Floats, totals: Floats, *, level: Level) -> Floats:
    """Return the squared difference of each two kinds of value, (kinds, kinds). totals: how often each occurs."""
    if level == "nominal":
        return 1.0 - np.eye(len(kinds))
    if level == "ordinal":
        middle = np.cumsum(totals) - totals / 2
        return (middle[:, None] - middle) ** 2
    gaps = kinds[:, None] - kinds
    if level == "interval":
        return gaps**2
    both = np.abs(kinds[:, None] + kinds)
    return np.divide(gaps, both, out=np.zeros_like(gaps), where=both > 0) ** 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Icc:
    """Shrout and Fleiss's six: of one judge and of the mean of k; judges drawn anew, at random, or fixed."""

    icc_1_1: float
    icc_2_1: float
    icc_3_1: float
    icc_1_k: float
    icc_2_k: float
    icc_3_k: float


def icc(table: Floats) -> Icc | None:
    """Return the intraclass correlations of a full table, (entries, judges).

    None when a score is missing, below two entries or judges, or when entries do not differ at all.
    Source: Shrout and Fleiss, Psychological Bulletin 86, 1979; docs/judging.md.
    """
    n, k = table.shape
    if n < 2 or k < 2 or bool(np.isnan(table).any()):
        return None
    mean = table.mean()
    rows, columns = table.mean(axis=1), table.mean(axis=0)
    between = k * float(((rows - mean) ** 2).sum()) / (n - 1)
    judges = n * float(((columns - mean) ** 2).sum()) / (k - 1)
    within = float(((table - rows[:, None]) ** 2).sum()) / (n * (k - 1))
    error = float(((table - rows[:, None] - columns + mean) ** 2).sum()) / ((n - 1) * (k - 1))
    if between < 1e-12:
        return None
    drift = k * (judges - error) / n
    return Icc(
        icc_1_1=(between - within) / (between + (k - 1) * within),
        icc_2_1=(between - error) / (between + (k - 1) * error + drift),
        icc_3_1=(between - error) / (between + (k - 1) * error),
        icc_1_k=(between - within) / between,
        icc_2_k=(between - error) / (between + drift / k),
        icc_3_k=(between - error) / between,
    )


def mean_ranks(values: Floats) -> Floats:
    """Return ranks from 1 up, equals sharing the mean of theirs, (values,)."""
    _, kind, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts - 1) / 2
    ranks: Floats = middle[kind]
    return ranks


def kendall_w(table: Floats) -> float | None:
    """Return Kendall's coefficient of concordance, corrected for ties, 0..1.

    table: (entries, judges); W = 12 S / (m^2 (n^3 - n) - m T), S from the sums of ranks, T from ties.
    None when a score is missing, below two entries or judges, or when every judge gave one score to all.
    Source: Kendall, Rank Correlation Methods, chapter 6; docs/judging.md.
    """
    n, m = table.shape
    if n < 2 or m < 2 or bool(np.isnan(table).any()):
        return None
    ranks = np.column_stack([mean_ranks(column) for column in table.T])
    sums = ranks.sum(axis=1)
    spread = float(((sums - sums.mean()) ** 2).sum())
    ties = sum(float((counts**3 - counts).sum()) for counts in map(count_of_kinds, table.T))
    possible = m * m * (n**3 - n) - m * ties
    return 12 * spread / possible if possible > 0 else None


def count_of_kinds(values: Floats) -> Ints:
    """Return how often each distinct value occurs, (kinds,)."""
    return np.unique(values, return_counts=True)[1].astype(np.int64)
