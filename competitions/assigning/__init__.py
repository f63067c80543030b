"""Which judge judges which entry (docs/assigning.md). Pure, needs no Django.

`assign` gives each entry the judges wanted, `everybody` gives all to all, `without` fills the gaps of a
judge who drops out. Each answers with pairs, what was not met, and how even it is before and after.
"""

from competitions.assigning.assign import assign, everybody, without
from competitions.assigning.records import (
    Assigned,
    AssigningError,
    EntryToJudge,
    Fairness,
    JudgeForEntries,
    Pair,
    Panel,
    Problem,
)

__all__ = [
    "Assigned",
    "AssigningError",
    "EntryToJudge",
    "Fairness",
    "JudgeForEntries",
    "Pair",
    "Panel",
    "Problem",
    "assign",
    "everybody",
    "without",
]
