from competitions.models.attachment import Attachment
from competitions.models.call import (
    CallFollow,
    CallNotice,
    CallQuestion,
    ConsentTerm,
    FormField,
    GateOverride,
    LetterText,
)
from competitions.models.competition import AwardTier, Competition, Criterion, Round, Track
from competitions.models.entry import Entry, Snapshot
from competitions.models.jury import Assignment, Judge, Score
from competitions.models.outcome import Award, CandidateReport, Publication, Result, Revocation
from competitions.models.screening import EntryFingerprint, EntryNote, SimilarityFinding
from competitions.models.team import TeamMember

__all__ = [
    "Assignment",
    "Attachment",
    "Award",
    "AwardTier",
    "CallFollow",
    "CallNotice",
    "CallQuestion",
    "CandidateReport",
    "Competition",
    "ConsentTerm",
    "Criterion",
    "Entry",
    "EntryFingerprint",
    "EntryNote",
    "FormField",
    "GateOverride",
    "Judge",
    "LetterText",
    "Publication",
    "Result",
    "Revocation",
    "Round",
    "Score",
    "SimilarityFinding",
    "Snapshot",
    "TeamMember",
    "Track",
]
