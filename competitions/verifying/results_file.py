"""Writes a published result as one JSON object that anybody can check offline. See docs/verifying.md.

The script that checks it (verify_results.py) shares nothing with this module but the format.
"""

import hashlib
import json
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from competitions.judging.records import Contest
from competitions.judging.rule import inputs_sha256, mark_rows, rule_of
from competitions.verifying import verify_results

FORMAT = "prompt-casebook-results/1"
SHEET_KEYS = ("round", "judge", "entry", "signed_at", "sha256", "snapshot_sha256")


class ResultsDisagree(ValueError):
    """What is to be written is not the outcome of this contest; nobody could check it."""


def results_file(
    contest: Contest,
    outcome: Mapping[str, Any],
    *,
    title: str,
    sheets: Iterable[Mapping[str, str]],
    awards: Iterable[Mapping[str, str]],
    rule_words: Mapping[str, str],
) -> dict[str, Any]:
    """Return the object of a result's file, with its hashes.

    outcome: as report.as_json gives it, with the awards the rule proposes. sheets: the signed ones, with
    round, judge, entry, signed_at, sha256 (what the judge signed) and snapshot_sha256. awards: the decided ones,
    entry, tier and reason. rule_words: the rule in words by language, "ko" and "en".
    Raises ResultsDisagree when the outcome is of other inputs.
    """
    if outcome["inputs_sha256"] != inputs_sha256(contest):
        raise ResultsDisagree("The outcome is of other inputs than the contest. Compute it again.")
    rule = rule_of(contest)
    document = {
        "format": FORMAT,
        "competition": contest.competition,
        "title": title,
        "rule": rule,
        "rule_text": {language: rule_words[language] for language in ("ko", "en")},
        "rule_sha256": sha256_of(rule),
        "inputs": inputs_of(contest),
        "sheets": sorted(({key: sheet[key] for key in SHEET_KEYS} for sheet in sheets), key=sheet_order),
        "entries": list(outcome["entries"]),
        "awards": sorted(
            ({key: award[key] for key in ("entry", "tier", "reason")} for award in awards),
            key=lambda award: award["entry"],
        ),
        "inputs_sha256": outcome["inputs_sha256"],
    }
    document["outcome_sha256"] = sha256_of(outcome_of(document))
    document["chain"] = list(chain_of(document))
    document["locator"] = locator_of(document)
    return document | {"sha256": sha256_of(document)}


def inputs_of(contest: Contest) -> dict[str, Any]:
    """Return entries, judges, marks and votes as rows in order, without marks without points and zero votes."""
    return {
        "entries": sorted([e.code, e.track, e.submitted_at, sorted(e.people)] for e in contest.entries),
        "judges": sorted(contest.judges),
        "marks": [list(row) for row in mark_rows(contest)],
        "votes": sorted([each.round, each.entry, each.count] for each in contest.votes if each.count),
    }


def sheet_order(sheet: Mapping[str, str]) -> tuple[str, str, str]:
    return sheet["round"], sheet["judge"], sheet["entry"]


def outcome_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what outcome_sha256 is taken over."""
    return {key: document[key] for key in ("competition", "inputs_sha256", "entries")}


def chain_of(document: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the links: each is SHA-256(previous link + SHA-256(own part)), both in hex."""
    parts = {
        "rule": document["rule"],
        "sheets": document["sheets"],
        "inputs": document["inputs"],
        "outcome": outcome_of(document),
        "awards": document["awards"],
    }
    previous = ""
    for what, part in parts.items():
        previous = hashlib.sha256((previous + sha256_of(part)).encode()).hexdigest()
        yield {"what": what, "sha256": previous}


def locator_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return check sums by which one changed value is found: s_k = sum of i^k x CRC-32 of value i."""
    sums = [0, 0, 0]
    count = 0
    for key in sorted(document):
        for value in values_in(document[key]):
            count += 1
            one = zlib.crc32(canonical_json(value))
            sums = [total + count**power * one for power, total in enumerate(sums)]
    return {"count": count, "sums": [str(total) for total in sums]}


def values_in(value: Any) -> Iterator[Any]:
    """Yield the values inside a value: keys in order; a row or a list of plain values is one value."""
    if isinstance(value, dict) and value:
        for key in sorted(value):
            yield from values_in(value[key])
    elif isinstance(value, list) and value and isinstance(value[0], dict | list):
        for item in value:
            yield from values_in(item)
    else:
        yield value


ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> bytes:
    """Return the bytes of a result's file: UTF-8, sorted keys, no spaces, NFC."""
    return unicodedata.normalize("NFC", ENCODER.encode(value)).encode()


def sha256_of(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hex."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def disagreements(document: Mapping[str, Any], *, language: str = "en") -> list[str]:
    """Return what the stand-alone script finds wrong with a file, one line each; nothing: it agrees."""
    try:
        found = verify_results.check(verify_results.read(canonical_json(document)))
    except verify_results.Unreadable as error:
        found = [error.finding]
    return [each.line(language) for each in found]
