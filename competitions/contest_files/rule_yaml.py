"""What is judged, by whom and for which awards, in a competition file: tracks, judges, rounds, criteria, tiers."""

from collections.abc import Collection, Sequence
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
from competitions.contest_files.round_yaml import levels, note_unread, reachable, round_fields
from competitions.contest_files.scoring_yaml import check_rounds
from competitions.contest_files.words import LONGEST_TITLE
from competitions.contest_files.yaml_fields import Fields
from competitions.contest_files.yaml_section import refuse_repeated

JUDGE_SIDES = ("private", "public")
ROUND_KINDS = ("written", "presentation", "panel", "public_vote", "measured")

TRACK_KEYS = ("code", "name", "description", "closes_at", "most_entries")
JUDGE_KEYS = ("code", "name", "side", "chair", "track")
ROUND_KEYS = (
    "code",
    "name",
    "kind",
    "weight",
    "criteria",
    "aggregate",
    "floor",
    "advance",
    "carry_over",
    "blind",
    "judges_per_entry",
    "due_at",
    "shows_peers",
    "votes_per_voter",
    "votes_from",
    "votes_until",
    "minutes",
)
CRITERION_KEYS = ("code", "name", "description", "max", "weight", "required", "track", "levels")
AWARD_KEYS = ("code", "name", "count", "prize", "track")
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


def rounds(
    section: Fields,
    *,
    track_codes: Collection[str],
    judges: Sequence[JudgeRecord] = (),
    notices: list[FileProblem] | None = None,
) -> tuple[tuple[RoundRecord, ...], list[Fields]]:
    """Read the rounds, at least one, and return their blocks with them. judges: of the file."""
    items = section.sections("rounds", keys=ROUND_KEYS, required=True)
    told: list[FileProblem] = [] if notices is None else notices
    records = tuple(round_(item, track_codes=track_codes, judges=judges, notices=told) for item in items)
    refuse_repeated(items, codes=[record.code for record in records])
    check_rounds(items, rounds=records, notices=told)
    return records, items


def round_(
    item: Fields, *, track_codes: Collection[str], judges: Sequence[JudgeRecord], notices: list[FileProblem]
) -> RoundRecord:
    """Read one round."""
    kind = item.choice("kind", allowed=ROUND_KINDS)
    judged_by = criteria(item, track_codes=track_codes, required=kind != "public_vote")
    note_unread(item, kind=kind, notices=notices)
    return RoundRecord(
        code=item.code("code"),
        name=item.title("name"),
        kind=kind,
        weight=item.decimal("weight", default=Decimal(1)),
        criteria=judged_by,
        **round_fields(item, most=reachable(judged_by), judges=judges, notices=notices),
    )


def criteria(section: Fields, *, track_codes: Collection[str], required: bool) -> tuple[CriterionRecord, ...]:
    """Read the criteria of a round; required: at least one."""
    items = section.sections("criteria", keys=CRITERION_KEYS, required=required)
    records = tuple(criterion(item, track_codes=track_codes) for item in items)
    refuse_repeated(items, codes=[record.code for record in records])
    return records


def criterion(item: Fields, *, track_codes: Collection[str]) -> CriterionRecord:
    """Read one criterion."""
    most = item.decimal("max")
    return CriterionRecord(
        code=item.code("code"),
        name=item.title("name"),
        description=item.optional_text("description"),
        max=most,
        weight=item.decimal("weight", default=Decimal(1)),
        required=item.truth("required", default=True),
        track=item.track("track", tracks=track_codes),
        levels=levels(item, most=most),
    )


def awards(section: Fields, *, track_codes: Collection[str]) -> tuple[AwardRecord, ...]:
    """Read the award tiers, best first."""
    items = section.sections("awards", keys=AWARD_KEYS, required=False)
    records = tuple(
        AwardRecord(
            code=item.code("code"),
            name=item.title("name"),
            count=item.count("count"),
            prize=item.text("prize", longest=LONGEST_TITLE, required=False),
            track=item.track("track", tracks=track_codes),
        )
        for item in items
    )
    refuse_repeated(items, codes=[record.code for record in records])
    return records
