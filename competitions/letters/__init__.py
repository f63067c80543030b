"""The letters of a competition: what kinds there are, their words, and their places. Pure."""

from competitions.letters.afterwards_kinds import AFTERWARDS_KINDS
from competitions.letters.award_kinds import AWARD_KINDS
from competitions.letters.call_kinds import CALL_KINDS, FREE
from competitions.letters.conflict_kinds import CONFLICT_KINDS
from competitions.letters.entry_kinds import ENTRY_KINDS
from competitions.letters.judge_kinds import JUDGE_KINDS
from competitions.letters.meeting_kinds import MEETING_KINDS
from competitions.letters.places import COMMON_PLACES, PLACES, filled, places_of, problems
from competitions.letters.records import Kind, Problem
from competitions.letters.round_kinds import ROUND_KINDS
from competitions.letters.sheet_kinds import SHEET_KINDS

# FREE is apart: it has no words to change.
KINDS = {
    kind.code: kind
    for kind in (
        *ENTRY_KINDS,
        *CONFLICT_KINDS,
        *AWARD_KINDS,
        *CALL_KINDS,
        *JUDGE_KINDS,
        *ROUND_KINDS,
        *SHEET_KINDS,
        *AFTERWARDS_KINDS,
        *MEETING_KINDS,
    )
}

__all__ = ["COMMON_PLACES", "FREE", "KINDS", "PLACES", "Kind", "Problem", "filled", "places_of", "problems"]
