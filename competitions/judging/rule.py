"""The rule in words and in figures, and the fingerprint of what a result rests on."""

import hashlib
import json
import unicodedata
from decimal import Decimal

from competitions.judging.numbers import exact_text
from competitions.judging.records import Contest, Round

RULE_NAME = "weighted_percent_of_judge_means"
RULE_TEXT = (
    "Each criterion counts as the mean of the points of the judges who scored it. "
    "A round's score is 100 x (sum of weight x mean) / (sum of weight x maximum) over the "
    "criteria that have a mean. The total is the mean of the round scores by round weight. "
    "A criterion of one track is for entries of that track only; a round without any criterion for "
    "an entry is left out of its total. "
    "A missing score is left out and never counts as zero; an entry without any score on a "
    "required criterion is unscored and takes no place. Equal totals share a place. "
    "Arithmetic is exact; printed numbers are rounded half up to six decimals."
)


def rule_of(contest: Contest) -> dict[str, object]:
    """Return the rule as JSON values; rounds and criteria by code, awards in their order."""
    return {
        "name": RULE_NAME,
        "version": 1,
        "missing": "left_out",
        "ties": "joint_places_skip",
        "printed": {"places": 6, "rounding": "half_up"},
        "rounds": [round_rule(r) for r in sorted(contest.rounds, key=lambda r: r.code)],
        "awards": [{"code": award.code, "count": award.count} for award in contest.awards],
    }


def round_rule(round_: Round) -> dict[str, object]:
    """Return one round of the rule as JSON values."""
    return {
        "code": round_.code,
        "kind": round_.kind,
        "weight": exact_text(round_.weight),
        "criteria": [
            {
                "code": criterion.code,
                "max": exact_text(criterion.max),
                "weight": exact_text(criterion.weight),
                "required": criterion.required,
                **({"track": criterion.track} if criterion.track else {}),
            }
            for criterion in sorted(round_.criteria, key=lambda c: c.code)
        ],
    }


def inputs_sha256(contest: Contest) -> str:
    """Return the SHA-256, in hex, of rule, entries and marks as canonical JSON.

    The order of rows changes nothing. A mark without points counts as absent, and 85.0
    as 85, because neither changes the result. Names and the rule's wording are left out.
    """
    inputs = {
        "competition": contest.competition,
        "rule": rule_of(contest),
        "entries": sorted([e.code, e.track, e.submitted_at] for e in contest.entries),
        "marks": mark_rows(contest),
    }
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def mark_rows(contest: Contest) -> list[tuple[str, str, str, str, str]]:
    """Return [round, judge, entry, criterion, points] rows in code order."""
    texts: dict[Decimal, str] = {}
    rows = []
    for mark in contest.marks:
        points = mark.points
        if points is None:
            continue
        if points not in texts:
            texts[points] = exact_text(points)
        rows.append((mark.round, mark.judge, mark.entry, mark.criterion, texts[points]))
    rows.sort()
    return rows
