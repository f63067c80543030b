"""How even an assignment is, and how well its judges can be compared."""

from fractions import Fraction

import numpy as np

from competitions.assigning.grid import EXPERT, UNSAID, Bools, Grid
from competitions.assigning.links import groups_of, shared_counts, shared_of
from competitions.assigning.records import Fairness


def fairness(grid: Grid, given: Bools) -> Fairness:
    """Return the report of one assignment. Means are exact; of nothing they are 0."""
    loads = given.sum(axis=0)
    counted = (loads > 0) | (grid.limits > 0)
    lacking = np.maximum(grid.wanted - given.sum(axis=1), 0)
    busy = loads > 0
    shared = shared_of(given)[busy]
    apart = shared_counts(given)[np.ix_(busy, busy)] == 0
    return Fairness(
        entries=len(grid.entries),
        judges=int(counted.sum()),
        pairs=int(given.sum()),
        load_min=int(loads[counted].min()) if counted.any() else 0,
        load_max=int(loads.max(initial=0)),
        load_mean=ratio(int(loads.sum()), int(counted.sum())),
        short=int((lacking > 0).sum()),
        missing=int(lacking.sum()),
        expertise=expertise_of(grid, given),
        groups=int(groups_of(given).max(initial=-1)) + 1,
        overlap_min=int(shared.min()) if len(shared) else 0,
        overlap_mean=ratio(int(shared.sum()), len(shared)),
        strangers=int(apart.sum()) // 2,
        judge_pairs=len(apart) * (len(apart) - 1) // 2,
    )


def expertise_of(grid: Grid, given: Bools) -> Fraction | None:
    said = given & (grid.fit != UNSAID)
    return Fraction(int((grid.fit[said] == EXPERT).sum()), int(said.sum())) if said.any() else None


def ratio(total: int, count: int) -> Fraction:
    return Fraction(total, count) if count else Fraction(0)
