"""Where two texts say the same: passages for marking side by side."""

from typing import NamedTuple

from competitions.similarity.runs import shared_runs
from competitions.similarity.units import Units, heads, letters

LETTER_WIDTH, LEAST_LETTERS = 8, 24
HEAD_WIDTH, LEAST_HEADS = 3, 6
GAP = 30  # characters: passages that are so near each other in both texts are one, with an edit inside
MOST = 200  # passages, the longest ones


class Span(NamedTuple):
    """A passage at one[start:end] and other[other_start:other_end]."""

    start: int
    end: int
    other_start: int
    other_end: int

    @property
    def length(self) -> int:
        return self.end - self.start


def shared_passages(one: str, other: str) -> list[Span]:
    """Return the passages of `one` that `other` holds too, in the order of `one`, not overlapping there.

    Two ways of looking: the same letters (whatever the spaces), and words with the same heads (whatever their
    particles and endings).
    """
    by_letters = _spans(letters(one), letters(other), width=LETTER_WIDTH, least=LEAST_LETTERS)
    by_heads = _spans(heads(one), heads(other), width=HEAD_WIDTH, least=LEAST_HEADS)
    joined = _joined(_without_overlaps(by_letters, by_heads))
    longest = sorted(joined, key=lambda span: -span.length)[:MOST]
    return sorted(longest)


def _spans(one: Units, other: Units, *, width: int, least: int) -> list[Span]:
    return [
        Span(
            one.starts[at],
            one.ends[at + length - 1],
            other.starts[place],
            other.ends[place + length - 1],
        )
        for at, place, length in shared_runs(one.values, other.values, width=width, least=least)
    ]


def _without_overlaps(*found: list[Span]) -> list[Span]:
    """All spans in order; of two that overlap in `one` the longer stays whole."""
    kept: list[Span] = []
    for span in sorted(span for spans in found for span in spans):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.length > kept[-1].length:
            kept[-1] = span
    return kept


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and span.start - last.end <= GAP and 0 <= span.other_start - last.other_end <= GAP:
            joined[-1] = Span(last.start, span.end, last.other_start, span.other_end)
        else:
            joined.append(span)
    return joined
