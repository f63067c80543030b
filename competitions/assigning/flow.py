"""The cheapest flow from entries to judges: as many as wanted, even loads, experts, in this order.

Each entry sends as many units as it lacks judges. A unit goes through one judge or is missing. The
n-th missing judge of one entry costs n times the price of the first, so that shortages are spread; a
judge's n-th entry costs 2n - 1, so that the sum of squared loads is least: then the largest load is as
small and the smallest as large as the other limits allow at all (docs/assigning.md).
"""

import hashlib

import numpy as np
from ortools.graph.python import min_cost_flow

from competitions.assigning.grid import Bools, Grid, Ints
from competitions.assigning.records import AssigningError

SHADES = 16  # how many costs the seed shakes equally good pairs by
LARGEST = 2**62
STEPS = (1_000, 100, 10, 2)  # shades an expert is worth: the largest whose sums fit 63 bits


def placed(grid: Grid, *, seed: str) -> Bools:
    """Return the kept pairs and the best new ones.

    Loads are looked at up to a limit, doubled until no judge stands at it: then no higher one matters.
    """
    room = np.maximum(grid.limits - grid.kept.sum(axis=0), 0)
    room = np.minimum(room, grid.free.sum(axis=0))
    lacking = np.maximum(grid.wanted - grid.kept.sum(axis=1), 0)
    if not room.any() or not lacking.any():
        return grid.kept.copy()
    shades = shades_of(grid, seed=seed)
    reach = 3 * (int(grid.wanted.sum()) // len(grid.judges)) + 6
    while True:
        tried = np.minimum(room, reach)
        new = solved(grid, lacking=lacking, room=tried, shades=shades)
        if not np.any((tried < room) & (new.sum(axis=0) == tried)):
            return grid.kept | new
        reach *= 2


def shades_of(grid: Grid, *, seed: str) -> Ints:
    """Return a number 0..15 for each pair, from the seed, the entry's code and the judge's place."""
    rows = [
        np.frombuffer(hashlib.shake_128(f"{seed}\0{code}".encode()).digest(len(grid.judges)), dtype=np.uint8)
        for code in grid.entries
    ]
    return (np.stack(rows) % SHADES).astype(np.int64)


def solved(grid: Grid, *, lacking: Ints, room: Ints, shades: Ints) -> Bools:
    """Return the new pairs of the cheapest flow. room: how many new entries each judge may take."""
    rows, columns = np.nonzero(grid.free & (lacking > 0)[:, None] & (room > 0)[None, :])
    loads = grid.kept.sum(axis=0)
    expert, load, missing = prices(grid, units=int(lacking.sum()), highest=int((loads + room).max()))
    people, sink = len(grid.entries), len(grid.entries) + len(grid.judges)
    chain = np.repeat(np.arange(len(grid.judges)), room)
    place = np.concatenate([np.arange(count) for count in room])
    lack = np.repeat(np.arange(people), lacking)
    nth = np.concatenate([np.arange(1, count + 1) for count in lacking])
    flow = min_cost_flow.SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([rows, people + chain, lack]).astype(np.int32),
        np.concatenate([people + columns, np.full(len(chain) + len(lack), sink)]).astype(np.int32),
        np.ones(len(rows) + len(chain) + len(lack), dtype=np.int64),
        np.concatenate([
            grid.fit[rows, columns] * expert + shades[rows, columns],
            (2 * (loads[chain] + place) + 1) * load,
            nth * missing,
        ]),
    )  # fmt: skip
    supplies = np.concatenate([lacking, np.zeros(len(grid.judges), dtype=np.int64), [-lacking.sum()]])
    flow.set_nodes_supplies(np.arange(sink + 1), supplies)
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise AssigningError(f"The flow could not be solved: {status}.")
    new = np.zeros_like(grid.kept)
    taken = flow.flows(arcs[: len(rows)]) > 0
    new[rows[taken], columns[taken]] = True
    return new


def prices(grid: Grid, *, units: int, highest: int) -> tuple[int, int, int]:
    """Return what a field's distance, a place in a load and a missing judge cost, each above all before it."""
    for steps in STEPS:
        expert = SHADES * steps
        load = 3 * expert * units
        missing = load * (2 * highest + 2)
        if missing * int(grid.wanted.max()) * (len(grid.entries) + len(grid.judges) + 2) < LARGEST:
            return expert, load, missing
    raise AssigningError("There are too many entries and judges for one assignment. Assign track by track.")
