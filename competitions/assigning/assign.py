"""Giving judges their entries, evenly."""

from collections.abc import Collection
from dataclasses import replace

from competitions.assigning.bridging import bridged
from competitions.assigning.fairness import fairness
from competitions.assigning.flow import placed
from competitions.assigning.grid import Bools, Grid, grid_of
from competitions.assigning.problems import problems
from competitions.assigning.records import Assigned, Pair, Panel
from competitions.assigning.swaps import connect, share_more


def assign(panel: Panel) -> Assigned:
    """Return the kept pairs and new ones, until each entry has the judges wanted.

    In this order: as many judges as wanted, shortages spread; loads as even as possible; judges expert
    in the entry; judges linked by common entries, by trades that cost expertise, never a load. Where no
    trade links them, loads may move by one. The same panel gives the same pairs on any machine.
    Raises AssigningError when the panel contradicts itself. Source: docs/assigning.md.
    """
    grid = grid_of(panel)
    given = placed(grid, seed=panel.seed)
    connect(grid, given)
    given = bridged(grid, given, seed=panel.seed)
    share_more(grid, given, overlap=panel.overlap)
    return answer(panel, grid, given)


def everybody(panel: Panel) -> Assigned:
    """Return every judge on every entry they may have, wanted and most left aside."""
    grid = grid_of(panel)
    return answer(panel, grid, grid.may.copy())


def without(panel: Panel, judge: str, *, signed: Collection[str] = ()) -> Assigned:
    """Return the assignment after a judge drops out: every other kept pair stays, only gaps are filled.

    signed: entries whose sheet the judge has signed; they stay the judge's and count.
    """
    gone = {pair for pair in panel.kept if pair[0] == judge and pair[1] not in signed}
    judges = tuple(replace(one, most=0) if one.code == judge else one for one in panel.judges)
    return assign(replace(panel, judges=judges, kept=panel.kept - gone))


def answer(panel: Panel, grid: Grid, given: Bools) -> Assigned:
    new: tuple[Pair, ...] = grid.pairs(given & ~grid.kept)
    return Assigned(
        pairs=grid.pairs(given),
        new=new,
        report_before=fairness(grid, grid.kept),
        report_after=fairness(grid, given),
        problems=tuple(problems(panel, grid, given)),
    )
