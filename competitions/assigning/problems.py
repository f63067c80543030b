"""What an assignment could not meet, each named by its entry, its judge or the whole."""

from collections.abc import Iterator

import numpy as np

from casebook.content.markers import N_
from competitions.assigning.grid import Bools, Grid
from competitions.assigning.links import groups_of, least_groups, reachable_groups, shared_of
from competitions.assigning.records import Panel, Problem

NOTHING = N_("There is nothing to assign: it takes at least one judge and one entry.")
FEW_JUDGES = N_("Entry %(entry)s has %(given)s of %(wanted)s judges: only %(possible)s may judge it.")
FULL_JUDGES = N_(
    "Entry %(entry)s has %(given)s of %(wanted)s judges: the judges who may judge it have no room left."
)
IDLE = N_("Judge %(judge)s has no entry.")
KEPT_IN_CONFLICT = N_("Judge %(judge)s no longer keeps entry %(entry)s: it is a conflict of interest.")
SINGLE = N_(
    "With one judge per entry no two judges share an entry, so strict and lenient judges cannot be told "
    "apart. Ask for two judges or more."
)
GROUPS_CERTAIN = N_(
    "The judges fall into %(groups)s groups that share no entry, and no assignment links them. Compare "
    "scores only within a group."
)
GROUPS_FEW = N_(
    "The judges fall into %(groups)s groups that share no entry: there are too few places to link them. "
    "Ask for more judges per entry."
)
GROUPS = N_(
    "The judges fall into %(groups)s groups that share no entry; no even assignment was found that links "
    "them. Give one judge of each group an entry of another by hand."
)
OVERLAP = N_("Judge %(judge)s shares only %(shared)s of %(load)s entries with other judges.")


def problems(panel: Panel, grid: Grid, given: Bools) -> Iterator[Problem]:
    """Yield what is not met: of entries, of judges, of the whole."""
    if not grid.entries or not grid.judges:
        yield Problem("nothing", NOTHING)
    if not grid.entries:
        return
    yield from short_entries(grid, given)
    yield from lost_pairs(panel)
    yield from idle_judges(grid, given)
    yield from weak_links(panel, grid, given)


def short_entries(grid: Grid, given: Bools) -> Iterator[Problem]:
    counts, possible = given.sum(axis=1), grid.may.sum(axis=1)
    for row in np.flatnonzero(counts < grid.wanted).tolist():
        entry, few = grid.entries[row], int(possible[row])
        params = {"entry": entry, "given": int(counts[row]), "wanted": int(grid.wanted[row]), "possible": few}
        yield Problem(
            "entry_short", FEW_JUDGES if few < grid.wanted[row] else FULL_JUDGES, params, entry=entry
        )


def lost_pairs(panel: Panel) -> Iterator[Problem]:
    for judge, entry in sorted(panel.kept & panel.conflicts):
        params = {"judge": judge, "entry": entry}
        yield Problem("kept_in_conflict", KEPT_IN_CONFLICT, params, judge=judge, entry=entry)


def idle_judges(grid: Grid, given: Bools) -> Iterator[Problem]:
    for column in np.flatnonzero((given.sum(axis=0) == 0) & (grid.limits > 0)).tolist():
        judge = grid.judges[column]
        yield Problem("judge_idle", IDLE, {"judge": judge}, judge=judge)


def weak_links(panel: Panel, grid: Grid, given: Bools) -> Iterator[Problem]:
    count = int(groups_of(given).max(initial=-1)) + 1
    if count > 1 and not np.any(given.sum(axis=1) >= 2) and grid.wanted.max() <= 1:
        yield Problem("single", SINGLE)
        return
    if count > 1:
        yield Problem("groups", why_apart(grid, given, count=count), {"groups": count})
    loads, shared = given.sum(axis=0), shared_of(given)
    for column in np.flatnonzero(shared < np.minimum(panel.overlap, loads)).tolist():
        params = {"judge": grid.judges[column], "shared": int(shared[column]), "load": int(loads[column])}
        yield Problem("overlap", OVERLAP, params, judge=grid.judges[column])


def why_apart(grid: Grid, given: Bools, *, count: int) -> str:
    if reachable_groups(grid.may, given) > 1:
        return GROUPS_CERTAIN
    return GROUPS_FEW if least_groups(grid.may, given) > 1 else GROUPS
