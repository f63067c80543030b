"""A competition described in one YAML file. Fields: docs/judging.md, section 8."""

from datetime import datetime, timedelta
from decimal import Decimal

from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop
from competitions.contest_files.records import (
    AwardRecord,
    CompetitionRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.contest_files.words import LONGEST_TITLE
from competitions.contest_files.yaml_nodes import root_node
from competitions.contest_files.yaml_section import Section, refuse_repeated

COMPETITION_KINDS = ("departmental", "resident", "learning_group", "open")
PROFILES = ("light", "full")
ROUND_KINDS = ("written", "presentation", "panel", "public_vote", "measured")

COMPETITION_KEYS = (
    "slug",
    "title",
    "kind",
    "profile",
    "announced_at",
    "opens_at",
    "closes_at",
    "call",
    "tracks",
    "judges",
    "rounds",
    "awards",
)
NAMED_KEYS = ("code", "name")
ROUND_KEYS = ("code", "name", "kind", "weight", "criteria")
CRITERION_KEYS = ("code", "name", "description", "max", "weight", "required")
AWARD_KEYS = ("code", "name", "count", "prize")

# Stands in for an instant that was refused; the file is refused with it.
NO_INSTANT = datetime.fromisoformat("1900-01-01T00:00:00+09:00")


def read_competition(content: bytes) -> CompetitionRecord:
    """Return what a competition file says.

    content: UTF-8 (with or without BOM) or CP949 YAML, at most 2 MB.
    Missing: profile light, weight 1, required true, announced_at None, judges and awards none.
    Raises FileRefused with every fault: its line, its key path and the remedy.
    """
    problems: list[FileProblem] = []
    section = Section(root_node(content), path="", keys=COMPETITION_KEYS, problems=problems)
    competition = competition_record(section)
    if problems:
        raise FileRefused(sorted(problems, key=lambda problem: problem.line or 0))
    return competition


def competition_record(section: Section) -> CompetitionRecord:
    """Read the whole file from its outermost block."""
    announced_at, opens_at, closes_at, notices = instants(section)
    return CompetitionRecord(
        slug=section.slug("slug"),
        title=section.title("title"),
        kind=section.choice("kind", allowed=COMPETITION_KINDS),
        profile=section.choice("profile", allowed=PROFILES, default="light"),
        announced_at=announced_at,
        opens_at=opens_at or NO_INSTANT,
        closes_at=closes_at or NO_INSTANT,
        call=section.optional_text("call"),
        tracks=tuple(TrackRecord(code=c, name=n) for c, n in named(section, "tracks")),
        judges=tuple(JudgeRecord(code=c, name=n) for c, n in named(section, "judges")),
        rounds=rounds(section),
        awards=awards(section),
        notices=notices,
    )


def instants(
    section: Section,
) -> tuple[datetime | None, datetime | None, datetime | None, tuple[FileProblem, ...]]:
    """Read the three dates; refuse an impossible order; explain a closing date without a time."""
    announced = section.moment("announced_at", required=False)
    opens = section.moment("opens_at")
    closes = section.moment("closes_at")
    notices: tuple[FileProblem, ...] = ()
    closes_at = closes.at if closes else None
    if closes and closes_at and not closes.has_time:
        # "Until 31 May" includes 31 May; closing at its 00:00 would cost entrants a day.
        closes_at += timedelta(days=1)
        notices = (closes_at_midnight(section),)
    announced_at = announced.at if announced else None
    opens_at = opens.at if opens else None
    refuse_disorder(section, announced_at=announced_at, opens_at=opens_at, closes_at=closes_at)
    return announced_at, opens_at, closes_at, notices


def closes_at_midnight(section: Section) -> FileProblem:
    """Say that a closing date without a time means the end of that day."""
    return FileProblem(
        section.line_of("closes_at"),
        "closes_at",
        gettext_noop("No time is given, so entries are taken until the end of that day (24:00)."),
    )


def refuse_disorder(
    section: Section,
    *,
    announced_at: datetime | None,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> None:
    """Collect dates that do not follow one another: announced <= opens < closes."""
    if announced_at and opens_at and announced_at > opens_at:
        section.refuse(
            "announced_at",
            gettext_noop(
                "The announcement comes after the opening. Set announced_at to opens_at or earlier."
            ),
        )
    if opens_at and closes_at and opens_at >= closes_at:
        section.refuse(
            "closes_at",
            gettext_noop("The competition closes before it opens. Set closes_at later than opens_at."),
        )


def named(section: Section, key: str) -> list[tuple[str, str]]:
    """Read a list of tracks (at least one) or judges as (code, name)."""
    items = section.sections(key, keys=NAMED_KEYS, required=key == "tracks")
    pairs = [(item.code("code"), item.title("name")) for item in items]
    refuse_repeated(items, codes=[code for code, _ in pairs])
    return pairs


def rounds(section: Section) -> tuple[RoundRecord, ...]:
    """Read the rounds, at least one."""
    items = section.sections("rounds", keys=ROUND_KEYS, required=True)
    records = tuple(
        RoundRecord(
            code=item.code("code"),
            name=item.title("name"),
            kind=item.choice("kind", allowed=ROUND_KINDS),
            weight=item.decimal("weight", default=Decimal(1)),
            criteria=criteria(item),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def criteria(section: Section) -> tuple[CriterionRecord, ...]:
    """Read the criteria of a round, at least one."""
    items = section.sections("criteria", keys=CRITERION_KEYS, required=True)
    records = tuple(
        CriterionRecord(
            code=item.code("code"),
            name=item.title("name"),
            description=item.optional_text("description"),
            max=item.decimal("max"),
            weight=item.decimal("weight", default=Decimal(1)),
            required=item.truth("required", default=True),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def awards(section: Section) -> tuple[AwardRecord, ...]:
    """Read the award tiers, best first."""
    items = section.sections("awards", keys=AWARD_KEYS, required=False)
    records = tuple(
        AwardRecord(
            code=item.code("code"),
            name=item.title("name"),
            count=item.count("count"),
            prize=item.text("prize", longest=LONGEST_TITLE, required=False),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records
