"""The rule in figures, and the fingerprint of what a result rests on."""

import hashlib
import json
import unicodedata
from decimal import Decimal

from competitions.judging.numbers import exact_text
from competitions.judging.records import Aggregate, Award, Contest, Entry, Limit, Round

RULE_NAME = "weighted_percent_of_judge_means"
DECLARED_NAME = "declared_rule"
# The keys of a round and of an award that every rule has.
PLAIN_KEYS = frozenset({"code", "kind", "weight", "criteria", "count"})


def rule_of(contest: Contest) -> dict[str, object]:
    """Return the rule as JSON values; rounds and criteria by code, awards in their order.

    What is the default is left out, so a rule that says nothing new keeps the fingerprint it had.
    """
    declared = declared_of(contest)
    rounds = [round_rule(r) for r in sorted(contest.rounds, key=lambda r: r.code)]
    awards = [award_rule(award) for award in contest.awards]
    is_default = not declared and all(each.keys() <= PLAIN_KEYS for each in (*rounds, *awards))
    return {
        "name": RULE_NAME if is_default else DECLARED_NAME,
        "version": 1,
        "missing": "left_out",
        "ties": "joint_places_skip",
        "printed": {"places": 6, "rounding": "half_up"},
        "rounds": rounds,
        "awards": awards,
        **declared,
    }


def declared_of(contest: Contest) -> dict[str, object]:
    """Return what the rule as a whole says beside the default."""
    scoring = contest.scoring
    declared: dict[str, object] = {}
    if scoring.total != "weighted_percent":
        declared["total"] = scoring.total
    if scoring.places is not None:
        declared["places"] = scoring.places
    if scoring.tie_break:
        declared["tie_break"] = list(scoring.tie_break)
    if scoring.one_prize_per_person:
        declared["one_prize_per_person"] = True
    if any(round_.floor or round_.advance for round_ in contest.rounds):
        declared["round_order"] = [round_.code for round_ in contest.rounds]
    return declared


def award_rule(award: Award) -> dict[str, object]:
    """Return one award tier of the rule as JSON values."""
    track = {"track": award.track} if award.track else {}
    return {"code": award.code, "count": award.count, **track}


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
        **declared_round(round_),
    }


def declared_round(round_: Round) -> dict[str, object]:
    """Return what a round says beside the default."""
    declared: dict[str, object] = {}
    if round_.aggregate != Aggregate():
        each = round_.aggregate
        drops = {"drop_high": each.drop_high, "drop_low": each.drop_low}
        declared["aggregate"] = {
            "over": each.over,
            "method": each.method,
            **{key: count for key, count in drops.items() if count},
        }
    if round_.floor:
        declared["floor"] = limit_rule(round_.floor)
    if round_.advance:
        advance = round_.advance
        declared["advance"] = {
            **({"top": advance.top} if advance.top is not None else {}),
            **(limit_rule(advance.least) if advance.least else {}),
            **({"per_track": True} if advance.per_track else {}),
        }
    if not round_.carries:
        declared["carries"] = False
    return declared


def limit_rule(limit: Limit) -> dict[str, str]:
    """Return a least score as JSON values."""
    given = {"percent": limit.percent, "points": limit.points}
    return {key: exact_text(value) for key, value in given.items() if value is not None}


def inputs_sha256(contest: Contest) -> str:
    """Return the SHA-256, in hex, of rule, entries, marks and votes as canonical JSON.

    The order of rows changes nothing. A mark without points counts as absent, and 85.0
    as 85, because neither changes the result. Names and the rule's wording are left out.
    """
    inputs: dict[str, object] = {
        "competition": contest.competition,
        "rule": rule_of(contest),
        "entries": sorted(entry_row(entry) for entry in contest.entries),
        "marks": mark_rows(contest),
    }
    if votes := sorted([each.round, each.entry, each.count] for each in contest.votes if each.count):
        inputs["votes"] = votes
    text = json.dumps(inputs, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def entry_row(entry: Entry) -> list[object]:
    """Return [code, track, submitted_at], and its people where there are any."""
    people = [sorted(entry.people)] if entry.people else []
    return [entry.code, entry.track, entry.submitted_at, *people]


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
