"""Linking groups that no trade can link: a judge allowed in both is held there, and the flow asked again."""

from dataclasses import replace

import numpy as np

from competitions.assigning.flow import placed
from competitions.assigning.grid import Bools, Grid
from competitions.assigning.links import groups_of, least_groups
from competitions.assigning.swaps import connect

ROUNDS = 6


def bridged(grid: Grid, given: Bools, *, seed: str) -> Bools:
    """Return an assignment in fewer groups, or the one given.

    It never lacks more judges, and its largest and smallest load lie at most one further apart. What is
    held stays held from round to round, so that a new flow does not undo the link before.
    """
    best, last, tighter = given, given, grid
    for _ in range(ROUNDS):
        if groups_of(last).max(initial=-1) < least_groups(grid.may, given):
            break
        held = held_pairs(tighter, last)
        if not held.any():
            break
        tighter = replace(tighter, kept=tighter.kept | held)
        last = placed(tighter, seed=seed)
        connect(tighter, last)
        if is_better(grid, given, last) and groups_of(last).max() < groups_of(best).max():
            best = last
    return best


def is_better(grid: Grid, given: Bools, tried: Bools) -> bool:
    return bool(
        groups_of(tried).max() < groups_of(given).max()
        and tried.sum() >= given.sum()
        and spread(grid, tried) <= spread(grid, given) + 1
        and bool(np.all(tried.sum(axis=0) <= np.maximum(grid.limits, grid.kept.sum(axis=0))))
    )


def spread(grid: Grid, given: Bools) -> int:
    loads = given.sum(axis=0)[grid.may.any(axis=0)]
    return int(np.ptp(loads))


def held_pairs(grid: Grid, given: Bools) -> Bools:
    """Return pairs that join groups when they stand: for each new link one judge on an entry of either side.

    On both entries one more judge is held, or holding the bridge would link nobody.
    """
    groups, held = groups_of(given), np.zeros_like(given)
    least = least_groups(grid.may, given)
    top = np.where(given.any(axis=1), groups[given.argmax(axis=1)], -1)  # each entry's group
    joined = list(range(int(groups.max(initial=-1)) + 1))
    for judge in np.lexsort((np.arange(len(groups)), given.sum(axis=0))).tolist():
        if len(set(joined)) <= least or not np.any(given.sum(axis=1) >= 2):
            break
        for group in range(len(joined)):
            if groups[judge] < 0 or joined[group] == joined[groups[judge]]:
                continue
            if hold(grid, given, held, judge=judge, there=top == group):
                joined = [joined[groups[judge]] if one == joined[group] else one for one in joined]
    return held


def hold(grid: Grid, given: Bools, held: Bools, *, judge: int, there: Bools) -> bool:
    """Hold the judge on one entry there and on one of the judge's own, each with one more judge."""
    standing = grid.kept | held
    shareable = given.sum(axis=1) >= 2
    open_ = np.maximum(grid.wanted, grid.kept.sum(axis=1)) - standing.sum(axis=1) >= 2
    home = np.flatnonzero(given[:, judge] & shareable & (open_ | standing[:, judge]))
    away = np.flatnonzero(there & shareable & open_ & grid.free[:, judge])
    if not len(home) or not len(away) or grid.limits[judge] < standing[:, judge].sum() + 2:
        return False
    best = away[np.argmin(grid.fit[away, judge])]
    for entry, others in ((home[0], given[home[0]].copy()), (best, given[best].copy())):
        others[judge] = False
        held[entry, judge] = True
        held[entry, int(others.argmax())] = True
    held &= ~grid.kept
    return True
