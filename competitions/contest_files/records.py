"""What the files say, once read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from competitions.contest_files.call_records import (
    ContactRecord,
    DateRecord,
    EligibilityRecord,
    FaqRecord,
    FilesRecord,
    QuestionRecord,
    TermRecord,
)
from competitions.contest_files.errors import FileProblem
from competitions.contest_files.rule_records import (
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
    ScoringRecord,
)

# A table row as read: its line in the file and its cells by header (text, number or None).
Rows = Sequence[tuple[int, Mapping[str, Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """A track (부문). closes_at None: with the competition. most_entries None: no limit of its own."""

    code: str
    name: str
    description: str = ""
    closes_at: datetime | None = None
    most_entries: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeRecord:
    """A judge, known by a code until an account takes the place. side: private, public or "". track: "" = all."""

    code: str
    name: str
    side: str = ""
    is_chair: bool = False
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRecord:
    """A criterion. max and weight: above 0. track: the code of the only track it is for, "" = all.

    levels: what some of its points stand for.
    """

    code: str
    name: str
    description: str
    max: Decimal
    weight: Decimal
    required: bool
    track: str = ""
    levels: tuple[LevelRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRecord:
    """A round of judging. weight: above 0, any scale. criteria: none only in a public vote.

    floor: an entry below it takes no place. advance: None = every entry goes on. carries: the score is in the total.
    shows_peers: never or after_signing. votes_*: of a public vote. minutes: of each entry's presentation.
    """

    code: str
    name: str
    kind: str
    weight: Decimal
    criteria: tuple[CriterionRecord, ...]
    aggregate: AggregateRecord = field(default_factory=AggregateRecord)
    floor: LimitRecord | None = None
    advance: AdvanceRecord | None = None
    carries: bool = True
    blind: bool = False
    judges_per_entry: int | None = None
    due_at: datetime | None = None
    shows_peers: str = "never"
    votes_per_voter: int = 1
    votes_from: datetime | None = None
    votes_until: datetime | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRecord:
    """An award tier, best first. prize: "" when the file names none. track: whose entries it is for, "" = all."""

    code: str
    name: str
    count: int
    prize: str
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompetitionRecord:
    """A competition file. Instants carry a zone; announced_at None = the file does not say.

    plan: Markdown by item of PLAN_ITEMS; an item that is not there is not written. Days are calendar days.
    """

    slug: str
    title: str
    kind: str
    profile: str
    announced_at: datetime | None
    opens_at: datetime
    closes_at: datetime
    call: str
    tracks: tuple[TrackRecord, ...]
    judges: tuple[JudgeRecord, ...]
    rounds: tuple[RoundRecord, ...]
    awards: tuple[AwardRecord, ...]
    grace_seconds: int = 0
    plan: Mapping[str, str] = field(default_factory=dict)
    eligibility: EligibilityRecord = field(default_factory=EligibilityRecord)
    files: FilesRecord = field(default_factory=FilesRecord)
    questions: tuple[QuestionRecord, ...] = ()
    terms: tuple[TermRecord, ...] = ()
    dates: tuple[DateRecord, ...] = ()
    faq: tuple[FaqRecord, ...] = ()
    contact: ContactRecord = field(default_factory=ContactRecord)
    is_sealed: bool = False
    keep_days: int = 365
    verification_days: int = 10
    scoring: ScoringRecord = field(default_factory=ScoringRecord)
    one_prize_per_person: bool = False
    notices: tuple[FileProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeEntry:
    """What a row says beyond the columns of a contest on paper.

    content: as an entry's draft, not checked. places: path in it -> column. files: (code of the question it answers
    or "", name in the archive). consents: purposes agreed to on paper.
    """

    content: Mapping[str, Any]
    places: Mapping[str, str] = field(default_factory=dict)
    files: tuple[tuple[str, str], ...] = ()
    consents: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """A row of the entries table. team, summary: "" and submitted_at: None when empty. whole None: paper."""

    line: int
    code: str
    title: str
    track: str
    team: str
    summary: str
    submitted_at: datetime | None
    whole: WholeEntry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesTable:
    """The entries of a file, in its order, and what its owner should know. headers: column -> its heading there."""

    entries: tuple[EntryRecord, ...]
    headers: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[FileProblem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRecord:
    """One judge's points for one criterion of one entry. points None: not scored, never zero.

    judge: "" in a measured round. comment None: the file has none to say. cell: where it stands in a workbook of
    several sheets, "" in a table.
    """

    line: int
    round: str
    judge: str
    entry: str
    criterion: str
    points: Decimal | None
    comment: str | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRecord:
    """What a judge says of an entry as a whole. None: the file has no place for it."""

    line: int
    round: str
    judge: str
    entry: str
    committee: str | None = None
    entrant: str | None = None
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoresTable:
    """The scores of a file, in its order, remarks on whole entries, and what its owner should know."""

    scores: tuple[ScoreRecord, ...]
    remarks: tuple[RemarkRecord, ...] = ()
    notices: tuple[FileProblem, ...] = ()
