"""What the gates know of a competition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from competitions.contest_files.call_records import TermRecord

FULL, LIGHT = "full", "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeFact:
    """A member of a committee. side: private, public or "" (not said). track: its code, "" = all.

    is_invited: asked and has not answered yet, so not a member before saying yes.
    """

    side: str = ""
    is_chair: bool = False
    track: str = ""
    is_invited: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFact:
    """A round. carries: its score is in the total."""

    kind: str
    carries: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A competition at the moment `now`. Moments carry a zone; None = not yet.

    deadlines: of the competition and of tracks with one of their own. material_at: of the last notice that changed
    more than a correction may. tracks: codes. open_reports: of candidates, not yet answered. awards_moved: whether a
    motion on the awards of this result was carried. awards_unmoved: what of a decision no carried motion covers.
    """

    profile: str
    now: datetime
    deadlines: tuple[datetime, ...]
    announced_at: datetime | None = None
    material_at: datetime | None = None
    call: str = ""
    plan: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[TermRecord, ...] = ()
    tracks: tuple[str, ...] = ()
    criteria: int = 0
    rounds: tuple[RoundFact, ...] = ()
    has_similar_checked: bool = False
    judges: tuple[JudgeFact, ...] = ()
    verification_from: datetime | None = None
    verification_until: datetime | None = None
    open_reports: int = 0
    awards_moved: bool = False
    awards_unmoved: tuple[str, ...] = ()
    revocation_noticed_at: datetime | None = None
    opinion_until: datetime | None = None
    has_opinion: bool = False
