"""Two judges trade two entries: loads and numbers per entry stay, links change."""

import numpy as np

from competitions.assigning.grid import Bools, Grid, Ints
from competitions.assigning.links import groups_of, least_groups, loose_pairs, shared_of

AT_ONCE = 4_000_000  # combinations looked at in one piece


def connect(grid: Grid, given: Bools) -> None:
    """Link groups of judges as far as trades can, in place.

    A pair on a circle is traded for any pair of another group: the first group stays whole without it
    and both halves of the other hang on it, so two groups become one.
    """
    while joined_some(grid, given):
        pass


def joined_some(grid: Grid, given: Bools) -> bool:
    """Join each group with at most one other; say whether any was joined."""
    groups = groups_of(given)
    count = int(groups.max(initial=-1)) + 1
    if count <= least_groups(grid.may, given) or not np.any(given.sum(axis=1) >= 2):
        return False
    movable = given & ~grid.kept
    loose = loose_pairs(given) & movable
    touched: set[int] = set()
    for one in range(count):
        from_one = cells(loose & (groups == one)[None, :])
        for other in range(count):
            if one == other or touched & {one, other} or not len(from_one):
                continue
            if trade(grid, given, from_one, cells(movable & (groups == other)[None, :])):
                touched |= {one, other}
    return bool(touched)


def share_more(grid: Grid, given: Bools, *, overlap: int) -> None:
    """Trade entries nobody else has against shared ones until each judge shares enough, in place."""
    while shared_one_more(grid, given, overlap=overlap):
        pass


def shared_one_more(grid: Grid, given: Bools, *, overlap: int) -> bool:
    shared, judges = shared_of(given), given.sum(axis=1)
    wanting = np.flatnonzero(shared < np.minimum(overlap, given.sum(axis=0)))
    if not len(wanting) or not np.any(shared > overlap):
        return False
    movable = given & ~grid.kept
    spare = loose_pairs(given) & movable & (judges >= 2)[:, None] & (shared > overlap)[None, :]
    return any(
        trade(
            grid,
            given,
            cells(spare & ~given[:, [judge]]),
            cells(movable & (judges == 1)[:, None] & (np.arange(given.shape[1]) == judge)[None, :]),
        )
        for judge in wanting
    )


def cells(marked: Bools) -> Ints:
    """Return the marked cells as rows (entry, judge)."""
    return np.argwhere(marked)


def trade(grid: Grid, given: Bools, ones: Ints, others: Ints) -> bool:
    """Make the trade between a cell of each that costs least expertise; say whether there was one."""
    free = grid.free & ~given
    ones, others = takeable(free, ones, by=others), takeable(free, others, by=ones)
    if not len(ones) or not len(others):
        return False
    piece = max(1, AT_ONCE // len(others))
    for start in range(0, len(ones), piece):
        entry, judge = ones[start : start + piece].T
        entry2, judge2 = others.T
        allowed = free[np.ix_(entry, judge2)] & free[np.ix_(entry2, judge)].T
        if allowed.any():
            loss = grid.fit[np.ix_(entry, judge2)] + grid.fit[np.ix_(entry2, judge)].T
            loss = loss - grid.fit[entry, judge][:, None] - grid.fit[entry2, judge2][None, :]
            a, b = np.unravel_index(np.argmin(np.where(allowed, loss, 9)), loss.shape)
            given[entry[a], judge[a]] = given[entry2[b], judge2[b]] = False
            given[entry[a], judge2[b]] = given[entry2[b], judge[a]] = True
            return True
    return False


def takeable(free: Bools, offered: Ints, *, by: Ints) -> Ints:
    """Return the cells whose entry one of the other judges may take."""
    wanted = np.logical_or.reduce(free[:, np.unique(by[:, 1])], axis=1)
    return offered[wanted[offered[:, 0]]]
