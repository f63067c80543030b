"""The rule's methods in floating point: several judges' numbers become one."""

import numpy as np

from competitions.judging.advice.agreement import mean_ranks
from competitions.judging.advice.arrays import Floats, Ints
from competitions.judging.records import Aggregate

RELATIVE = {"rank_sum", "t_score"}  # methods that compare a judge's marks with each other


def within_judge(values: Floats, within: Ints, *, method: str) -> Floats:
    """Return each value as percent of its rank, or as T score, among those of its judge. within: (values,)."""
    found = np.empty_like(values)
    order = np.argsort(within, kind="stable")
    cuts = np.flatnonzero(np.diff(within[order])) + 1
    for own in np.split(order, cuts):
        found[own] = rank_percent(values[own]) if method == "rank_sum" else t_scores(values[own])
    return found


def rank_percent(values: Floats) -> Floats:
    """Return 100 for the best and 0 for the last, equals alike; 100 when there is only one."""
    if len(values) < 2:
        return np.full(len(values), 100.0)
    ranks = mean_ranks(np.round(values, 9))
    percent: Floats = 100 * (ranks - 1) / (len(values) - 1)
    return percent


def t_scores(values: Floats) -> Floats:
    """Return 50 + 10 (x - mean) / sd, sd with n - 1; 50 where nothing differs."""
    if len(values) < 2 or float(np.ptp(values)) < 1e-12:
        return np.full(len(values), 50.0)
    scores: Floats = 50 + 10 * (values - values.mean()) / values.std(ddof=1)
    return scores


def aggregated(group: Ints, value: Floats, *, groups: int, how: Aggregate) -> Floats:
    """Return one number of each group's values, in order of value, (groups,); nan where there is none."""
    count = np.bincount(group, minlength=groups)
    start = np.cumsum(count) - count
    kept = np.ones(len(value), dtype=np.bool_)
    if how.method == "median":
        return medians(value, start=start, count=count)
    if how.method == "trimmed_mean":
        at = np.arange(len(value)) - start[group]
        drops = how.drop_high + how.drop_low
        inner = (at >= how.drop_low) & (at < count[group] - how.drop_high)
        kept = inner | (count[group] <= drops)
    sums = np.bincount(group[kept], weights=value[kept], minlength=groups)
    left = np.bincount(group[kept], minlength=groups)
    return np.divide(sums, left, out=np.full(groups, np.nan), where=left > 0)


def medians(value: Floats, *, start: Ints, count: Ints) -> Floats:
    """Return the middle value of each group, or the mean of its two middle ones."""
    found = np.full(len(count), np.nan)
    some = count > 0
    low = start[some] + (count[some] - 1) // 2
    high = start[some] + count[some] // 2
    found[some] = (value[low] + value[high]) / 2
    return found
