"""The official order of a stored contest as it is now, for boards: from sums of sheets, in a fixed number of queries.

It follows the declared rule exactly and agrees with `compute` on every entry; what is frozen always comes from
`compute`. Only what a board shows is worked out: no marks, no steps.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC
from itertools import chain
from typing import NamedTuple

from django.db.models import Value
from django.db.models.functions import Coalesce

from competitions.declared import declared_rule
from competitions.judging.advancing import leaving
from competitions.judging.awards import Proposal, proposed_awards
from competitions.judging.places import equals, in_order, listing, numbered
from competitions.judging.records import Contest, Entry
from competitions.judging.rounds import possible_points
from competitions.judging.ties import key_of, parted
from competitions.judging.totals import totals_of
from competitions.results import pseudonyms
from competitions.round_sums import is_summed, round_outcomes, tallied


class Coded(NamedTuple):
    """An entry as the rule knows it."""

    pk: int
    code: str
    track: str


@dataclass(frozen=True)
class Standings:
    """The order of all entries. Everything by code, but outcomes: by round, then by code.

    order: best first, then those out by a floor, not advanced, unscored. totals: None when unscored.
    contest: the rule. entries: Coded. left_in: the code of the round after which an entry is out.
    """

    contest: Contest
    entries: dict
    order: list
    places: dict
    totals: dict
    statuses: dict
    broken_by: dict
    proposal: Proposal
    outcomes: dict
    left_in: dict


def standings(competition):
    """Return the order of a competition's judged entries by its declared rule and its signed sheets."""
    contest = declared_rule(competition)
    rows = (
        competition.entries.judged().order_by().values_list("pk", "code", Coalesce("track__code", Value("")))
    )
    entries = list(map(Coded._make, rows))
    outcomes, out, left_in = course(competition, contest=contest, entries=entries)
    members = alike(contest, entries=entries, outcomes=outcomes)
    totals = spread(contest, members=members, outcomes=outcomes)
    statuses = {}
    for code, total in totals.items():
        statuses[code] = out.get(code) or ("unscored" if total is None else "ranked")
        if statuses[code] == "unscored":
            totals[code] = None
    groups, broken_by = places_of(
        competition,
        contest,
        entries=entries,
        totals=totals,
        statuses=statuses,
        outcomes=outcomes,
        members=members,
    )
    places = numbered(groups)
    proposal = proposed_awards(
        places,
        awards=contest.awards,
        tracks={entry.code: entry.track for entry in entries},
        people=pseudonyms(competition) if contest.scoring.one_prize_per_person else {},
    )
    statuses |= dict.fromkeys(proposal.tied, "tied_at_award_line")
    return Standings(
        contest=contest,
        entries={entry.code: entry for entry in entries},
        order=listing(places, statuses=statuses, totals=totals),
        places=places,
        totals=totals,
        statuses=statuses,
        broken_by=broken_by,
        proposal=proposal,
        outcomes=outcomes,
        left_in=left_in,
    )


def course(competition, *, contest, entries):
    """Return each round's outcomes, why entries are out, and after which round."""
    outcomes, out, left_in = {}, {}, {}
    for round_ in contest.rounds:
        absent = {code for code, why in out.items() if why == "not_advanced"}
        found = round_outcomes(competition, round_, contest=contest, entries=entries, absent=absent)
        outcomes[round_.code] = found
        if round_.floor or round_.advance:
            there = [each for each in entries if each.code in found and each.code not in out]
            scores = {each.code: found[each.code].score for each in there}
            whole = replace(contest, entries=tuple(entries))
            leave = leaving(
                round_, entries=there, scores=scores, possible=possible_points(round_, contest=whole)
            )
        elif round_.carries:
            missing = (code for code, outcome in found.items() if outcome.score is None)
            leave = {code: "unscored" for code in missing if code not in out}
        else:
            leave = {}
        out |= leave
        left_in |= dict.fromkeys(leave, round_.code)
    return outcomes, out, left_in


def alike(contest, *, entries, outcomes):
    """Return lists of entries that have the very same outcome in every round that carries: one total for each list."""
    codes = [entry.code for entry in entries]
    columns = [map(id, map(outcomes[each.code].get, codes)) for each in contest.rounds if each.carries]
    members = defaultdict(list)
    keys = list(zip(*columns, strict=True)) or [()] * len(entries)
    for entry, key in zip(entries, keys, strict=True):
        members[key].append(entry)
    return list(members.values())


def spread(contest, *, members, outcomes):
    """Return the total of every entry by code, worked out once for those alike."""
    first = [each[0] for each in members]
    codes = {entry.code for entry in first}
    own = {name: {code: found[code] for code in codes if code in found} for name, found in outcomes.items()}
    totals = totals_of(replace(contest, entries=tuple(first)), outcomes=own)
    return {entry.code: totals[each[0].code] for each in members for entry in each}


def places_of(competition, contest, *, entries, totals, statuses, outcomes, members):
    """Return the ranked entries in groups that share a place, best first, and the step that parted each."""
    ranked = {}
    for each in members:
        codes = [entry.code for entry in each if statuses[entry.code] == "ranked"]
        if codes:
            ranked[codes[0]] = codes
    firsts = {code: totals[code] for code in ranked}
    groups = [
        sorted(chain.from_iterable(ranked[code] for code in part))
        for part in equals(in_order(firsts), key=firsts)
    ]
    steps = [step for step in contest.scoring.tie_break if step != "joint"]
    tied = {code for group in groups if len(group) > 1 for code in group} if steps else set()
    if not tied:
        return groups, {}
    keys = tie_keys(
        competition,
        contest,
        steps=steps,
        outcomes=outcomes,
        tied=[each for each in entries if each.code in tied],
    )
    parts = [(part, step) for group in groups for part, step in parted(group, keys=keys)]
    broken_by = {part[0]: step for part, step in parts if step is not None and len(part) == 1}
    return [part for part, _step in parts], broken_by


def tie_keys(competition, contest, *, steps, outcomes, tied):
    """Return the steps with their keys. Numbers of criteria are read for the tied entries only."""
    if "submitted" in steps:
        rows = competition.entries.filter(pk__in=[each.pk for each in tied]).values_list("pk", "submitted_at")
        instants = {pk: at.astimezone(UTC).isoformat() if at else "" for pk, at in rows}
        submitted = [Entry(code=each.code, submitted_at=instants[each.pk]) for each in tied]
    else:
        submitted = []
    if any(step.startswith("criterion:") for step in steps):
        outcomes = outcomes | {
            each.code: tallied(
                competition,
                each,
                contest=contest,
                entries=[entry for entry in tied if each.is_for(entry.track)],
                absent=(),
            )
            for each in contest.rounds
            if is_summed(each)
        }
    whole = replace(contest, entries=tuple(submitted))
    return [(step, key_of(step, contest=whole, outcomes=outcomes)) for step in steps]
