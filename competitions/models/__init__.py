from competitions.models.competition import AwardTier, Competition, Criterion, Round, Track
from competitions.models.entry import Entry, Snapshot
from competitions.models.jury import Assignment, Judge, Score
from competitions.models.outcome import Award, Publication, Result

__all__ = [
    "Assignment",
    "Award",
    "AwardTier",
    "Competition",
    "Criterion",
    "Entry",
    "Judge",
    "Publication",
    "Result",
    "Round",
    "Score",
    "Snapshot",
    "Track",
]
