from competitions.models.afterwards import Appeal, Certificate, ReportEvidence
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
from competitions.models.conflict import Conflict, ConflictVote
from competitions.models.deciding import DeliberationNote, Meeting, MeetingMember, Motion, MotionVote
from competitions.models.entry import Entry, Snapshot
from competitions.models.jury import Judge, JudgeCandidate, JudgeRelation
from competitions.models.outcome import Award, CandidateReport, Publication, Result, Revocation
from competitions.models.screening import EntryFingerprint, EntryNote, SimilarityFinding
from competitions.models.sheet import Assignment, Measurement, Score, SheetScan
from competitions.models.staging import Ballot, BallotChoice, PresentationSlot, Redaction
from competitions.models.team import TeamMember

__all__ = [
    "Appeal",
    "Assignment",
    "Attachment",
    "Award",
    "AwardTier",
    "Ballot",
    "BallotChoice",
    "CallFollow",
    "CallNotice",
    "CallQuestion",
    "CandidateReport",
    "Certificate",
    "Competition",
    "Conflict",
    "ConflictVote",
    "ConsentTerm",
    "Criterion",
    "DeliberationNote",
    "Entry",
    "EntryFingerprint",
    "EntryNote",
    "FormField",
    "GateOverride",
    "Judge",
    "JudgeCandidate",
    "JudgeRelation",
    "LetterText",
    "Measurement",
    "Meeting",
    "MeetingMember",
    "Motion",
    "MotionVote",
    "PresentationSlot",
    "Publication",
    "Redaction",
    "ReportEvidence",
    "Result",
    "Revocation",
    "Round",
    "Score",
    "SheetScan",
    "SimilarityFinding",
    "Snapshot",
    "TeamMember",
    "Track",
]
