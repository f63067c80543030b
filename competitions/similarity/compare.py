"""How alike two texts are, in one word, one number and the passages they share."""

from bisect import bisect_left
from dataclasses import dataclass

from casebook.search.similarity import THRESHOLD, similarity
from competitions.similarity.passages import Span, shared_passages
from competitions.similarity.units import heads

COPY = 0.95
MOSTLY = 0.7  # of both texts is in shared passages: an edit all over, however many endings it changes
MOVED = 0.1  # of the shared text that stands in another order: above, passages were reordered
LONG_RUN = 200  # characters of one shared passage
LEAST_SHARE, LEAST_SHARED = 0.15, 100  # of the text, and characters: a short text shares phrases with many
HEAD_RUN = 3  # words
KINDS = ("copy", "light_edit", "reordered", "passage", "none")


@dataclass(frozen=True, slots=True)
class Comparison:
    """kind: of KINDS. share: 0 to 1, how much of the first text the other one holds too. alike: of both, 0 to 1."""

    kind: str
    share: float
    alike: float
    passages: tuple[Span, ...] = ()


def compare(one: str, other: str) -> Comparison:
    """Compare two texts, each as long as `LONGEST` of texts.py says."""
    alike = max(similarity(one, other), heads_alike(one, other))
    passages = shared_passages(one, other)
    shared = sum(span.length for span in passages)
    share = min(1.0, shared / (len(one.strip()) or 1))
    returned = sum(span.other_end - span.other_start for span in passages) / (len(other.strip()) or 1)
    is_near = alike >= THRESHOLD or min(share, returned) >= MOSTLY
    kind = _near(alike, passages) if is_near else _distant(share, shared, passages)
    return Comparison(kind, round(share, 3), round(alike, 3), tuple(passages))


def heads_alike(one: str, other: str) -> float:
    """Return the share of common runs of word heads (Jaccard): edited particles and endings leave it high."""
    first, second = _head_runs(one), _head_runs(other)
    shared = len(first & second)
    return shared / (len(first) + len(second) - shared) if shared else 0.0


def moved_share(passages: list[Span]) -> float:
    """Return how much of the shared text, 0 to 1, must move to stand in the order of the other text."""
    shared = sum(span.length for span in passages)
    return 1 - _longest_in_order(passages) / shared if shared else 0.0


def _near(alike: float, passages: list[Span]) -> str:
    if moved_share(passages) > MOVED:
        return "reordered"
    return "copy" if alike >= COPY else "light_edit"


def _distant(share: float, shared: int, passages: list[Span]) -> str:
    has_long_run = any(span.length >= LONG_RUN for span in passages)
    return "passage" if has_long_run or (share >= LEAST_SHARE and shared >= LEAST_SHARED) else "none"


def _head_runs(text: str) -> set[tuple[str, ...]]:
    values = heads(text).values
    return {values[at : at + HEAD_RUN] for at in range(len(values) - HEAD_RUN + 1)}


def _longest_in_order(passages: list[Span]) -> int:
    """Most characters of passages that stand in the same order in both texts (heaviest increasing subsequence)."""
    ends: list[int] = [
        -1
    ]  # where the best chain of each weight ends in the other text; rising, as do the weights
    weights = [0]
    for span in passages:
        before = bisect_left(ends, span.other_start + 1) - 1
        weight = weights[before] + span.length
        at = bisect_left(ends, span.other_start + 1)
        beaten = at
        while beaten < len(ends) and weights[beaten] <= weight:
            beaten += 1
        ends[at:beaten], weights[at:beaten] = [span.other_start], [weight]
    return weights[-1]
