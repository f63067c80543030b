import numpy as np
import pytest

from competitions.assigning.grid import grid_of
from competitions.assigning.links import bridges, groups_of, loose_pairs, shared_of
from competitions.assigning.swaps import connect, share_more
from tests.competitions.assigning.panels import panel


def given_of(*rows):
    return np.array([[mark == "x" for mark in row] for row in rows])


def test_groups_are_numbered_by_first_judge_and_leave_out_the_idle():
    assert groups_of(given_of("x..x.", ".x...")).tolist() == [0, 1, -1, 0, -1]


def test_only_pairs_on_a_circle_are_loose():
    assert (loose_pairs(given_of("xx.", "xx.", ".xx")) == given_of("xx.", "xx.", "...")).all()


def test_bridges_of_a_path_are_all_its_edges():
    assert sorted(bridges([[1], [0, 2], [1]])) == [(0, 1), (1, 2)]


def test_a_trade_links_two_groups_and_keeps_loads():
    given = given_of("xx..", "xx..", "..xx", "..xx")
    loads, numbers = given.sum(axis=0).tolist(), given.sum(axis=1).tolist()

    connect(grid_of(panel(4, 4)), given)

    assert groups_of(given).max() == 0
    assert (given.sum(axis=0).tolist(), given.sum(axis=1).tolist()) == (loads, numbers)


def test_kept_pairs_are_never_traded():
    given = given_of("xx..", "xx..", "..xx", "..xx")
    kept = frozenset({("J0", "E00"), ("J1", "E00"), ("J0", "E01"), ("J1", "E01")})

    connect(grid_of(panel(4, 4, kept=kept)), given)

    assert (given == given_of("xx..", "xx..", "..xx", "..xx")).all()


def test_conflicts_are_never_traded_into():
    given = given_of("xx..", "xx..", "..xx", "..xx")
    conflicts = frozenset((f"J{j}", f"E0{e}") for j in (2, 3) for e in (0, 1))

    connect(grid_of(panel(4, 4, conflicts=conflicts)), given)

    assert groups_of(given).max() == 1


def test_the_trade_that_costs_least_expertise_is_made():
    grid = grid_of(panel(4, 4))
    grid.fit[:] = 2
    grid.fit[1, 3] = grid.fit[2, 0] = 0
    given = given_of("xx..", "xx..", "..xx", "..xx")

    connect(grid, given)

    assert (given == given_of("xx..", ".x.x", "x.x.", "..xx")).all()


@pytest.mark.parametrize(("overlap", "shared"), [(0, 0), (1, 1)])
def test_a_judge_alone_on_every_entry_gets_a_shared_one(overlap, shared):
    given = given_of("xx.", "xx.", "xx.", "..x")

    share_more(grid_of(panel(4, 3)), given, overlap=overlap)

    assert shared_of(given)[2] == shared
    assert given.sum(axis=0).tolist() == [3, 3, 1]
