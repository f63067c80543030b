"""The parts of a call: who may enter, what is handed in, what is agreed to. Plain records, kept as JSON or YAML."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from decimal import Decimal
from typing import Any, Self

# The ten items of a plan (공모전 운영 규정 제4조제2항), in their order; Markdown texts are kept by these names.
PLAN_ITEMS = (
    "purpose",  # 1 field, purpose and content
    "eligibility",  # 2 who may enter, and how
    "decision",  # 3 how winners are decided, and how many
    "prizes",  # 4
    "criteria",  # 5 criteria and method of judging
    "misconduct",  # 6 what it is, by which standard, how it is verified
    "disclosure",  # 7 what of the winners is published
    "copyright",  # 8 who owns it, how it is used
    "cancellation",  # 9 cancelling an award, returning the prize
    "other",  # 10
)
# What entrants must be told and agree to (제6조제2항: items 5 to 9).
AGREED_ITEMS = PLAN_ITEMS[4:9]

WHO = ("staff", "resident", "learning_group")
ENTRANTS = ("both", "person", "team")
FILE_KINDS = ("pdf", "hwpx", "docx", "pptx", "xlsx", "png", "jpeg", "webp", "gif", "txt")
QUESTION_KINDS = ("text", "long_text", "number", "choice", "file", "link", "date")
REQUIRED_AT = ("no", "draft", "submission")


class Kept:
    """A record kept as JSON. Missing keys have their default; unknown keys are left out."""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Return the record of its JSON."""
        names = {field.name for field in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: _read(value) for name, value in kept.items() if name in names})

    def kept(self) -> dict[str, Any]:
        """Return its JSON; what `of` reads back as an equal record."""
        return {name: _written(value) for name, value in asdict(self).items()}  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRecord(Kept):
    """Who may enter. Empty tuples and None set no limit.

    who: kinds of people of WHO, any one of which is enough. departments: codes, of staff. groups: slugs of learning
    groups. districts: names, one of which residents declare. email_domains: ends of confirmed addresses. invited:
    e-mail addresses. min_age, max_age: full years on the opening day, by the declared year of birth.
    """

    who: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    email_domains: tuple[str, ...] = ()
    invited: tuple[str, ...] = ()
    min_age: int | None = None
    max_age: int | None = None
    entrants: str = "both"
    team_min: int = 2
    team_max: int = 4
    one_team_per_person: bool = True
    entries_per_person: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesRecord(Kept):
    """Which files an entry may hold. most: number of files, 0 = none; links: number of web addresses."""

    kinds: tuple[str, ...] = FILE_KINDS
    most: int = 5
    max_mb: int = 20
    total_mb: int = 50
    links: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRecord(Kept):
    """A date of the timeline beside opening and closing, such as the presentations. until: None = one moment."""

    name: str
    at: datetime
    until: datetime | None = None

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """Return the record of its JSON, whose moments are ISO 8601 texts."""
        at, until = kept["at"], kept.get("until")
        return cls(
            name=kept["name"],
            at=datetime.fromisoformat(at),
            until=datetime.fromisoformat(until) if until else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FaqRecord(Kept):
    """A question everybody has, answered in the call."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRecord(Kept):
    """The office to ask; no person is named."""

    office: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRecord:
    """A question of the call's own. tracks: codes, empty = all. longest: characters; least, most: of a number."""

    code: str
    name: str
    kind: str = "text"
    help: str = ""
    required: str = "no"
    tracks: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    longest: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    is_personal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRecord:
    """What an entrant agrees to. covers: plan items told here."""

    purpose: str
    title: str
    text: str
    is_required: bool = True
    covers: tuple[str, ...] = ()


def _read(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return value


def _written(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, datetime) else value
