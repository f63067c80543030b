"""Everything that is estimated of one round."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.additive import Additive, fit
from competitions.judging.advice.arrays import Floats, Ints
from competitions.judging.advice.errors import AdviceRefused, Disconnected, TooFew
from competitions.judging.advice.marks import RoundMarks
from competitions.judging.advice.panel import Panel, panel_of
from competitions.judging.advice.shrunken import Posterior, posterior
from competitions.judging.records import Contest


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What is not estimated and why. round: its code, "" = of the whole contest. track: "" = all."""

    round: str
    what: str
    reason: str
    params: Mapping[str, object]
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The sheets of a round, or of one track of it, with what they allow.

    at: (entries of the panel,) their positions among all entries. additive, posterior: None = refused.
    is_plain: one judge or one entry, so the sheets stand as they are. is_disconnected: judges share no entry.
    """

    panel: Panel
    at: Ints
    additive: Additive | None = None
    posterior: Posterior | None = None
    is_plain: bool = False
    is_disconnected: bool = False
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundAdvice:
    """One round. panel: all its sheets. score: (entries,) official, for a round without judges, nan = missing.

    parts: what was estimated together; none in a round without judges, whose scores stand as they are.
    """

    marks: RoundMarks
    panel: Panel
    score: Floats
    parts: tuple[Part, ...]

    @property
    def refused(self) -> list[Refused]:
        """Return what is not estimated and why."""
        return [each for part in self.parts for each in part.refused]

    def calibrated(self) -> Floats:
        """Return each entry's worth by least squares, (entries,); nan = missing or refused."""
        found = self.score.copy()
        for part in self.parts:
            if part.is_plain:
                found[part.at] = part.panel.mean_of_entries()
            elif part.additive is not None:
                found[part.at] = part.additive.f
        return found

    def shrunken(self) -> Floats:
        """Return the posterior mean of each entry's worth, (entries,); nan = missing or refused."""
        found = self.score.copy()
        for part in self.parts:
            if part.is_plain:
                found[part.at] = part.panel.mean_of_entries()
            elif part.posterior is not None:
                found[part.at] = part.posterior.f
        return found

    def draw(self, random: np.random.Generator, count: int) -> Floats:
        """Draw each entry's worth, (count, entries); what is not estimated stands still, nan stays nan."""
        found = np.broadcast_to(self.shrunken(), (count, len(self.score)))
        if not any(part.posterior is not None for part in self.parts):
            return found
        found = found.copy()
        for part in self.parts:
            if part.posterior is not None:
                found[:, part.at] = part.posterior.draw(random, count)
        return found


def round_advice(contest: Contest, *, marks: RoundMarks, score: Floats) -> RoundAdvice:
    """Return what is estimated of a round. score: (entries,) on the scale of the total, nan = missing.

    All tracks are compared together. Where judges of different tracks share no entry and every award is of one
    track, each track is compared by itself.
    """
    in_points = contest.scoring.total == "sum_of_points"
    panel = panel_of(marks, in_points=in_points)
    if not len(panel.y):
        return RoundAdvice(marks=marks, panel=panel, score=score, parts=())
    parts = [part_of(panel, marks=marks)]
    if parts[0].is_disconnected and apart(contest):
        tracks = [(track, panel_of(marks, in_points=in_points, track=track)) for track in marks.tracks]
        parts = [part_of(own, marks=marks, track=track) for track, own in tracks if len(own.y)]
    missing = np.full(len(score), np.nan)
    return RoundAdvice(marks=marks, panel=panel, score=missing, parts=tuple(parts))


def apart(contest: Contest) -> bool:
    """Say whether entries of different tracks never compete: every award is of one track."""
    return bool(contest.awards) and all(award.track for award in contest.awards)


def part_of(panel: Panel, *, marks: RoundMarks, track: str = "") -> Part:
    """Return what a panel allows, with the reason for what it does not. track: of the panel, "" = all."""
    where = {code: at for at, code in enumerate(marks.entries)}
    at = np.array([where[code] for code in panel.entries], dtype=np.int64)
    try:
        additive = fit(panel)
    except AdviceRefused as error:
        refused = refusal(error, what="calibrated", marks=marks, track=track)
        return Part(
            panel=panel,
            at=at,
            is_plain=isinstance(error, TooFew),
            is_disconnected=isinstance(error, Disconnected),
            refused=(refused,),
        )
    try:
        return Part(panel=panel, at=at, additive=additive, posterior=posterior(panel))
    except AdviceRefused as error:
        refused = refusal(error, what="shrunken", marks=marks, track=track)
        return Part(panel=panel, at=at, additive=additive, refused=(refused,))


def refusal(error: AdviceRefused, *, what: str, marks: RoundMarks, track: str) -> Refused:
    """Return a refusal as a record."""
    return Refused(round=marks.round.code, what=what, reason=error.reason, params=error.params, track=track)
