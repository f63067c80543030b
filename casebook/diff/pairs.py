"""Which of the lines that were replaced correspond: the alignment whose pairs are most alike."""

from collections.abc import Sequence

Pair = tuple[int | None, int | None]
ALIKE = 0.3  # share of common letter pairs from which two lines are one line changed
_WORK = 600_000  # letter pairs compared at most
_WIDEST = 25
_NEVER = float("-inf")
_OLD, _NEW, _PAIR = 0, 1, 2  # of equal scores the last wins: what was removed stands before what was added


def pairs(old: Sequence[str], new: Sequence[str]) -> list[Pair]:
    """Return (index in old or None, index in new or None), both rising.

    Only lines near the same place are compared, fewer the longer the texts are, so time grows with their length.
    """
    if not old or not new:
        return [(i, None) for i in range(len(old))] + [(None, j) for j in range(len(new))]
    if len(old) == len(new) == 1:
        return [(0, 0)]
    return _walked_back(_steps(old, new), len(old), len(new))


def _steps(old: Sequence[str], new: Sequence[str]) -> list[dict[int, int]]:
    """For each line of old, the best last step to each line of new within the band."""
    band = _band(old, new)
    letters_old, letters_new = [_letter_pairs(line) for line in old], [_letter_pairs(line) for line in new]
    before: dict[int, float] = dict.fromkeys(range(len(new) + 1), 0.0)
    steps: list[dict[int, int]] = [dict.fromkeys(range(1, len(new) + 1), _NEW)]
    for i in range(1, len(old) + 1):
        middle = i * len(new) // len(old)
        last = len(new) if i == len(old) else min(len(new), middle + band)
        scores: dict[int, float] = {}
        step: dict[int, int] = {}
        for j in range(max(0, middle - band), last + 1):
            choices = [(before.get(j, _NEVER), _OLD), (scores.get(j - 1, _NEVER), _NEW)]
            if j and j - 1 in before:
                alike = _likeness(letters_old[i - 1], letters_new[j - 1])
                if alike >= ALIKE:
                    choices.append((before[j - 1] + alike, _PAIR))
            scores[j], step[j] = max(choices)
        steps.append(step)
        before = scores
    return steps


def _band(old: Sequence[str], new: Sequence[str]) -> int:
    size = sum(map(len, old)) + sum(map(len, new)) + 20 * (len(old) + len(new))
    slope = -(-len(new) // len(old))  # the bands of two lines one after the other overlap
    return max(slope + 1, min(_WIDEST + abs(len(new) - len(old)), _WORK // size))


def _walked_back(steps: list[dict[int, int]], i: int, j: int) -> list[Pair]:
    found: list[Pair] = []
    while i or j:
        step = steps[i][j]
        i -= step != _NEW
        j -= step != _OLD
        found.append((None if step == _NEW else i, None if step == _OLD else j))
    return found[::-1]


def _letter_pairs(line: str) -> frozenset[str]:
    bare = "".join(line.split())
    return frozenset(bare[at : at + 2] for at in range(max(1, len(bare) - 1)))


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b))
