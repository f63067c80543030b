"""The declared rule from round scores to places and awards, in floating point; see scores.py."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from competitions.judging.advice.arrays import Bools, Floats, Ints
from competitions.judging.advice.marks import RoundMarks
from competitions.judging.advice.scores import Scores
from competitions.judging.awards import proposed_awards
from competitions.judging.records import Advance, Contest, Entry, Limit, Round
from competitions.judging.ties import as_instant, criterion_of

ALIKE = 9  # decimals; closer numbers count as equal
Parts = Mapping[str, Scores]  # by round
Source = Callable[[Bools], Scores]  # from who is absent


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked:
    """place: (entries,) from 1, 0 = none. awards: award code by entry code."""

    place: Ints
    awards: Mapping[str, str]


def ranked(
    contest: Contest, *, marks: Mapping[str, RoundMarks], sources: Mapping[str, Source], submitted: Floats
) -> Ranked:
    """Return places and awards by the rule: floors, who goes on, total, tie chain, tiers.

    marks: of every round; sources: what gives each round's scores once it is known who is absent.
    submitted: as `submission_keys` gives them.
    """
    some = next(iter(marks.values()))
    parts: dict[str, Scores] = {}
    still_in = np.ones(len(some.entries), dtype=np.bool_)
    absent = np.zeros(len(some.entries), dtype=np.bool_)
    for round_ in contest.rounds:
        own = marks[round_.code]
        parts[round_.code] = sources[round_.code](absent)
        reached = reaching(own, parts[round_.code][0], still_in=still_in)
        still_in = reached
        if round_.advance is not None and round_ is not contest.rounds[-1]:
            still_in = going_on(
                np.round(parts[round_.code][0], ALIKE), kept=reached, rule=round_.advance, marks=own
            )
        absent = absent | (reached & ~still_in)
    total = totals(contest, marks=marks, parts=parts)
    still_in = still_in & ~np.isnan(total)
    keys = [total]
    for step in contest.scoring.tie_break:
        if step == "submitted":
            keys.append(submitted)
        elif step != "joint":
            keys.append(tie_key(step, contest=contest, marks=marks, parts=parts))
    place, order = joint(keys, chosen=np.flatnonzero(still_in))
    if not contest.awards:
        return Ranked(place=place, awards={})
    near = order[near_the_top(contest, track=some.track[order], place=place[order])]
    codes = {some.entries[at]: int(place[at]) for at in near}
    tracks = {some.entries[at]: some.tracks[some.track[at]] for at in near}
    people = {entry.code: entry.people for entry in contest.entries if entry.people}
    once = people if contest.scoring.one_prize_per_person else None
    return Ranked(
        place=place, awards=proposed_awards(codes, awards=contest.awards, tracks=tracks, people=once).awards
    )


def totals(contest: Contest, *, marks: Mapping[str, RoundMarks], parts: Parts) -> Floats:
    """Return each entry's total, rounded if the rule says so; nan when a round that carries has no score."""
    some = next(iter(marks.values()))
    found = np.zeros(len(some.entries))
    weight = np.zeros(len(some.entries))
    for round_ in contest.rounds:
        if not round_.carries:
            continue
        own, score = judged(marks[round_.code]), parts[round_.code][0]
        share = float(round_.weight)
        if contest.scoring.total == "sum_of_points":
            score, share = score / 100 * marks[round_.code].full_points[some.track], 1.0
        found[own] += share * score[own]
        weight[own] += share
    if contest.scoring.total == "weighted_percent":
        found = np.divide(found, weight, out=np.full_like(found, np.nan), where=weight > 0)
    found[weight == 0] = np.nan
    found = np.round(found, ALIKE)
    places = contest.scoring.places
    if places is None:
        return found
    return np.sign(found) * np.floor(np.abs(found) * 10**places + 0.5 + 10.0**-6) / 10**places


def judged(marks: RoundMarks) -> Bools:
    """Return which entries the round judges, (entries,)."""
    each = np.array([marks.round.is_for(track) for track in marks.tracks], dtype=np.bool_)
    own: Bools = each[marks.track]
    return own


def reaching(marks: RoundMarks, score: Floats, *, still_in: Bools) -> Bools:
    """Return who of those still in has a score and reaches the floor, (entries,); others' rounds leave one in."""
    round_ = marks.round
    if not (round_.carries or round_.floor or round_.advance):
        return still_in
    kept = still_in & ~np.isnan(score)
    if round_.floor is not None:
        with np.errstate(invalid="ignore"):
            kept &= score > least(round_.floor, marks) - 10.0**-ALIKE
    return np.where(judged(marks), kept, still_in)


def least(limit: Limit, marks: RoundMarks) -> Floats:
    """Return a limit in percent for each entry, (entries,)."""
    if limit.percent is not None:
        return np.full(len(marks.entries), float(limit.percent))
    found: Floats = 100 * float(limit.points or 0) / marks.full_points[marks.track]
    return found


def going_on(score: Floats, *, kept: Bools, rule: Advance, marks: RoundMarks) -> Bools:
    """Return who goes on to the next round, equals at the line all of them, (entries,)."""
    own = judged(marks)
    rivals = kept & own
    if rule.least is not None:
        with np.errstate(invalid="ignore"):
            rivals &= score > least(rule.least, marks) - 10.0**-ALIKE
    on = rivals
    if rule.top is not None:
        sides = [marks.track == at for at in range(len(marks.tracks))] if rule.per_track else [own]
        on = np.zeros_like(kept)
        for side in sides:
            best = np.sort(score[rivals & side])[::-1]
            if len(best):
                with np.errstate(invalid="ignore"):
                    on |= rivals & side & (score >= best[min(rule.top, len(best)) - 1])
    return np.where(own, on, kept)


def submission_keys(contest: Contest) -> Floats:
    """Return numbers of which the earliest submission has the highest, an unknown one the lowest, (entries,)."""
    instants = [
        as_instant(e.submitted_at) if e.submitted_at else None for e in sorted(contest.entries, key=code_of)
    ]
    rank = {instant: at for at, instant in enumerate(sorted({each for each in instants if each is not None}))}
    return np.array([-np.inf if each is None else -float(rank[each]) for each in instants], dtype=np.float64)


def code_of(entry: Entry) -> str:
    """Return an entry's code."""
    return entry.code


def tie_key(step: str, *, contest: Contest, marks: Mapping[str, RoundMarks], parts: Parts) -> Floats:
    """Return the numbers of a criterion or a round, higher = better, the missing lowest, (entries,)."""
    kind, _, name = step.partition(":")
    if kind == "round":
        value = np.where(judged(marks[name]), parts[name][0], np.nan)
    else:
        code, criterion = criterion_of(name, contest=contest)
        at = position_of(criterion, marks[code].round)
        own = marks[code].judged[marks[code].track, at]
        value = np.where(own, parts[code][1][:, at], np.nan)
    return np.where(np.isnan(value), -np.inf, np.round(value, ALIKE))


def position_of(criterion: str, round_: Round) -> int:
    """Return the place of a criterion in its round, from 0."""
    return [each.code for each in round_.criteria].index(criterion)


def joint(keys: Sequence[Floats], *, chosen: Ints) -> tuple[Ints, Ints]:
    """Return (places, 0 for those not chosen; the chosen in order). Equals in every key share a place: 1, 2, 2, 4."""
    place = np.zeros(len(keys[0]), dtype=np.int64)
    if len(chosen) == 0:
        return place, chosen
    order = chosen[np.lexsort([-key[chosen] for key in reversed(keys)])]
    # -inf - -inf is no number: equals are found by comparison.
    new = np.zeros(len(order), dtype=np.bool_)
    new[0] = True
    for key in keys:
        new[1:] |= key[order][1:] != key[order][:-1]
    starts = np.flatnonzero(new)
    place[order] = starts[np.cumsum(new) - 1] + 1
    return place, order


def near_the_top(contest: Contest, *, track: Ints, place: Ints) -> Bools:
    """Return which entries, in order of place, could be reached by an award of theirs, (entries,)."""
    seats = sum(award.count for award in contest.awards)
    if contest.scoring.one_prize_per_person:
        seats += sum(1 for entry in contest.entries if entry.people)
    near = np.zeros(len(track), dtype=np.bool_)
    for side in np.unique(track):
        own = np.flatnonzero(track == side)
        near[own] = place[own] <= place[own[min(seats, len(own)) - 1]]
    return near
