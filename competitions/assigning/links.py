"""Who is linked with whom: judges by the entries they share."""

import numpy as np

from competitions.assigning.grid import Bools, Ints


def shared_counts(given: Bools) -> Ints:
    """Return how many entries each pair of judges shares; on the diagonal, each judge's load."""
    # Counts stay far below 2**24, where float32 (multiplied many times faster than integers) is exact.
    pairs = given.astype(np.float32)
    return (pairs.T @ pairs).astype(np.int64)


def groups_of(given: Bools) -> Ints:
    """Return each judge's group, numbered from 0 by first judge; -1 for judges without entries."""
    linked = shared_counts(given) > 0
    groups = np.full(len(linked), -1, dtype=np.int64)
    number = 0
    for judge in range(len(linked)):
        if groups[judge] >= 0 or not linked[judge, judge]:
            continue
        reached, edge = linked[judge].copy(), linked[judge]
        while edge.any():
            edge = linked[edge].any(axis=0) & ~reached
            reached |= edge
        groups[reached] = number
        number += 1
    return groups


def least_groups(may: Bools, given: Bools) -> int:
    """Return in how many groups at least so many pairs leave these judges, whoever has which entry."""
    busy = given.any(axis=0)
    vertices = int(busy.sum()) + int(given.any(axis=1).sum())
    return max(reachable_groups(may, given), vertices - int(given.sum()))


def reachable_groups(may: Bools, given: Bools) -> int:
    """Return how many groups the judges with entries fall into when each has all they may have."""
    return len(np.unique(groups_of(may)[given.any(axis=0)]))


def shared_of(given: Bools) -> Ints:
    """Return how many of each judge's entries another judge has too."""
    return given[given.sum(axis=1) >= 2].sum(axis=0)


def loose_pairs(given: Bools) -> Bools:
    """Return the pairs without which entries and judges hang together as before: those on a circle."""
    loose = given.copy()
    entries = len(given)
    for one, other in bridges(neighbours_of(given)):
        loose[min(one, other), max(one, other) - entries] = False
    return loose


def neighbours_of(given: Bools) -> list[list[int]]:
    """Return the graph: entries first, then judges."""
    entries, judges = given.shape
    neighbours: list[list[int]] = [[] for _ in range(entries + judges)]
    rows, columns = np.nonzero(given)
    for row, column in zip(rows.tolist(), (columns + entries).tolist(), strict=True):
        neighbours[row].append(column)
        neighbours[column].append(row)
    return neighbours


def bridges(neighbours: list[list[int]]) -> list[tuple[int, int]]:
    """Return the edges on no circle, by depth-first search (Tarjan 1974), without recursion."""
    order = [-1] * len(neighbours)
    low = [0] * len(neighbours)
    found: list[tuple[int, int]] = []
    clock = 0
    for root in range(len(neighbours)):
        if order[root] >= 0:
            continue
        order[root] = low[root] = clock
        clock += 1
        stack = [(root, -1, iter(neighbours[root]))]
        while stack:
            vertex, parent, rest = stack[-1]
            for other in rest:
                if order[other] < 0:
                    order[other] = low[other] = clock
                    clock += 1
                    stack.append((other, vertex, iter(neighbours[other])))
                    break
                if other != parent:
                    low[vertex] = min(low[vertex], order[other])
            else:
                stack.pop()
                if parent >= 0:
                    low[parent] = min(low[parent], low[vertex])
                    if low[vertex] > order[parent]:
                        found.append((parent, vertex))
    return found
