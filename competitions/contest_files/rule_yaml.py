"""What is judged, by whom and for which awards, in a competition file: tracks, judges, rounds, criteria, tiers."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal

from competitions.contest_files.errors import FileProblem, gettext_noop
from competitions.contest_files.records import (
    AwardRecord,
    CriterionRecord,
    JudgeRecord,
    RoundRecord,
    TrackRecord,
)
from competitions.contest_files.words import LONGEST_TITLE
from competitions.contest_files.yaml_fields import Fields
from competitions.contest_files.yaml_section import refuse_repeated

JUDGE_SIDES = ("private", "public")
ROUND_KINDS = ("written", "presentation", "panel", "public_vote", "measured")

TRACK_KEYS = ("code", "name", "description", "closes_at", "most_entries")
JUDGE_KEYS = ("code", "name", "side", "chair", "track")
ROUND_KEYS = ("code", "name", "kind", "weight", "criteria")
CRITERION_KEYS = ("code", "name", "description", "max", "weight", "required", "track")
AWARD_KEYS = ("code", "name", "count", "prize")
MOST_ENTRIES = 10_000


def tracks(
    section: Fields, *, closes_at: datetime | None, notices: list[FileProblem]
) -> tuple[TrackRecord, ...]:
    """Read the tracks, at least one; none closes later than the competition."""
    items = section.sections("tracks", keys=TRACK_KEYS, required=True)
    records = tuple(
        TrackRecord(
            code=item.code("code"),
            name=item.title("name"),
            description=item.optional_text("description"),
            closes_at=item.end("closes_at", notices=notices),
            most_entries=item.whole_or_none("most_entries", least=1, most=MOST_ENTRIES),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    for item, record in zip(items, records, strict=True):
        if closes_at and record.closes_at and record.closes_at > closes_at:
            item.refuse(
                "closes_at",
                gettext_noop(
                    "The track closes after the competition. Set it to closes_at of the competition or earlier."
                ),
            )
    return records


def judges(section: Fields, *, track_codes: Collection[str]) -> tuple[JudgeRecord, ...]:
    """Read the judges, if the file names any."""
    items = section.sections("judges", keys=JUDGE_KEYS, required=False)
    records = tuple(
        JudgeRecord(
            code=item.code("code"),
            name=item.title("name"),
            side=item.choice("side", allowed=JUDGE_SIDES, default=""),
            is_chair=item.truth("chair", default=False),
            track=item.track("track", tracks=track_codes),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def rounds(section: Fields, *, track_codes: Collection[str]) -> tuple[RoundRecord, ...]:
    """Read the rounds, at least one."""
    items = section.sections("rounds", keys=ROUND_KEYS, required=True)
    records = tuple(
        RoundRecord(
            code=item.code("code"),
            name=item.title("name"),
            kind=item.choice("kind", allowed=ROUND_KINDS),
            weight=item.decimal("weight", default=Decimal(1)),
            criteria=criteria(item, track_codes=track_codes),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def criteria(section: Fields, *, track_codes: Collection[str]) -> tuple[CriterionRecord, ...]:
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
            track=item.track("track", tracks=track_codes),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def awards(section: Fields) -> tuple[AwardRecord, ...]:
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
