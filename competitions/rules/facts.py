"""What the gates know of a competition."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from competitions.contest_files.call_records import TermRecord

FULL, LIGHT = "full", "light"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeFact:
    """A member of a committee. side: private, public or "" (not said). track: its code, "" = all."""

    side: str = ""
    is_chair: bool = False
    track: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A competition at the moment `now`. Moments carry a zone; None = not yet.

    deadlines: of the competition and of tracks with one of their own. material_at: of the last notice that changed
    more than a correction may. tracks: codes. open_reports: of candidates, not yet answered.
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
    has_similar_checked: bool = False
    judges: tuple[JudgeFact, ...] = ()
    verification_from: datetime | None = None
    verification_until: datetime | None = None
    open_reports: int = 0
    revocation_noticed_at: datetime | None = None
    opinion_until: datetime | None = None
    has_opinion: bool = False
