"""How a round is judged, in a competition file: joining of marks, floor, who goes on, levels of points."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from competitions.contest_files.errors import FileProblem, gettext_noop
from competitions.contest_files.numbers import plain_text
from competitions.contest_files.records import CriterionRecord, JudgeRecord
from competitions.contest_files.rule_records import (
    METHODS,
    OVERS,
    SHOWS_PEERS,
    AdvanceRecord,
    AggregateRecord,
    LevelRecord,
    LimitRecord,
)
from competitions.contest_files.yaml_fields import Fields

AGGREGATE_KEYS = ("over", "method", "drop_high", "drop_low")
LIMIT_KEYS = ("percent", "points")
ADVANCE_KEYS = ("top", "percent", "points", "per_track")
LEVEL_KEYS = ("points", "text")
VOTE_KEYS = ("votes_per_voter", "votes_from", "votes_until")
# The keys of a round that only one kind of round reads.
KEYS_OF_KIND = dict.fromkeys(VOTE_KEYS, "public_vote") | {"minutes": "presentation"}

VOTE_POINTS = Decimal(100)  # of a public vote without a criterion
MOST_DROPPED = 99
MOST_JUDGES = 999
MOST_ADVANCING = 10_000
MOST_VOTES = 100
MOST_MINUTES = 600
LONGEST_LEVEL = 500


def round_fields(
    item: Fields, *, most: Decimal, judges: Sequence[JudgeRecord], notices: list[FileProblem]
) -> dict[str, Any]:
    """Read the keys of a round beside its name, weight and criteria, by the names RoundRecord has.

    most: points that can be reached. judges: of the file.
    """
    per_entry = item.whole_or_none("judges_per_entry", least=1, most=MOST_JUDGES)
    count = fewest_judges(judges, per_entry=per_entry)
    return {
        "aggregate": aggregate(item.block("aggregate", keys=AGGREGATE_KEYS), judges=count),
        "floor": floor(item.block("floor", keys=LIMIT_KEYS), most=most) if item.has("floor") else None,
        "advance": advance(item.block("advance", keys=ADVANCE_KEYS), most=most)
        if item.has("advance")
        else None,
        "carries": item.truth("carry_over", default=True),
        "blind": item.truth("blind", default=False),
        "judges_per_entry": per_entry,
        "due_at": item.end("due_at", notices=notices),
        "shows_peers": item.choice("shows_peers", allowed=SHOWS_PEERS, default="never"),
        "minutes": item.whole_or_none("minutes", least=1, most=MOST_MINUTES),
        **vote_fields(item, notices=notices),
    }


def vote_fields(item: Fields, *, notices: list[FileProblem]) -> dict[str, Any]:
    """Read when and how often people vote; refuse an end before the beginning."""
    begins = item.moment("votes_from", required=False)
    ends_at = item.end("votes_until", notices=notices)
    if begins and ends_at and ends_at <= begins.at:
        item.refuse(
            "votes_until",
            gettext_noop("The vote ends before it begins. Set votes_until later than votes_from."),
        )
    return {
        "votes_per_voter": item.whole("votes_per_voter", default=1, least=1, most=MOST_VOTES),
        "votes_from": begins.at if begins else None,
        "votes_until": ends_at,
    }


def note_unread(item: Fields, *, kind: str, notices: list[FileProblem]) -> None:
    """Tell which keys of a round nothing reads, because they are of another kind of round."""
    for key, own in KEYS_OF_KIND.items():
        if item.has(key) and kind and kind != own:
            message = gettext_noop("Only a round of kind {kind} uses this. Nothing else reads it.")
            notices.append(FileProblem(item.line_of(key), item.place(key), message, {"kind": own}))


def aggregate(block: Fields, *, judges: int | None) -> AggregateRecord:
    """Read how marks are joined; only a trimmed mean leaves some out, at least one and not all.

    judges: how many an entry has; None: the file does not say.
    """
    record = AggregateRecord(
        over=block.choice("over", allowed=OVERS, default="criteria"),
        method=block.choice("method", allowed=METHODS, default="mean"),
        drop_high=block.whole("drop_high", default=0, most=MOST_DROPPED),
        drop_low=block.whole("drop_low", default=0, most=MOST_DROPPED),
    )
    drops = record.drop_high + record.drop_low
    if record.method == "trimmed_mean" and not drops:
        block.refuse(
            "method", gettext_noop("A trimmed mean leaves marks out. Write drop_high, drop_low or both.")
        )
    if record.method and record.method != "trimmed_mean" and drops:
        block.refuse(
            "drop_high" if record.drop_high else "drop_low",
            gettext_noop(
                "Only a trimmed mean leaves marks out. Write method: trimmed_mean, or remove drop_high and drop_low."
            ),
        )
    elif drops and judges is not None and judges <= drops:
        block.refuse(
            "drop_high" if record.drop_high else "drop_low",
            gettext_noop(
                "Leaving out {drops} marks of {judges} judges leaves none. Name more judges, or leave out fewer marks."
            ),
            drops=drops,
            judges=judges,
        )
    return record


def fewest_judges(judges: Sequence[JudgeRecord], *, per_entry: int | None) -> int | None:
    """Return how many judges an entry has, in the track with the fewest; None: the file does not say."""
    tracks = {judge.track for judge in judges if judge.track}
    counts = [sum(judge.track in {"", track} for judge in judges) for track in tracks]
    if judges and not tracks:
        counts.append(len(judges))
    if per_entry is not None:
        counts.append(per_entry)
    return min(counts, default=None)


def floor(block: Fields, *, most: Decimal) -> LimitRecord:
    """Read the score below which an entry takes no place."""
    percent, points = limits(block, most=most)
    if percent is None and points is None and not any(map(block.has, LIMIT_KEYS)) and not block.broken:
        block.refuse(None, gettext_noop("Write either percent or points."))
    return LimitRecord(percent=percent, points=points)


def advance(block: Fields, *, most: Decimal) -> AdvanceRecord:
    """Read who goes on to the next round."""
    percent, points = limits(block, most=most)
    if not any(map(block.has, ("top", *LIMIT_KEYS))) and not block.broken:
        block.refuse(None, gettext_noop("Nothing says who goes on. Write top, percent or points."))
    return AdvanceRecord(
        top=block.whole_or_none("top", least=1, most=MOST_ADVANCING),
        percent=percent,
        points=points,
        per_track=block.truth("per_track", default=False),
    )


def limits(block: Fields, *, most: Decimal) -> tuple[Decimal | None, Decimal | None]:
    """Read percent and points, of which one at most may stand. most: points that can be reached."""
    percent, points = (block.amount(key) for key in LIMIT_KEYS)
    if percent is not None and percent > 100:
        block.refuse("percent", gettext_noop("A percentage is 0 to 100."))
    if block.has("percent") and block.has("points"):
        block.refuse("points", gettext_noop("Percent and points stand here both. Keep one of the two."))
    if points is not None and points > most:
        block.refuse(
            "points",
            gettext_noop("At most {most} points can be reached in this round. Write a smaller number."),
            most=plain_text(most),
        )
    return percent, points


def reachable(criteria: Sequence[CriterionRecord]) -> Decimal:
    """Return the most points that an entry of any track can have in a round with these criteria."""
    tracks = {criterion.track for criterion in criteria}
    sums = [
        sum((c.weight * c.max for c in criteria if c.track in {"", track}), Decimal(0)) for track in tracks
    ]
    return max(sums, default=VOTE_POINTS)


def levels(item: Fields, *, most: Decimal) -> tuple[LevelRecord, ...]:
    """Read what numbers of points of a criterion stand for; most: its highest score."""
    blocks = item.sections("levels", keys=LEVEL_KEYS, required=False)
    records: list[LevelRecord] = []
    for block in blocks:
        points = block.amount("points", required=True) or Decimal(0)
        if points > most:
            block.refuse(
                "points",
                gettext_noop("The criterion has at most {most} points. Write a smaller number."),
                most=plain_text(most),
            )
        if any(points == each.points for each in records):
            block.refuse("points", gettext_noop("These points have a text already. Keep one of the two."))
        records.append(LevelRecord(points=points, text=block.text("text", longest=LONGEST_LEVEL)))
    return tuple(records)
