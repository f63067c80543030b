"""A competition described in one YAML file. Its keys: docs/contest_files.md."""

from datetime import datetime

from competitions.contest_files.call_yaml import call_parts
from competitions.contest_files.errors import FileProblem, FileRefused, gettext_noop
from competitions.contest_files.records import CompetitionRecord
from competitions.contest_files.rule_yaml import awards, judges, rounds, tracks
from competitions.contest_files.scoring_yaml import SCORING_KEYS, note_weights, scoring
from competitions.contest_files.words import LONGEST_CALL
from competitions.contest_files.yaml_fields import Fields
from competitions.contest_files.yaml_nodes import root_node

COMPETITION_KINDS = ("departmental", "resident", "learning_group", "open")
PROFILES = ("light", "full")

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
    "grace_minutes",
    "sealed",
    "keep_days",
    "verification_days",
    "plan",
    "eligibility",
    "files",
    "questions",
    "terms",
    "dates",
    "faq",
    "contact",
    "scoring",
    "one_prize_per_person",
)
LONGEST_SLUG = 80
LONGEST_GRACE = 1440  # minutes
LONGEST_VERIFICATION = 365

# Stands in for an instant that was refused; the file is refused with it.
NO_INSTANT = datetime.fromisoformat("1900-01-01T00:00:00+09:00")


def read_competition(content: bytes) -> CompetitionRecord:
    """Return what a competition file says.

    content: UTF-8 (with or without BOM) or CP949 YAML, at most 2 MB.
    Missing: profile light, weight 1, required true, announced_at None, judges and awards none.
    Raises FileRefused with every fault: its line, its key path and the remedy.
    """
    problems: list[FileProblem] = []
    section = Fields(root_node(content), path="", keys=COMPETITION_KEYS, problems=problems)
    competition = competition_record(section)
    if problems:
        raise FileRefused(sorted(problems, key=lambda problem: problem.line or 0))
    return competition


def competition_record(section: Fields) -> CompetitionRecord:
    """Read the whole file from its outermost block."""
    notices: list[FileProblem] = []
    announced_at, opens_at, closes_at = instants(section, notices=notices)
    track_records = tracks(section, closes_at=closes_at, notices=notices)
    codes = [track.code for track in track_records if track.code]
    judge_records = judges(section, track_codes=codes)
    round_records, round_blocks = rounds(section, track_codes=codes, judges=judge_records, notices=notices)
    scoring_record = scoring(section.block("scoring", keys=SCORING_KEYS), rounds=round_records)
    note_weights(round_blocks, rounds=round_records, scoring=scoring_record, notices=notices)
    return CompetitionRecord(
        slug=section.slug("slug", longest=LONGEST_SLUG),
        title=section.title("title"),
        kind=section.choice("kind", allowed=COMPETITION_KINDS),
        profile=section.choice("profile", allowed=PROFILES, default="light"),
        announced_at=announced_at,
        opens_at=opens_at or NO_INSTANT,
        closes_at=closes_at or NO_INSTANT,
        call=section.optional_text("call", longest=LONGEST_CALL),
        tracks=track_records,
        judges=judge_records,
        rounds=round_records,
        awards=awards(section, track_codes=codes),
        scoring=scoring_record,
        one_prize_per_person=section.truth("one_prize_per_person", default=False),
        grace_seconds=grace_seconds(section),
        is_sealed=section.truth("sealed", default=False),
        keep_days=section.whole("keep_days", default=365),
        verification_days=section.whole("verification_days", default=10, most=LONGEST_VERIFICATION),
        **call_parts(section, tracks=codes, notices=notices),
        notices=tuple(notices),
    )


def instants(
    section: Fields, *, notices: list[FileProblem]
) -> tuple[datetime | None, datetime | None, datetime | None]:
    """Read the three dates; refuse an impossible order; explain a closing date without a time."""
    announced = section.moment("announced_at", required=False)
    opens = section.moment("opens_at")
    # "Until 31 May" includes 31 May; closing at its 00:00 would cost entrants a day.
    closes_at = section.end("closes_at", notices=notices, required=True)
    announced_at = announced.at if announced else None
    opens_at = opens.at if opens else None
    refuse_disorder(section, announced_at=announced_at, opens_at=opens_at, closes_at=closes_at)
    return announced_at, opens_at, closes_at


def refuse_disorder(
    section: Fields,
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


def grace_seconds(section: Fields) -> int:
    """Read how long after the close entries are still taken; minutes, in whole seconds."""
    minutes = section.number("grace_minutes")
    if minutes is not None and not 0 <= minutes <= LONGEST_GRACE:
        section.refuse(
            "grace_minutes",
            gettext_noop("Entries may be taken up to {most} minutes after the close. Write 0 to {most}."),
            most=LONGEST_GRACE,
        )
    return round((minutes or 0) * 60)
