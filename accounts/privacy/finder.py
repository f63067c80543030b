"""Runs the shapes over a text and keeps the strongest reading of each place."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from accounts.privacy.checks import CHECKS
from accounts.privacy.folding import fold
from accounts.privacy.shape import Group, Shape
from accounts.privacy.shapes import ALOUD, CONTEXTS, GROUPS
from accounts.privacy.words import BLOCKING, KINDS


class Finding(NamedTuple):
    """A place in the text as it was given. It holds no value, so that none reaches a log."""

    kind: str
    start: int
    end: int


class _Hit(NamedTuple):
    kind: str
    start: int
    end: int
    order: int
    broken: bool  # goes over the end of a line


@dataclass(frozen=True)
class _Reading:
    """A stretch of the folded text. `words` is what stands there, `digits` the same with Hangul digits as figures."""

    begin: int
    words: str
    digits: str
    aloud: bool


def find(text: str) -> list[Finding]:
    """Return what looks like personal data, in order and without overlaps."""
    folded = fold(text)
    hits = _strongest(hit for group in _GROUPS for hit in group.hits(folded.text))
    return [Finding(hit.kind, *folded.span(hit.start, hit.end)) for hit in hits]


def mask(text: str, findings: Iterable[Finding], translate: Callable[[str], str] = str) -> str:
    """Put the name of its kind in brackets in the place of each finding."""
    pieces, at = [], 0
    for kind, start, end in findings:
        pieces += [text[at:start], f"[{translate(KINDS[kind])}]"]
        at = end
    return "".join([*pieces, text[at:]])


class _Shape:
    def __init__(self, shape: Shape, order: int) -> None:
        self.kind, self.order, self.aloud, self.least = shape.kind, order, shape.aloud, shape.least
        self.search = re.compile(shape.pattern).search
        self.check = CHECKS.get(shape.check)
        context = CONTEXTS.get(shape.context)
        self.near = re.compile(context.words).search if context else None
        self.before, self.after = (context.before, context.after) if context else (0, 0)

    def hits(self, reading: _Reading) -> Iterator[_Hit]:
        """Matches may overlap: one that fails its check may hide the beginning of a true one."""
        if self.near and not self.near(reading.words):
            return
        match = self.search(reading.digits)
        while match:
            if self._holds(match, reading):
                start, end = reading.begin + match.start(), reading.begin + match.end()
                yield _Hit(self.kind, start, end, self.order, "\n" in match[0])
            match = self.search(reading.digits, match.start() + 1)

    def _holds(self, match: re.Match[str], reading: _Reading) -> bool:
        start, end = match.span()
        if self.near and not self._has_context(reading.words, start, end):
            return False
        if reading.aloud and sum(sign in ALOUD for sign in reading.words[start:end]) < 2:
            return False
        return self.check is None or self.check(match[0])

    def _has_context(self, words: str, start: int, end: int) -> bool:
        if self.near is None:
            return True
        before, after = words[max(0, start - self.before) : start], words[end : end + self.after]
        return bool(self.near(before) or self.near(after))


class _Group:
    def __init__(self, group: Group, shapes: list[_Shape]) -> None:
        self.seeds = re.compile(group.seed).finditer
        self.reach, self.shapes = group.reach, shapes

    def hits(self, text: str) -> Iterator[_Hit]:
        for begin, end, aloud in self._regions(text):
            for reading in _readings(text[begin:end], begin, aloud=aloud):
                count = len(_figures.findall(reading.digits))
                for shape in self.shapes:
                    if shape.least <= count and (shape.aloud or not reading.aloud):
                        yield from shape.hits(reading)

    def _regions(self, text: str) -> Iterator[tuple[int, int, bool]]:
        """Yield stretches around the seeds, none touching another, and whether digits are read aloud in them."""
        begin, end, aloud = 0, -1, False
        for seed in self.seeds(text):
            start = max(0, seed.start() - self.reach)
            if start > end >= 0:
                yield begin, end, aloud
            if start > end:
                begin, aloud = start, False
            end = seed.end() + self.reach
            aloud = aloud or len(_aloud.findall(seed[0])) >= 2
        if end >= 0:
            yield begin, end, aloud


def _readings(words: str, begin: int, *, aloud: bool) -> Iterator[_Reading]:
    yield _Reading(begin, words, words, False)
    if not aloud:
        return
    # "...칠팔이고": the last syllable is no digit but a particle; the O of "O일이삼..." is a passport's letter.
    particles = _particle.sub("\ufffd", words)
    ways = (words.translate(_digits), words.translate(_syllables), particles.translate(_syllables))
    for digits in dict.fromkeys(ways):
        yield _Reading(begin, words, digits, True)


def _strongest(hits: Iterable[_Hit]) -> list[_Hit]:
    """Blocking before warning, on one line before broken, longer before shorter, the earlier shape."""
    ranked = sorted(
        set(hits),
        key=lambda hit: (hit.kind not in BLOCKING, hit.broken, hit.start - hit.end, hit.order, hit.start),
    )
    kept: list[_Hit] = []
    starts: list[int] = []
    for hit in ranked:
        at = bisect_left(starts, hit.start)
        free_before = at == 0 or kept[at - 1].end <= hit.start
        if free_before and (at == len(kept) or hit.end <= kept[at].start):
            kept.insert(at, hit)
            starts.insert(at, hit.start)
    return kept


_figures = re.compile("[0-9]")
_aloud = re.compile(f"[{''.join(ALOUD)}]")
_digits = str.maketrans(ALOUD)
_syllables = {code: digit for code, digit in _digits.items() if code > 127}
_particle = re.compile(f"이(?=[가-힣])(?![{''.join(ALOUD)}])")
_shapes: dict[Shape, _Shape] = {}
for _group in GROUPS:
    for _shape in _group.shapes:
        _shapes.setdefault(_shape, _Shape(_shape, len(_shapes)))
_GROUPS = [_Group(group, [_shapes[shape] for shape in group.shapes]) for group in GROUPS]
