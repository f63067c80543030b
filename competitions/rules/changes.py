"""What a change of an announced call touches, and what each kind of notice may touch."""

from collections.abc import Iterable
from dataclasses import replace

from casebook.content.markers import N_
from competitions.contest_files.records import CompetitionRecord

CORRECTION, CHANGE, EXTENSION = "correction", "change", "extension"
KINDS = (CORRECTION, CHANGE, EXTENSION)
# What needs no new notice period (제5조제3항).
EXCEPTIONS = {
    "calculation": N_("Calculation error"),
    "typing": N_("Typing error"),
    "omission": N_("Omission"),
}
# Never part of what was promised, so no notice of them begins a new period.
MINOR = frozenset({"faq", "contact"})
# What a correction may touch; of the parts, only their words (`amounts` stays).
CORRECTABLE = frozenset({"title", "call", "plan", "questions", "tracks", "rounds", "awards"}) | MINOR
PARTS = frozenset({"tracks", "rounds", "awards", "scoring", "one_prize_per_person"})
# What may still be changed once entries are open; tracks, awards and the rule of judging while there is no entry.
CHANGEABLE_WHILE_OPEN = frozenset({"call", "plan", "dates", "closes_at"}) | MINOR | PARTS
NEVER = frozenset({"slug", "opens_at", "profile"})


def is_material(kind: str, fields: Iterable[str]) -> bool:
    """Whether a notice begins a new notice period: any change but a correction, of more than minor things."""
    return kind in {CHANGE, EXTENSION} and bool(set(fields) - MINOR)


def is_only_later(before: CompetitionRecord, after: CompetitionRecord) -> bool:
    """Whether nothing but deadlines differs, none earlier and one later."""
    same = {"closes_at", "tracks", "judges", "announced_at", "notices"}  # judges are named elsewhere
    if replace(after, **{name: getattr(before, name) for name in same}) != before:
        return False
    if [each.code for each in after.tracks] != [each.code for each in before.tracks]:
        return False
    pairs = [(before.closes_at, after.closes_at)]
    for old, new in zip(before.tracks, after.tracks, strict=True):
        if replace(new, closes_at=old.closes_at) != old:
            return False
        # A track without a deadline of its own closes with the competition.
        pairs.append((old.closes_at or before.closes_at, new.closes_at or after.closes_at))
    return all(new >= old for old, new in pairs) and any(new > old for old, new in pairs)


def has_same_amounts(before: CompetitionRecord, after: CompetitionRecord) -> bool:
    """Whether only words of tracks, rounds, criteria and awards differ: no deadline, point, weight, count or prize."""
    return _amounts(before) == _amounts(after)


def _amounts(record: CompetitionRecord) -> tuple[object, ...]:
    tracks = tuple(replace(each, name="", description="") for each in record.tracks)
    rounds = tuple(
        replace(each, name="", criteria=tuple(replace(one, name="", description="") for one in each.criteria))
        for each in record.rounds
    )
    awards = tuple(replace(each, name="") for each in record.awards)
    return tracks, rounds, awards
