"""The flow against every assignment there is."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings

from competitions.assigning import AssigningError
from competitions.assigning.flow import LARGEST, placed, prices
from competitions.assigning.grid import grid_of
from tests.competitions.assigning.panels import panel, panels


def measure(grid, given):
    """What an assignment is judged by, the first first: less is better."""
    lacking = np.maximum(grid.wanted - given.sum(axis=1), 0)
    return (
        int((lacking * (lacking + 1)).sum()),
        int((given.sum(axis=0) ** 2).sum()),
        int(grid.fit[given & ~grid.kept].sum()),
    )


def every_assignment(grid):
    """Each way to add judges to the entries, within their limits."""
    choices = []
    for row in range(len(grid.entries)):
        free = np.flatnonzero(grid.free[row]).tolist()
        lacking = max(0, int(grid.wanted[row] - grid.kept[row].sum()))
        choices.append([some for n in range(lacking + 1) for some in combinations(free, n)])
    for chosen in product(*choices):
        given = grid.kept.copy()
        for row, some in enumerate(chosen):
            given[row, list(some)] = True
        added = given.sum(axis=0) - grid.kept.sum(axis=0)
        if np.all(added <= np.maximum(0, grid.limits - grid.kept.sum(axis=0))):
            yield given


@settings(max_examples=60, deadline=None)
@given(panels(entries=4, judges=4))
def test_no_assignment_is_better(panel):
    grid = grid_of(panel)

    found = measure(grid, placed(grid, seed=panel.seed))

    assert found == min(measure(grid, given) for given in every_assignment(grid))


def test_loads_may_grow_far_beyond_the_mean():
    """All entries but two are in conflict with all judges but one."""
    conflicts = frozenset((f"J{j}", f"E{e:02}") for j in range(1, 9) for e in range(2, 60))
    grid = grid_of(panel(60, 9, wanted=1, conflicts=conflicts))

    given = placed(grid, seed="")

    assert given.sum() == 60
    assert given.sum(axis=0).max() == 58


def test_the_seed_decides_between_equals():
    grid = grid_of(panel(30, 6))

    assert (placed(grid, seed="one") == placed(grid, seed="one")).all()
    assert (placed(grid, seed="one") != placed(grid, seed="two")).any()


def test_what_no_whole_number_can_hold_is_refused():
    grid = grid_of(panel(2, 2))

    with pytest.raises(AssigningError, match="track by track"):
        prices(grid, units=LARGEST, highest=1)
