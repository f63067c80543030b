"""The letters of a competition: what kinds there are, their words, and their places. Pure."""

from competitions.letters.award_kinds import AWARD_KINDS
from competitions.letters.call_kinds import CALL_KINDS, FREE
from competitions.letters.entry_kinds import ENTRY_KINDS
from competitions.letters.places import COMMON_PLACES, PLACES, filled, places_of, problems
from competitions.letters.records import Kind, Problem

# FREE is apart: it has no words to change.
KINDS = {kind.code: kind for kind in (*ENTRY_KINDS, *AWARD_KINDS, *CALL_KINDS)}

__all__ = ["COMMON_PLACES", "FREE", "KINDS", "PLACES", "Kind", "Problem", "filled", "places_of", "problems"]
