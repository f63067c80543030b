"""Which elements of two sequences correspond: elements unique to both first, then the shortest edit.

The shortest edit takes time that grows with the square of what differs, so the work of one comparison is counted
and stops at a limit; what is left then counts as replaced as a whole.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

Block = tuple[int, int, int]  # a[i:i + n] == b[j:j + n]
Region = tuple[int, int, int, int]  # a from, a to, b from, b to
MOST_STEPS = 100_000  # near 40 ms


@dataclass
class Budget:
    steps: int = MOST_STEPS

    def spend(self, steps: int) -> bool:
        """False once the budget is used up."""
        self.steps -= steps
        return self.steps >= 0


def align(a: Sequence[Hashable], b: Sequence[Hashable], budget: Budget | None = None) -> list[Block]:
    """Return the blocks that are equal in both, in order, none touching the next on both sides."""
    budget = budget or Budget()
    found: list[Block] = []
    waiting: list[Region] = [(0, len(a), 0, len(b))]
    while waiting:
        low, high, start, end = _without_ends(a, b, waiting.pop(), found)
        if low == high or start == end:
            continue
        anchors = _anchors(a, b, (low, high, start, end), budget)
        if not anchors:
            found += _shortest_edit(a, b, (low, high, start, end), budget)
            continue
        for i, j in anchors:
            found.append((i, j, 1))
            waiting.append((low, i, start, j))
            low, start = i + 1, j + 1
        waiting.append((low, high, start, end))
    return _joined(sorted(found))


def gaps(blocks: list[Block], length_a: int, length_b: int) -> list[tuple[Region, int]]:
    """Return (what differs before a block, length of that block) for each block and for the end."""
    found, low, start = [], 0, 0
    for i, j, count in [*blocks, (length_a, length_b, 0)]:
        found.append(((low, i, start, j), count))
        low, start = i + count, j + count
    return found


def _without_ends(a: Sequence[Hashable], b: Sequence[Hashable], region: Region, found: list[Block]) -> Region:
    """Note what both begin and end with; return the region between."""
    low, high, start, end = region
    first = low
    while low < high and start < end and a[low] == b[start]:
        low, start = low + 1, start + 1
    if low > first:
        found.append((first, start - (low - first), low - first))
    last = high
    while low < high and start < end and a[high - 1] == b[end - 1]:
        high, end = high - 1, end - 1
    if high < last:
        found.append((high, end, last - high))
    return low, high, start, end


def _anchors(
    a: Sequence[Hashable], b: Sequence[Hashable], region: Region, budget: Budget
) -> list[tuple[int, int]]:
    """Elements that stand once in each part, as the longest chain that keeps its order in both."""
    low, high, start, end = region
    if not budget.spend((high - low + end - start) // 8):
        return []
    counts_a, counts_b = Counter(a[low:high]), Counter(b[start:end])
    places = {b[j]: j for j in range(start, end) if counts_b[b[j]] == 1}
    pairs = [(i, places[a[i]]) for i in range(low, high) if counts_a[a[i]] == 1 and a[i] in places]
    return _longest_rising(pairs)


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    tops: list[int] = []  # the smallest j that ends a chain of each length
    ends: list[int] = []  # and the index of its pair
    before: list[int] = []
    for index, (_i, j) in enumerate(pairs):
        length = bisect_left(tops, j)
        before.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [j]
        ends[length : length + 1] = [index]
    chain, index = [], ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _shortest_edit(
    a: Sequence[Hashable], b: Sequence[Hashable], region: Region, budget: Budget
) -> list[Block]:
    """E. W. Myers, An O(ND) difference algorithm (1986), going forward; [] when the budget runs out."""
    low, high, start, end = region
    width, height = high - low, end - start
    reach = {1: 0}  # on each diagonal k = x - y, how far x came
    trail = []
    for depth in range(width + height + 1):
        if not budget.spend(2 * depth + 1):
            return []
        trail.append(reach.copy())
        for k in range(-depth, depth + 1, 2):
            down = k == -depth or (k != depth and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            while x < width and 0 <= x - k < height and a[low + x] == b[start + x - k]:
                x += 1
            reach[k] = x
            if x >= width and x - k >= height:
                return _walked_back(trail, low, start, width, height)
    return []


def _walked_back(trail: list[dict[int, int]], low: int, start: int, width: int, height: int) -> list[Block]:
    found, x, y = [], width, height
    for depth in range(len(trail) - 1, -1, -1):
        reach, k = trail[depth], x - y
        down = k == -depth or (k != depth and reach[k - 1] < reach[k + 1])
        before = k + 1 if down else k - 1
        from_x = reach[before] if depth else 0
        middle = from_x if down or not depth else from_x + 1  # where the diagonal run began
        if x > middle:
            found.append((low + middle, start + middle - k, x - middle))
        x, y = from_x, from_x - before
    return found


def _joined(blocks: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for i, j, count in blocks:
        if joined and joined[-1][0] + joined[-1][2] == i and joined[-1][1] + joined[-1][2] == j:
            joined[-1] = (joined[-1][0], joined[-1][1], joined[-1][2] + count)
        else:
            joined.append((i, j, count))
    return joined
