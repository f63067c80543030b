"""Who is proposed for which award."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from competitions.judging.places import equals
from competitions.judging.records import Award

People = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class Proposal:
    """awards: award code by entry. tied: at an award line. passed_over: by entry, the one that has the prize."""

    awards: dict[str, str] = field(default_factory=dict)
    tied: set[str] = field(default_factory=set)
    passed_over: dict[str, str] = field(default_factory=dict)


def proposed_awards(
    places: Mapping[str, int],
    *,
    awards: Sequence[Award],
    tracks: Mapping[str, str] | None = None,
    people: People | None = None,
) -> Proposal:
    """Fill the award tiers in their order by place.

    places: by entry code, in order of place. tracks: by entry, "" when not given. people: by entry, only where one
    person gets one prize. Entries sharing a place that do not all fit in what is left of a tier get nothing, and
    neither that tier nor a later one that could take them goes on: a person decides.
    Source: docs/judging.md, section 7.
    """
    found = Proposal()
    track_of = dict.fromkeys(places, "") | dict(tracks or {})
    winners: dict[str, str] = {}  # person -> entry
    for award in awards:
        if found.tied and could_take(award, {track_of[code] for code in found.tied}):
            continue
        ranked = [
            code
            for code in places
            if award.track in {"", track_of[code]}
            and not (code in found.awards or code in found.tied or code in found.passed_over)
        ]
        fill(
            award, groups=list(equals(ranked, key=places)), found=found, people=people or {}, winners=winners
        )
    return found


def could_take(award: Award, tracks: set[str]) -> bool:
    """Say whether a tier is for entries of one of the tracks."""
    return not award.track or award.track in tracks


def fill(
    award: Award, *, groups: list[list[str]], found: Proposal, people: People, winners: dict[str, str]
) -> None:
    """Give out one tier, going down the places, until it is full or a tie stops it."""
    left = award.count
    for group in groups:
        if not left:
            return
        prized = {code: [winners[who] for who in people.get(code, ()) if who in winners] for code in group}
        order = {code: number for number, code in enumerate(found.awards)}
        found.passed_over |= {code: min(own, key=order.__getitem__) for code, own in prized.items() if own}
        fresh = [code for code in group if not prized[code]]
        named = [person for code in fresh for person in set(people.get(code, ()))]
        if len(fresh) > left or len(set(named)) < len(named):
            found.tied.update(fresh)
            return
        for code in fresh:
            found.awards[code] = award.code
            winners.update(dict.fromkeys(people.get(code, ()), code))
        left -= len(fresh)
