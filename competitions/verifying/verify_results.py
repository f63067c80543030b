#!/usr/bin/env python3
"""Checks the published result of a contest: recomputes it from the file itself and compares.

    python3 verify_results.py results.json
    python3 verify_results.py - < results.json
    python3 verify_results.py results.json --table
    python3 verify_results.py results.json --sheet ROUND JUDGE ENTRY [--signed sheet.json]

Needs Python 3.9 or newer and nothing else, and no network. It shares no line with the site that made the
file: the rule is written here a second time, as plainly as possible, in whole fractions.

Exit code 0: the file agrees with itself. 1: it does not; each difference is a line on stderr that begins
with its place. 2: wrong usage, or no file of a result. Places in lists count from 1.

What this cannot see: whether the judges wrote what the file says. Each judge can: the sheet's SHA-256 was
shown to them when they signed, and --sheet shows the one in the file.

공모전 심사 결과 파일을 인터넷 없이 다시 계산하여 맞는지 확인하는 프로그램입니다.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import locale
import re
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any, NamedTuple

FORMAT = "prompt-casebook-results/1"
LARGEST = 300 * 1024 * 1024  # bytes
Json = Any
Shape = Callable[[Json, str], None]

# English sentence: Korean sentence.
KOREAN = {
    # usage and reading
    "Checks the published result of a contest offline.": "공모전 심사 결과 파일을 인터넷 없이 확인합니다.",
    "results.json, or - for standard input": "results.json 파일, 또는 표준 입력을 뜻하는 -",
    "language of the answers": "답의 언어",
    "show one score sheet and its SHA-256": "심사표 한 장과 그 SHA-256을 보여 줍니다",
    "with --sheet: the signed sheet as the judge downloaded it; it must be the one in the file": (
        "--sheet와 함께: 심사위원이 내려받은 서명한 심사표 파일. 결과 파일에 든 것과 같은지 확인합니다"
    ),
    "show the places": "순위를 보여 줍니다",
    "The file cannot be opened: {reason}. Check its name.": (
        "파일을 열 수 없습니다({reason}). 파일 이름을 확인하십시오."
    ),
    "The file is larger than {most} MB, so it is no file of a result.": (
        "파일이 {most}MB보다 커서 심사 결과 파일이 아닙니다."
    ),
    "The file is empty. Download it again.": "파일이 비어 있습니다. 다시 내려받으십시오.",
    "The file is not UTF-8 text. Download it again and do not save it from another program.": (
        "파일이 UTF-8 텍스트가 아닙니다. 다시 내려받고 다른 프로그램에서 저장하지 마십시오."
    ),
    "The file is not JSON: line {line}, column {column}. Download it again.": (
        "파일이 JSON이 아닙니다({line}행 {column}열). 다시 내려받으십시오."
    ),
    "The file is nested too deeply, so it is no file of a result.": (
        "파일의 단계가 지나치게 깊어 심사 결과 파일이 아닙니다."
    ),
    "The file holds {found}, which no file of a result has.": (
        "심사 결과 파일에 있을 수 없는 값({found})이 있습니다."
    ),
    "The key “{key}” stands twice in one object.": "한 객체 안에 “{key}” 항목이 두 번 있습니다.",
    "is “{found}”; this script checks the format “{known}”": (
        "파일 형식이 “{found}”입니다. 이 프로그램은 “{known}” 형식을 확인합니다"
    ),
    "must be an object": "객체여야 합니다",
    "must be a list": "목록이어야 합니다",
    "must be a list of {count} values": "값이 {count}개인 목록이어야 합니다",
    "must be text": "글자여야 합니다",
    "must be true or false": "true 또는 false여야 합니다",
    "must be a whole number from {least}": "{least} 이상의 정수여야 합니다",
    "must be a number as text, in full, without trailing zeros": (
        "글자로 적은 숫자여야 하며 끝에 0을 붙이지 않습니다"
    ),
    "must be 64 signs of 0-9 and a-f": "0-9와 a-f로 된 64자여야 합니다",
    "must be one of: {known}": "다음 중 하나여야 합니다: {known}",
    "is missing": "항목이 없습니다",
    "is unknown to this script; perhaps there is a newer one": (
        "이 프로그램이 모르는 항목입니다. 새 프로그램이 있는지 확인하십시오"
    ),
    # what was changed
    "was changed after the file was made: the check sums point here": (
        "파일이 만들어진 뒤에 바뀌었습니다. 검산 값이 이곳을 가리킵니다"
    ),
    "one of these was changed after the file was made": (
        "이 가운데 하나가 파일이 만들어진 뒤에 바뀌었습니다"
    ),
    "the file has {found} values, {expected} when it was made: something was added or taken out": (
        "파일의 값이 {found}개인데 만들 때는 {expected}개였습니다. 더해지거나 빠진 것이 있습니다"
    ),
    "the whole file has another SHA-256: {found}; the file says {expected}": (
        "파일 전체의 SHA-256이 다릅니다. 파일에는 {expected}, 다시 계산하면 {found}입니다"
    ),
    "file says {found}, recomputed {expected}": "파일에는 {found}, 다시 계산하면 {expected}입니다",
    "stands in the file, but not when recomputed": "파일에는 있으나 다시 계산하면 없습니다",
    "is missing in the file; recomputed {expected}": "파일에 없습니다. 다시 계산하면 {expected}입니다",
    "the order is another one: file says {found}, recomputed {expected}": (
        "순서가 다릅니다. 파일에는 {found}, 다시 계산하면 {expected}입니다"
    ),
    "stands {count} times": "{count}번 들어 있습니다",
    # contradictions
    "the rule has no {what} “{code}”": "심사 규칙에 {what} “{code}”이(가) 없습니다",
    "the file has no {what} “{code}”": "파일에 {what} “{code}”이(가) 없습니다",
    "round": "심사 단계",
    "criterion": "심사 기준",
    "judge": "심사위원",
    "entry": "응모작",
    "award": "상격",
    "the criterion is for the track {track} only": "{track} 부문에만 쓰는 심사 기준입니다",
    "{points} is above the highest score {max}": "점수 {points}이(가) 최고점 {max}보다 높습니다",
    "no signed sheet of round {round}, judge {judge}, entry {entry}": (
        "서명한 심사표가 없습니다: 단계 {round}, 심사위원 {judge}, 응모작 {entry}"
    ),
    "must be above 0": "0보다 커야 합니다",
    "must hold exactly one of: {known}": "다음 중 하나만 있어야 합니다: {known}",
    "must name every round once": "모든 심사 단계를 한 번씩 적어야 합니다",
    "is not a moment with its time zone": "시간대가 있는 시각이 아닙니다",
    "the entry takes no place, so it cannot have an award": "순위가 없는 응모작은 상을 받을 수 없습니다",
    "the award is for the track {track} only": "{track} 부문에만 주는 상입니다",
    "{found} entries have the award, at most {count} may": (
        "이 상을 받은 응모작이 {found}개입니다. {count}개까지만 줄 수 있습니다"
    ),
    # answers
    "The file agrees: {entries} entries, {marks} marks and {sheets} signed sheets recomputed.": (
        "파일이 맞습니다. 응모작 {entries}개, 점수 {marks}개, 서명한 심사표 {sheets}장을 다시 계산했습니다."
    ),
    "SHA-256 of the file's content: {sha256}": "파일 내용의 SHA-256: {sha256}",
    "Decided otherwise than the rule proposes: {entry} has {decided}, proposed {proposed}. {reason}": (
        "규칙의 제안과 다르게 결정: {entry}은(는) {decided}, 제안은 {proposed}. {reason}"
    ),
    "no award": "없음",
    "No reason is given.": "적힌 사유가 없습니다.",
    "The file does not agree. Differences: {count}. The first: {first}": (
        "파일이 맞지 않습니다. 다른 곳: {count}곳. 첫째: {first}"
    ),
    "Differences that are not shown: {count}.": "보이지 않은 다른 곳: {count}곳.",
    "There is no signed sheet of round {round}, judge {judge}, entry {entry} in the file.": (
        "파일에 단계 {round}, 심사위원 {judge}, 응모작 {entry}의 서명한 심사표가 없습니다."
    ),
    "Signed at": "서명 시각",
    "SHA-256 of the sheet": "심사표의 SHA-256",
    "SHA-256 of what was judged": "심사한 제출본의 SHA-256",
    "not scored": "채점하지 않음",
    "This is the sheet that was signed: the same SHA-256 and the same points.": (
        "서명한 심사표가 맞습니다. SHA-256과 점수가 같습니다."
    ),
    "the signed sheet has {found}, the file of the result {expected}": (
        "서명한 심사표에는 {found}, 결과 파일에는 {expected}입니다"
    ),
    "The signed sheet must be the JSON file that its judge downloaded.": (
        "서명한 심사표는 심사위원이 내려받은 JSON 파일이어야 합니다."
    ),
    "Place": "순위",
    "Entry": "응모작",
    "Total": "총점",
    "Award": "상격",
    "Status": "상태",
}
MOST_LINES = 200


class Finding(NamedTuple):
    """One thing that is not as it should be. text: a key of KOREAN; values: of its blanks."""

    place: str
    text: str
    values: dict[str, Json]

    def line(self, language: str) -> str:
        """Return it as one line, its place first."""
        sentence = say(self.text, language, **self.values)
        return " ".join((f"{self.place}: {sentence}" if self.place else sentence).split())


class Unreadable(Exception):
    """What was given is no file of a result."""

    def __init__(self, text: str, place: str = "", **values: Json) -> None:
        super().__init__(text)
        self.finding = Finding(place, text, values)


def say(text: str, language: str, **values: Json) -> str:
    """Return a sentence in Korean or English with its blanks filled in. what: a word of KOREAN."""
    sentence = KOREAN[text] if language == "ko" else text
    words = {name: shown(value) for name, value in values.items()}
    if "what" in words:
        words["what"] = say(words["what"], language)
    return sentence.format(**words)


def shown(value: Json) -> str:
    """Write a value for a message: text as it is, everything else as JSON, long ones cut."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:200] + "…"


# --- Reading ---------------------------------------------------------------------------------------------


def read(raw: bytes) -> dict[str, Json]:
    """Return the file's content, its shape checked. Raises Unreadable."""
    document = parse(raw)
    found = document.get("format") if isinstance(document, dict) else None
    if found != FORMAT:
        raise Unreadable(
            "is “{found}”; this script checks the format “{known}”", "format", found=found, known=FORMAT
        )
    DOCUMENT(document, "")
    return document


def parse(raw: bytes) -> Json:
    """Read JSON strictly: no key twice, no NaN, no number with a point or of endless length."""
    if len(raw) > LARGEST:
        most = LARGEST // 1024 // 1024
        raise Unreadable("The file is larger than {most} MB, so it is no file of a result.", most=most)
    if not raw.strip():
        raise Unreadable("The file is empty. Download it again.")
    try:
        value = json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=without_repeats,
            parse_int=small_integer,
            parse_float=refuse_number,
            parse_constant=refuse_number,
        )
        canonical(value)
    except UnicodeError as error:
        text = "The file is not UTF-8 text. Download it again and do not save it from another program."
        raise Unreadable(text) from error
    except json.JSONDecodeError as error:
        text = "The file is not JSON: line {line}, column {column}. Download it again."
        raise Unreadable(text, line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise Unreadable("The file is nested too deeply, so it is no file of a result.") from error
    return value


def without_repeats(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """Return an object's pairs as a dict, refusing a key that stands twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        key = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise Unreadable("The key “{key}” stands twice in one object.", key=key)
    return found


def small_integer(digits: str) -> int:
    """Read a whole number of at most 18 digits."""
    return int(digits) if len(digits) <= 18 else refuse_number(digits)


def refuse_number(text: str) -> Any:
    """Refuse NaN, Infinity and numbers that JSON readers do not all read alike."""
    raise Unreadable("The file holds {found}, which no file of a result has.", found=text[:40])


def text(value: Json, place: str) -> None:
    """Shape: text."""
    if not isinstance(value, str):
        raise Unreadable("must be text", place)


def flag(value: Json, place: str) -> None:
    """Shape: true or false."""
    if not isinstance(value, bool):
        raise Unreadable("must be true or false", place)


def whole(least: int) -> Shape:
    """Shape: a whole number, `least` or more."""

    def check(value: Json, place: str) -> None:
        if type(value) is not int or value < least:
            raise Unreadable("must be a whole number from {least}", place, least=least)

    return check


NUMBER = re.compile(r"(0|[1-9][0-9]{0,20})(\.[0-9]{0,19}[1-9])?")
DIGITS = re.compile(r"0|[1-9][0-9]{0,60}")
HASH = re.compile(r"[0-9a-f]{64}")


def number(value: Json, place: str) -> None:
    """Shape: a number from 0 as text, "87.5"."""
    if not isinstance(value, str) or not NUMBER.fullmatch(value):
        raise Unreadable("must be a number as text, in full, without trailing zeros", place)


def digits(value: Json, place: str) -> None:
    """Shape: a whole number of any length as text."""
    if not isinstance(value, str) or not DIGITS.fullmatch(value):
        raise Unreadable("must be a number as text, in full, without trailing zeros", place)


def sha256(value: Json, place: str) -> None:
    """Shape: a SHA-256 in hex."""
    if not isinstance(value, str) or not HASH.fullmatch(value):
        raise Unreadable("must be 64 signs of 0-9 and a-f", place)


def one_of(*known: Json) -> Shape:
    """Shape: one of a few values."""

    def check(value: Json, place: str) -> None:
        if not any(same(value, each) for each in known):
            names = ", ".join(shown(each) for each in known)
            raise Unreadable("must be one of: {known}", place, known=names)

    return check


def list_of(shape: Shape) -> Shape:
    """Shape: a list, all of one shape."""

    def check(value: Json, place: str) -> None:
        if not isinstance(value, list):
            raise Unreadable("must be a list", place)
        for position, item in enumerate(value, start=1):
            shape(item, f"{place}[{position}]")

    return check


def row(*shapes: Shape) -> Shape:
    """Shape: a list with one value for each shape."""

    def check(value: Json, place: str) -> None:
        if not isinstance(value, list) or len(value) != len(shapes):
            raise Unreadable("must be a list of {count} values", place, count=len(shapes))
        for position, shape in enumerate(shapes):
            shape(value[position], f"{place}[{position + 1}]")

    return check


def record(needed: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None) -> Shape:
    """Shape: an object with these keys and no other."""
    shapes = {**needed, **(optional or {})}

    def check(value: Json, place: str) -> None:
        if not isinstance(value, dict):
            raise Unreadable("must be an object", place)
        for key in needed:
            if key not in value:
                raise Unreadable("is missing", joined(place, key))
        for key, item in value.items():
            if key not in shapes:
                raise Unreadable(
                    "is unknown to this script; perhaps there is a newer one", joined(place, key)
                )
            shapes[key](item, joined(place, key))

    return check


def anything(value: Json, place: str) -> None:
    """Shape: whatever; what was recomputed is compared with it."""


def coded(value: Json, place: str) -> None:
    """Shape: an entry of the outcome; everything but its code is compared."""
    if not isinstance(value, dict):
        raise Unreadable("must be an object", place)
    text(value.get("code"), joined(place, "code"))


def joined(place: str, key: str) -> str:
    """Return the place of a key inside a place."""
    return f"{place}.{key}" if place else key


LIMIT = {"percent": number, "points": number}
CRITERION = record({"code": text, "max": number, "weight": number, "required": flag}, {"track": text})
AGGREGATE = record(
    {
        "over": one_of("judge_totals", "criteria"),
        "method": one_of("mean", "median", "trimmed_mean", "rank_sum", "t_score"),
    },
    {"drop_high": whole(0), "drop_low": whole(0)},
)
ROUND = record(
    {"code": text, "kind": text, "weight": number, "criteria": list_of(CRITERION)},
    {
        "aggregate": AGGREGATE,
        "floor": record({}, LIMIT),
        "advance": record({}, {"top": whole(1), "per_track": flag, **LIMIT}),
        "carries": flag,
    },
)
RULE = record(
    {
        "name": text,
        "version": one_of(1),
        "missing": one_of("left_out"),
        "ties": one_of("joint_places_skip"),
        "printed": record({"places": one_of(6), "rounding": one_of("half_up")}),
        "rounds": list_of(ROUND),
        "awards": list_of(record({"code": text, "count": whole(1)}, {"track": text})),
    },
    {
        "total": one_of("weighted_percent", "sum_of_points"),
        "places": one_of(*range(7)),
        "tie_break": list_of(text),
        "one_prize_per_person": flag,
        "round_order": list_of(text),
    },
)
UNCHAINED = ("title", "rule_text", "locator", "sha256")
PARTS = ("rule", "sheets", "inputs", "outcome", "awards")
SHEET = {"round": text, "judge": text, "entry": text, "signed_at": text}
DOCUMENT = record(
    {
        "format": text,
        "competition": text,
        "title": text,
        "rule": RULE,
        "rule_text": record({"ko": text, "en": text}),
        "rule_sha256": sha256,
        "inputs": record(
            {
                "entries": list_of(row(text, text, text, list_of(text))),
                "judges": list_of(text),
                "marks": list_of(row(text, text, text, text, number)),
                "votes": list_of(row(text, text, whole(1))),
            }
        ),
        "sheets": list_of(record({**SHEET, "sha256": sha256, "snapshot_sha256": sha256})),
        "entries": list_of(coded),
        "awards": list_of(record({"entry": text, "tier": text, "reason": text})),
        "inputs_sha256": sha256,
        "outcome_sha256": sha256,
        "chain": row(*(record({"what": one_of(part), "sha256": sha256}) for part in PARTS)),
        "locator": record({"count": whole(0), "sums": row(digits, digits, digits)}),
        "sha256": sha256,
    }
)


# --- Hashes ----------------------------------------------------------------------------------------------


ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Json) -> bytes:
    """Return JSON as UTF-8 with sorted keys, no spaces, in Unicode's form NFC."""
    return unicodedata.normalize("NFC", ENCODER.encode(value)).encode()


def hashed(value: Json) -> str:
    """Return the SHA-256 of JSON in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()


def hash_findings(document: dict[str, Json]) -> list[Finding]:
    """Compare every hash of the file with what it stands for."""
    findings = []
    for place, expected in expected_hashes(document).items():
        found = document[place]
        if found != expected:
            findings.append(
                Finding(
                    place, "file says {found}, recomputed {expected}", {"found": found, "expected": expected}
                )
            )
    previous = ""
    for position, (link, part) in enumerate(zip(document["chain"], chained(document)), start=1):  # noqa: B905
        expected = hashlib.sha256((previous + hashed(part)).encode()).hexdigest()
        previous = link["sha256"]
        if previous != expected:
            place = f"chain[{position}].sha256 ({link['what']})"
            values = {"found": previous, "expected": expected}
            findings.append(Finding(place, "file says {found}, recomputed {expected}", values))
    return findings


def expected_hashes(document: dict[str, Json]) -> dict[str, str]:
    """Return what the file's three named hashes must be."""
    outcome = {key: document[key] for key in ("competition", "inputs_sha256", "entries")}
    return {
        "rule_sha256": hashed(document["rule"]),
        "inputs_sha256": inputs_hash(document),
        "outcome_sha256": hashed(outcome),
    }


def inputs_hash(document: dict[str, Json]) -> str:
    """Return the hash that the site shows of everything the result rests on."""
    inputs = document["inputs"]
    rows = [each if each[3] else each[:3] for each in inputs["entries"]]
    content = {
        "competition": document["competition"],
        "rule": document["rule"],
        "entries": rows,
        "marks": inputs["marks"],
    }
    if inputs["votes"]:
        content["votes"] = inputs["votes"]
    return hashed(content)


def chained(document: dict[str, Json]) -> list[Json]:
    """Return the parts in the order of the chain; each link is SHA-256(previous link + SHA-256(part))."""
    outcome = {key: document[key] for key in ("competition", "inputs_sha256", "entries")}
    return [document["rule"], document["sheets"], document["inputs"], outcome, document["awards"]]


def whole_findings(document: dict[str, Json]) -> list[Finding]:
    """Compare the hash of the whole file, and name the value that was changed if only one was."""
    found = hashed({key: value for key, value in document.items() if key != "sha256"})
    if found == document["sha256"]:
        return []
    values = {"found": found, "expected": document["sha256"]}
    whole = Finding("sha256", "the whole file has another SHA-256: {found}; the file says {expected}", values)
    return [*located(document), whole]


def located(document: dict[str, Json]) -> list[Finding]:
    """Find the one changed value from the file's check sums.

    The check sums are s0 = sum of h(i), s1 = sum of i x h(i) and s2 = sum of i x i x h(i) over all values,
    h(i) being the CRC-32 of the i-th. A change of value i alone by d changes them by d, i x d and i x i x d,
    so their quotient is i. They find mistakes; that there is one is for the SHA-256 to say.
    """
    units = list(values_of(document))
    if len(units) != document["locator"]["count"]:
        values = {"found": len(units), "expected": document["locator"]["count"]}
        text = "the file has {found} values, {expected} when it was made: something was added or taken out"
        return [Finding("locator.count", text, values)]
    stored = [int(each) for each in document["locator"]["sums"]]
    off = [now - then for now, then in zip(sums_of(units), stored)]  # noqa: B905
    changed = "was changed after the file was made: the check sums point here"
    if sum(each != 0 for each in off) == 1:
        return [Finding(f"locator.sums[{1 + [bool(each) for each in off].index(True)}]", changed, {})]
    if off[0] and off[1] % off[0] == 0 and off[2] == off[1] * (off[1] // off[0]):
        position = off[1] // off[0]
        if 1 <= position <= len(units):
            return [Finding(units[position - 1][0], changed, {})]
    return []


def sums_of(units: list[tuple[str, Json]]) -> tuple[int, int, int]:
    """Return the three check sums over the values of a file."""
    first = second = third = 0
    for position, (_, value) in enumerate(units, start=1):
        one = zlib.crc32(canonical(value))
        first += one
        second += position * one
        third += position * position * one
    return first, second, third


def values_of(document: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """Yield every value of the file with its place: keys in order, rows and plain lists as one value each."""
    for key in sorted(document):
        if key not in {"locator", "sha256"}:
            yield from leaves(document[key], key)


def leaves(value: Json, place: str) -> Iterator[tuple[str, Json]]:
    """Yield the values inside one value."""
    if isinstance(value, dict) and value:
        for key in sorted(value):
            yield from leaves(value[key], joined(place, key))
    elif isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        for position, item in enumerate(value, start=1):
            yield from leaves(item, item_place(place, position, item))
    else:
        yield place, value


def item_place(place: str, position: int, item: Json) -> str:
    """Return the place of a list's item, by its code or by its position and what it is about."""
    if isinstance(item, list):
        about = [each for each in item[:4] if isinstance(each, str)]
    elif "code" in item:
        return f"{place}.{item['code']}"
    else:
        about = [item[key] for key in ("round", "judge", "entry") if key in item]
    return f"{place}[{position}: {'/'.join(about)}]" if about else f"{place}[{position}]"


# --- Do the inputs fit together? -------------------------------------------------------------------------


def contradictions(document: dict[str, Json]) -> list[Finding]:
    """Return what makes the inputs impossible to compute with."""
    return [*rule_contradictions(document["rule"]), *input_contradictions(document)]


def rule_contradictions(rule: dict[str, Json]) -> Iterator[Finding]:
    """Yield what is wrong with the rule as it stands."""
    yield from repeated("rule.rounds", [each["code"] for each in rule["rounds"]])
    yield from repeated("rule.awards", [each["code"] for each in rule["awards"]])
    for each in rule["rounds"]:
        place = f"rule.rounds.{each['code']}"
        yield from repeated(f"{place}.criteria", [one["code"] for one in each["criteria"]])
        numbers = {f"{place}.weight": each["weight"]}
        for one in each["criteria"]:
            inside = f"{place}.criteria.{one['code']}"
            numbers.update({f"{inside}.weight": one["weight"], f"{inside}.max": one["max"]})
        for spot, found in numbers.items():
            if Fraction(found) == 0:
                yield Finding(spot, "must be above 0", {})
        for name in ("floor", "advance"):
            limits = [key for key in LIMIT if key in each.get(name, {})]
            least = 0 if name == "advance" and "top" in each.get(name, {}) else 1
            if name in each and not least <= len(limits) <= 1:
                values = {"known": ", ".join(LIMIT)}
                yield Finding(f"{place}.{name}", "must hold exactly one of: {known}", values)
    codes = [each["code"] for each in rule["rounds"]]
    if sorted(rule.get("round_order", codes)) != sorted(codes):
        yield Finding("rule.round_order", "must name every round once", {})
    for step in rule.get("tie_break", []):
        yield from step_contradictions(step, rule)


def step_contradictions(step: str, rule: dict[str, Json]) -> Iterator[Finding]:
    """Yield what is wrong with one step of the tie chain."""
    kind, _, code = step.partition(":")
    if kind == "round" and code not in {each["code"] for each in rule["rounds"]}:
        yield missing("rule.tie_break", "rule", "round", code)
    elif kind == "criterion" and len(spots_of(code, rule)) != 1:
        yield missing("rule.tie_break", "rule", "criterion", code)
    elif kind not in {"round", "criterion"} and step not in {"submitted", "joint"}:
        known = "criterion:…, round:…, submitted, joint"
        yield Finding("rule.tie_break", "must be one of: {known}", {"known": known})


def spots_of(code: str, rule: dict[str, Json]) -> list[tuple[str, str]]:
    """Return (round, criterion) of every criterion that "CODE" or "ROUND/CODE" may mean."""
    return [
        (each["code"], one["code"])
        for each in rule["rounds"]
        for one in each["criteria"]
        if code in {one["code"], f"{each['code']}/{one['code']}"}
    ]


def input_contradictions(document: dict[str, Json]) -> Iterator[Finding]:
    """Yield what is wrong with entries, judges, sheets, votes and marks."""
    inputs = document["inputs"]
    sheets = [(each["round"], each["judge"], each["entry"]) for each in document["sheets"]]
    yield from repeated("inputs.entries", [each[0] for each in inputs["entries"]])
    yield from repeated("inputs.judges", inputs["judges"])
    yield from repeated("inputs.marks", ["/".join(each[:4]) for each in inputs["marks"]])
    yield from repeated("inputs.votes", ["/".join(each[:2]) for each in inputs["votes"]])
    yield from repeated("sheets", ["/".join(each) for each in sheets])
    for position, entry in enumerate(inputs["entries"], start=1):
        if entry[2] and moment(entry[2]) is None:
            place = item_place("inputs.entries", position, entry)
            yield Finding(place, "is not a moment with its time zone", {})
    rounds = {each["code"] for each in document["rule"]["rounds"]}
    entries = {code for code, _, _, _ in inputs["entries"]}
    for position, (round_, judge, entry_code) in enumerate(sheets, start=1):
        place = f"sheets[{position}: {round_}/{judge}/{entry_code}]"
        yield from unknown(place, "rule", "round", round_, rounds)
        yield from unknown(place, "file", "judge", judge, inputs["judges"])
        yield from unknown(place, "file", "entry", entry_code, entries)
    for position, (round_, entry_code, _) in enumerate(inputs["votes"], start=1):
        place = f"inputs.votes[{position}: {round_}/{entry_code}]"
        yield from unknown(place, "rule", "round", round_, rounds)
        yield from unknown(place, "file", "entry", entry_code, entries)
    yield from mark_contradictions(document, set(sheets))


def mark_contradictions(document: dict[str, Json], signed: set[tuple[str, str, str]]) -> Iterator[Finding]:
    """Yield what is wrong with the marks. signed: round, judge and entry of the sheets."""
    rule, inputs = document["rule"], document["inputs"]
    criteria = {(each["code"], one["code"]): one for each in rule["rounds"] for one in each["criteria"]}
    tracks = {code: track for code, track, _, _ in inputs["entries"]}
    judges = set(inputs["judges"])
    measured = {each["code"] for each in rule["rounds"] if each["kind"] == "measured"}
    for position, mark in enumerate(inputs["marks"], start=1):
        fault: Finding | None
        nobody = mark[1] == "" and mark[0] in measured  # brought in, not judged: no sheet is signed
        if mark[1] not in judges and not nobody:
            fault = missing("", "file", "judge", mark[1])
        else:
            fault = mark_contradiction(mark, criteria, tracks, None if nobody else signed)
        if fault:
            yield fault._replace(place=f"inputs.marks[{position}: {'/'.join(mark[:4])}]")


def mark_contradiction(
    mark: list[str],
    criteria: dict[tuple[str, str], dict[str, Json]],
    tracks: dict[str, str],
    signed: set[tuple[str, str, str]] | None,
) -> Finding | None:
    """Return what is wrong with one mark, its place left open. signed None: it needs no sheet."""
    round_, judge, entry, code, points = mark
    criterion = criteria.get((round_, code))
    if criterion is None:
        return missing("", "rule", "criterion", f"{round_}/{code}")
    if entry not in tracks:
        return missing("", "file", "entry", entry)
    if criterion.get("track") and criterion["track"] != tracks[entry]:
        text = "the criterion is for the track {track} only"
        return Finding("", text, {"track": criterion["track"]})
    if Decimal(points) > Decimal(criterion["max"]):
        text = "{points} is above the highest score {max}"
        return Finding("", text, {"points": points, "max": criterion["max"]})
    if signed is not None and (round_, judge, entry) not in signed:
        text = "no signed sheet of round {round}, judge {judge}, entry {entry}"
        return Finding("", text, {"round": round_, "judge": judge, "entry": entry})
    return None


def repeated(place: str, codes: list[str]) -> Iterator[Finding]:
    """Yield the codes that stand more than once."""
    for code, count in Counter(codes).items():
        if count > 1:
            yield Finding(f"{place}.{code}", "stands {count} times", {"count": count})


def unknown(place: str, where: str, what: str, code: str, known: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding unless the code is known."""
    if code not in known:
        yield missing(place, where, what, code)


def missing(place: str, where: str, what: str, code: str) -> Finding:
    """Return the finding that the rule or the file has no such thing."""
    text = "the rule has no {what} “{code}”" if where == "rule" else "the file has no {what} “{code}”"
    return Finding(place, text, {"what": what, "code": code})


def moment(at: str) -> datetime | None:
    """Read an ISO 8601 instant with its zone; None when it is none."""
    try:
        read_at = datetime.fromisoformat(at)
    except ValueError:
        return None
    return read_at if read_at.tzinfo else None


# --- The rule: one round ---------------------------------------------------------------------------------


class Entry(NamedTuple):
    """One entry as the inputs list it."""

    code: str
    track: str
    submitted_at: str
    people: list[str]


Marks = dict[str, dict[str, Fraction]]  # criterion -> judge -> points
Numbers = dict[str, dict[str, Fraction]]  # entry -> judge -> number


class Joined(NamedTuple):
    """The numbers of several judges made one. kept, dropped: judges in order."""

    value: Fraction
    kept: list[str]
    dropped: list[str]
    is_fallback: bool = False


class Scored(NamedTuple):
    """One entry in one round. extra: what the file says beside score, judges and criteria."""

    score: Fraction | None
    judges: int
    criteria: dict[str, Fraction | None]
    extra: dict[str, Json]


def join(numbers: dict[str, Fraction], aggregate: dict[str, Json]) -> Joined:
    """Join at least one judge's numbers by mean, median or trimmed mean."""
    rising = sorted((value, judge) for judge, value in numbers.items())
    everybody = sorted(numbers)
    mean = sum(numbers.values(), Fraction(0)) / len(numbers)
    if aggregate["method"] == "median":
        middle = (rising[(len(rising) - 1) // 2][0] + rising[len(rising) // 2][0]) / 2
        return Joined(middle, everybody, [])
    if aggregate["method"] != "trimmed_mean":
        return Joined(mean, everybody, [])  # ranks and T scores are means of what was made relative before
    low, high = aggregate.get("drop_low", 0), aggregate.get("drop_high", 0)
    if len(rising) <= low + high:
        return Joined(mean, everybody, [], is_fallback=True)
    rest = rising[low : len(rising) - high]
    kept = sorted(judge for _, judge in rest)
    dropped = [judge for judge in everybody if judge not in kept]
    return Joined(sum((value for value, _ in rest), Fraction(0)) / len(rest), kept, dropped)


def ranks(numbers: dict[str, Fraction]) -> dict[str, Fraction]:
    """Return the rank of each entry by one judge: the highest is 1, equals share the mean of their ranks."""
    counts = Counter(numbers.values())
    rank_of: dict[Fraction, Fraction] = {}
    before = 0
    for value in sorted(counts, reverse=True):
        rank_of[value] = before + Fraction(counts[value] + 1, 2)
        before += counts[value]
    return {entry: rank_of[value] for entry, value in numbers.items()}


def rank_percents(numbers: dict[str, Fraction]) -> dict[str, Fraction]:
    """Return 100 x (N - rank) / (N - 1) of each entry by one judge; one entry alone has 100."""
    count = len(numbers)
    if count == 1:
        return dict.fromkeys(numbers, Fraction(100))
    return {entry: 100 * (count - rank) / (count - 1) for entry, rank in ranks(numbers).items()}


def t_scores(numbers: dict[str, Fraction]) -> dict[str, Fraction]:
    """Return 50 + 10 x (x - mean) / sd of each entry by one judge, sd of n - 1, rounded to 12 decimals."""
    count = len(numbers)
    mean = sum(numbers.values(), Fraction(0)) / count
    squares = sum(((value - mean) ** 2 for value in numbers.values()), Fraction(0))
    if squares == 0:
        return dict.fromkeys(numbers, Fraction(50))
    variance = squares / (count - 1)
    found: dict[Fraction, Fraction] = {}
    with localcontext() as context:
        context.prec = 50
        deviation = (Decimal(variance.numerator) / Decimal(variance.denominator)).sqrt()
        for value in set(numbers.values()):
            off = value - mean
            score = 50 + 10 * (Decimal(off.numerator) / Decimal(off.denominator)) / deviation
            found[value] = Fraction(score.quantize(Decimal("1e-12"), rounding=ROUND_HALF_UP))
    return {entry: found[value] for entry, value in numbers.items()}


RELATIVE = {"rank_sum": rank_percents, "t_score": t_scores}


def relative(numbers: Numbers, method: str) -> Numbers:
    """Make each judge's numbers relative to the judge's others, if the method does so."""
    if method not in RELATIVE:
        return numbers
    made: Numbers = {entry: {} for entry in numbers}
    for judge, own in turned(numbers).items():
        for entry, value in RELATIVE[method](own).items():
            made[entry][judge] = value
    return made


def rank_sums(numbers: Numbers) -> dict[str, Fraction]:
    """Return the sum of an entry's ranks over the judges."""
    sums = dict.fromkeys(numbers, Fraction(0))
    for own in turned(numbers).values():
        for entry, rank in ranks(own).items():
            sums[entry] += rank
    return sums


def turned(numbers: Numbers) -> Numbers:
    """Turn numbers by entry and judge into numbers by judge and entry."""
    found: Numbers = {}
    for entry, own in numbers.items():
        for judge, value in own.items():
            found.setdefault(judge, {})[entry] = value
    return found


def criteria_for(round_: dict[str, Json], track: str) -> list[dict[str, Json]]:
    """Return the round's criteria for the entries of a track."""
    return [each for each in round_["criteria"] if each.get("track", "") in {"", track}]


def is_for(round_: dict[str, Json], track: str) -> bool:
    """Say whether the round judges a track."""
    return not round_["criteria"] or bool(criteria_for(round_, track))


def possible(round_: dict[str, Json], track: str) -> Fraction:
    """Return the most that a track's entries can reach: sum of weight x highest score; 100 without criteria."""
    own = criteria_for(round_, track)
    return sum((weighted(each) for each in own), Fraction(0)) if own else Fraction(100)


def weighted(criterion: dict[str, Json]) -> Fraction:
    """Return weight x highest score."""
    return Fraction(criterion["weight"]) * Fraction(criterion["max"])


def scored_round(
    round_: dict[str, Json],
    entries: list[Entry],
    marks: dict[str, Marks],
    votes: dict[str, int],
    gone: set[str],
) -> dict[str, Scored]:
    """Return the outcome of one round for each entry, track by track.

    marks, votes: by entry. gone: entries that did not go on to it; their marks count for nothing.
    """
    found: dict[str, Scored] = {}
    by_votes = round_["kind"] == "public_vote" and not marks
    for track in sorted({entry.track for entry in entries}):
        if not is_for(round_, track):
            continue
        codes = [entry.code for entry in entries if entry.track == track]
        if by_votes:
            found.update(scored_by_votes(round_, codes, track, votes, gone))
            continue
        own = {code: {} if code in gone else marks.get(code, {}) for code in codes}
        over = round_.get("aggregate", MEAN)["over"]
        score = over_judge_totals if over == "judge_totals" else over_criteria
        found.update(score(round_, own, track))
    return found


MEAN = {"over": "criteria", "method": "mean"}


def scored_by_votes(
    round_: dict[str, Json], codes: list[str], track: str, votes: dict[str, int], gone: set[str]
) -> dict[str, Scored]:
    """Score by votes: 100 for the most chosen entry, the others in proportion; without votes nobody."""
    most = max((votes.get(code, 0) for code in codes if code not in gone), default=0)
    criteria = criteria_for(round_, track)
    found = {}
    for code in codes:
        share = Fraction(votes.get(code, 0), most) if most and code not in gone else None
        points = {c["code"]: None if share is None else share * Fraction(c["max"]) for c in criteria}
        score = None if share is None else 100 * share
        found[code] = Scored(score, 0, points, {} if share is None else {"votes": votes.get(code, 0)})
    return found


def over_criteria(round_: dict[str, Json], marks: dict[str, Marks], track: str) -> dict[str, Scored]:
    """Join the judges' points criterion by criterion, then add the criteria up by weight."""
    aggregate = round_.get("aggregate", MEAN)
    criteria = criteria_for(round_, track)
    values: dict[str, dict[str, Joined]] = {code: {} for code in marks}
    sums = dict.fromkeys(marks, Fraction(0))
    for criterion in criteria:
        code = criterion["code"]
        points = {entry: own[code] for entry, own in marks.items() if code in own}
        if aggregate["method"] == "rank_sum":
            for entry, own_sum in rank_sums(points).items():
                sums[entry] += own_sum
        highest = Fraction(criterion["max"])
        for entry, numbers in relative(points, aggregate["method"]).items():
            one = join(numbers, aggregate)
            if aggregate["method"] in RELATIVE:
                one = one._replace(value=one.value / 100 * highest)
            values[entry][code] = one
    found = {}
    for entry, own_values in values.items():
        means = {
            c["code"]: own_values[c["code"]].value if c["code"] in own_values else None for c in criteria
        }
        extra: dict[str, Json] = {
            "kept": {code: one.kept for code, one in own_values.items()},
            "dropped": {code: one.dropped for code, one in own_values.items() if one.dropped},
            "fallback": any(one.is_fallback for one in own_values.values()),
            "rank_sum": sums[entry] or None,
        }
        found[entry] = Scored(percent(criteria, means), len(judges_of(marks[entry])), means, extra)
    return found


def judges_of(marks: Marks) -> list[str]:
    """Return who gave an entry at least one mark."""
    return sorted({judge for own in marks.values() for judge in own})


def percent(criteria: list[dict[str, Json]], points: dict[str, Fraction | None]) -> Fraction | None:
    """Return 100 x sum(weight x points) / sum(weight x highest) over the criteria that have points.

    None when a required criterion, or every criterion, has none.
    """
    reached = most = Fraction(0)
    for criterion in criteria:
        value = points.get(criterion["code"])
        if value is not None:
            reached += Fraction(criterion["weight"]) * value
            most += weighted(criterion)
        elif criterion["required"]:
            return None
    return 100 * reached / most if most else None


def over_judge_totals(round_: dict[str, Json], marks: dict[str, Marks], track: str) -> dict[str, Scored]:
    """Make each judge's sheet one percentage, then join the judges."""
    aggregate = round_.get("aggregate", MEAN)
    criteria = criteria_for(round_, track)
    totals: Numbers = {}
    incomplete: dict[str, list[str]] = {}
    for entry, own in marks.items():
        sheets = {
            judge: percent(criteria, {code: given[judge] for code, given in own.items() if judge in given})
            for judge in judges_of(own)
        }
        totals[entry] = {judge: total for judge, total in sheets.items() if total is not None}
        incomplete[entry] = [judge for judge, total in sheets.items() if total is None]
    numbers = relative(totals, aggregate["method"])
    sums = rank_sums(totals) if aggregate["method"] == "rank_sum" else {}
    found = {}
    for entry, own in marks.items():
        one = join(numbers[entry], aggregate) if numbers[entry] else None
        extra: dict[str, Json] = {
            "kept": one.kept if one else [],
            "dropped": one.dropped if one else [],
            "judge_totals": totals[entry],
            "incomplete": incomplete[entry],
            "fallback": bool(one and one.is_fallback),
            "rank_sum": sums.get(entry) if one else None,
        }
        counted = one.kept if one else judges_of(own)
        means = {}
        for c in criteria:
            kept = [points for judge, points in own.get(c["code"], {}).items() if judge in counted]
            means[c["code"]] = sum(kept, Fraction(0)) / len(kept) if kept else None
        found[entry] = Scored(one.value if one else None, len(judges_of(own)), means, extra)
    return found


# --- The rule: rounds in their order, totals, places, awards -----------------------------------------------


def recomputed(document: dict[str, Json]) -> list[dict[str, Json]]:
    """Return the outcome of every entry as the file must have it, best first."""
    rule, inputs = document["rule"], document["inputs"]
    entries = sorted(Entry(*each) for each in inputs["entries"])
    results, out = all_rounds(rule, inputs, entries)
    totals = {entry.code: total_of(rule, entry, results[entry.code]) for entry in entries}
    for entry in entries:
        if totals[entry.code] is None:
            out.setdefault(entry.code, "unscored")
        if out.get(entry.code) == "unscored":
            totals[entry.code] = None
    ranked = [entry for entry in entries if entry.code not in out]
    places, broken = places_of(rule, ranked, totals, results)
    awards, tied, passed = proposed(rule, ranked, places)
    lines = []
    for entry in listed(entries, places, totals, out):
        code = entry.code
        line = {
            "code": code,
            "track": entry.track,
            "total": printed(totals[code]),
            "place": places.get(code),
            "tie_broken_by": broken.get(code),
            "rounds": {
                name: round_json(rule, name, entry.track, each) for name, each in results[code].items()
            },
            "award": awards.get(code),
            "status": "tied_at_award_line" if code in tied else out.get(code, "ranked"),
        }
        if code in passed:
            line["passed_over_for"] = passed[code]
        lines.append(line)
    return lines


def all_rounds(
    rule: dict[str, Json], inputs: dict[str, Json], entries: list[Entry]
) -> tuple[dict[str, dict[str, Scored]], dict[str, str]]:
    """Return each entry's outcome in its rounds, and why an entry is out, by code.

    Round by round: an entry without a score is out as unscored, one below the floor as below_floor, one that
    does not go on as not_advanced. Marks and votes of those who did not go on count for nothing afterwards.
    A round that neither counts nor decides who stays puts nobody out.
    """
    marks = marks_by_round(inputs["marks"])
    votes: dict[str, dict[str, int]] = {}
    for round_code, entry_code, count in inputs["votes"]:
        votes.setdefault(round_code, {})[entry_code] = count
    results: dict[str, dict[str, Scored]] = {entry.code: {} for entry in entries}
    out: dict[str, str] = {}
    order = in_order(rule)
    for round_ in order:
        code = round_["code"]
        gone = {entry for entry, why in out.items() if why == "not_advanced"}
        scores = scored_round(round_, entries, marks.get(code, {}), votes.get(code, {}), gone)
        for entry_code, each in scores.items():
            results[entry_code][code] = each
        here = [entry for entry in entries if entry.code in scores and entry.code not in out]
        # After the last round there is nothing to go on to.
        gate = {name: each for name, each in round_.items() if name != "advance" or round_ is not order[-1]}
        out.update(leaving(gate, here, scores))
    return results, out


def leaving(round_: dict[str, Json], entries: list[Entry], scores: dict[str, Scored]) -> dict[str, str]:
    """Return why entries that were still in leave after a round."""
    if not round_.get("carries", True) and "floor" not in round_ and "advance" not in round_:
        return {}
    out: dict[str, str] = {}
    for entry in entries:
        score = scores[entry.code].score
        if score is None:
            out[entry.code] = "unscored"
        elif "floor" in round_ and not reaches(round_["floor"], round_, entry, score):
            out[entry.code] = "below_floor"
    if "advance" in round_:
        left = [entry for entry in entries if entry.code not in out]
        on = going_on(round_, left, scores)
        out.update((entry.code, "not_advanced") for entry in left if entry.code not in on)
    return out


def in_order(rule: dict[str, Json]) -> list[dict[str, Json]]:
    """Return the rounds in the order they are held."""
    rounds = {each["code"]: each for each in rule["rounds"]}
    return [rounds[code] for code in rule.get("round_order", list(rounds))]


def marks_by_round(rows: list[list[str]]) -> dict[str, dict[str, Marks]]:
    """Return points as fractions by round, entry, criterion and judge."""
    known: dict[str, Fraction] = {}
    found: dict[str, dict[str, Marks]] = {}
    for round_, judge, entry, criterion, points in rows:
        if points not in known:
            known[points] = Fraction(points)
        own = found.setdefault(round_, {}).setdefault(entry, {})
        own.setdefault(criterion, {})[judge] = known[points]
    return found


def reaches(limit: dict[str, Json], round_: dict[str, Json], entry: Entry, score: Fraction) -> bool:
    """Say whether a score of a round is not below a limit in percent or points."""
    if "points" in limit:
        return score / 100 * possible(round_, entry.track) >= Fraction(limit["points"])
    return "percent" not in limit or score >= Fraction(limit["percent"])


def going_on(round_: dict[str, Json], entries: list[Entry], scores: dict[str, Scored]) -> set[str]:
    """Return the codes of those who reach the limit and are among the best `top`; equals at the line all are."""
    advance = round_["advance"]
    groups: dict[str, list[tuple[Fraction, str]]] = {}
    for entry in entries:
        score = required(scores[entry.code].score)
        if reaches(advance, round_, entry, score):
            group = entry.track if advance.get("per_track") else ""
            groups.setdefault(group, []).append((score, entry.code))
    on: set[str] = set()
    for group_scores in groups.values():
        falling = sorted((score for score, _ in group_scores), reverse=True)
        line = falling[min(advance.get("top", len(falling)), len(falling)) - 1]
        on.update(code for score, code in group_scores if score >= line)
    return on


def required(score: Fraction | None) -> Fraction:
    """Return a score that is there."""
    if score is None:
        raise ValueError("A score is missing.")
    return score


def points_of(round_: dict[str, Json], track: str, score: Fraction) -> Fraction:
    """Return a round's score in points."""
    return score / 100 * possible(round_, track)


def total_of(rule: dict[str, Json], entry: Entry, results: dict[str, Scored]) -> Fraction | None:
    """Return an entry's total, rounded if the rule rounds it; None unless every round that carries has a score."""
    carrying = [each for each in rule["rounds"] if each.get("carries", True) and each["code"] in results]
    scores = [results[each["code"]].score for each in carrying]
    if not scores or any(score is None for score in scores):
        return None
    pairs = [(each, required(score)) for each, score in zip(carrying, scores)]  # noqa: B905
    if rule.get("total") == "sum_of_points":
        total = sum((points_of(each, entry.track, score) for each, score in pairs), Fraction(0))
    else:
        weight = sum((Fraction(each["weight"]) for each in carrying), Fraction(0))
        total = sum((Fraction(each["weight"]) * score for each, score in pairs), Fraction(0)) / weight
    return half_up(total, rule["places"]) if "places" in rule else total


def half_up(value: Fraction, places: int) -> Fraction:
    """Round to decimals, halves away from zero."""
    scale = 10**places
    whole_part = (abs(value) * scale * 2 + 1) // 2
    return Fraction(whole_part if value >= 0 else -whole_part, scale)


def printed(value: Fraction | None) -> str | None:
    """Write a number with at most six decimals, halves away from zero, without trailing zeros."""
    if value is None:
        return None
    rounded = half_up(value, 6)
    whole_part, rest = divmod(abs(rounded.numerator) * 10**6 // rounded.denominator, 10**6)
    written = f"{whole_part}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{written}" if rounded < 0 else written


def places_of(
    rule: dict[str, Json],
    ranked: list[Entry],
    totals: dict[str, Fraction | None],
    results: dict[str, dict[str, Scored]],
) -> tuple[dict[str, int], dict[str, str]]:
    """Return places by code, and the step that parted an entry from its equals.

    Equals that no step parts share a place, and the places behind them are skipped: 1, 2, 2, 4.
    """
    places: dict[str, int] = {}
    broken: dict[str, str] = {}
    for group, step in parted(ranked, lambda entry: totals[entry.code], ""):
        steps = rule.get("tie_break", []) if len(group) > 1 else []
        for equals, name in broken_up(group, steps, step, rule, results):
            place = len(places) + 1
            for entry in sorted(equals):
                places[entry.code] = place
                if name and len(equals) == 1:
                    broken[entry.code] = name
    return places, broken


def parted(entries: list[Entry], value: Callable[[Entry], Any], step: str) -> list[tuple[list[Entry], str]]:
    """Return groups of equal value, highest first, those without a value last."""
    groups: dict[Any, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(value(entry), []).append(entry)
    there = sorted((key for key in groups if key is not None), reverse=True)
    keys = [*there, None] if None in groups else there
    return [(groups[key], step) for key in keys]


def broken_up(
    group: list[Entry],
    steps: list[str],
    name: str,
    rule: dict[str, Json],
    results: dict[str, dict[str, Scored]],
) -> Iterator[tuple[list[Entry], str]]:
    """Yield parts of a group of equals, best first, each with the step that parted it."""
    if len(group) == 1 or not steps or steps[0] == "joint":
        yield group, name
        return
    parts = parted(group, step_value(steps[0], rule, results), steps[0])
    for part, _ in parts:
        yield from broken_up(part, steps[1:], steps[0] if len(parts) > 1 else name, rule, results)


def step_value(
    step: str, rule: dict[str, Json], results: dict[str, dict[str, Scored]]
) -> Callable[[Entry], Any]:
    """Return what a step of the tie chain compares; higher is better, None worst."""
    kind, _, code = step.partition(":")
    if kind == "round":
        return lambda entry: results[entry.code][code].score if code in results[entry.code] else None
    if kind == "criterion":
        [(round_code, criterion)] = spots_of(code, rule)

        def aggregate(entry: Entry) -> Fraction | None:
            own = results[entry.code].get(round_code)
            return own.criteria.get(criterion) if own else None

        return aggregate
    return lambda entry: earliness(entry.submitted_at)


def earliness(at: str) -> Fraction | None:
    """Return a number that is higher the earlier an instant is; None when it is not known."""
    instant = moment(at)
    if instant is None:
        return None
    off = instant - datetime.fromisoformat("2000-01-01T00:00:00+00:00")
    return -(off.days * 86400 + off.seconds + Fraction(off.microseconds, 10**6))


def proposed(
    rule: dict[str, Json], ranked: list[Entry], places: dict[str, int]
) -> tuple[dict[str, str], list[str], dict[str, str]]:
    """Return award by code, the entries tied at an award line, and for whom an entry was passed over.

    Tiers in their order, each by place. Equals that do not all fit get nothing: people decide, and with
    them every later tier that could take one of them ends.
    """
    awards: dict[str, str] = {}
    tied: list[str] = []
    passed: dict[str, str] = {}
    by_code = {entry.code: entry for entry in ranked}
    order = [by_code[code] for code in places]
    for tier in rule["awards"]:
        left = tier["count"]
        track = tier.get("track", "")
        able = [entry for entry in order if not track or entry.track == track]
        if any(entry.code in tied for entry in able):
            continue
        able = [entry for entry in able if entry.code not in awards and entry.code not in passed]
        for group, _ in parted(able, lambda entry: -places[entry.code], ""):
            if not left:
                break
            if rule.get("one_prize_per_person"):
                note_passed_over(group, by_code, awards, passed)
            fresh = [entry for entry in group if entry.code not in passed]
            if len(fresh) > left or (rule.get("one_prize_per_person") and share_people(fresh)):
                tied += [entry.code for entry in fresh]
                break
            awards.update((entry.code, tier["code"]) for entry in fresh)
            left -= len(fresh)
    return awards, tied, passed


def note_passed_over(
    group: list[Entry], by_code: dict[str, Entry], awards: dict[str, str], passed: dict[str, str]
) -> None:
    """Note which entries of a group share a person with an entry that has an award, the highest of several."""
    for entry in group:
        for code in awards if entry.people else []:
            if set(by_code[code].people) & set(entry.people):
                passed[entry.code] = code
                break


def share_people(entries: list[Entry]) -> bool:
    """Say whether two of the entries have a person in common."""
    people = Counter(person for entry in entries for person in set(entry.people))
    return any(count > 1 for count in people.values())


LISTING = {"ranked": 0, "below_floor": 1, "not_advanced": 2, "unscored": 3}


def listed(
    entries: list[Entry],
    places: dict[str, int],
    totals: dict[str, Fraction | None],
    out: dict[str, str],
) -> list[Entry]:
    """Return the entries in the order of the file: by place, then those out by total, unscored by code."""

    def key(entry: Entry) -> tuple[Any, ...]:
        status = out.get(entry.code, "ranked")
        total = totals[entry.code] if status in {"below_floor", "not_advanced"} else None
        has_none = total is None
        return LISTING[status], places.get(entry.code, 0), has_none, -(total or 0), entry.code

    return sorted(entries, key=key)


def round_json(rule: dict[str, Json], code: str, track: str, scored: Scored) -> dict[str, Json]:
    """Return one entry's round as the file has it; what says nothing is left out."""
    scale = Fraction(1)
    extra: dict[str, Json] = {}
    if rule.get("total") == "sum_of_points":
        [round_] = [each for each in rule["rounds"] if each["code"] == code]
        scale = possible(round_, track) / 100
        extra["percent"] = printed(scored.score)
    line: dict[str, Json] = {
        "score": printed(None if scored.score is None else scored.score * scale),
        "judges": scored.judges,
        "criteria": {name: printed(value) for name, value in scored.criteria.items()},
        "kept": scored.extra.get("kept", {}),
        "dropped": scored.extra.get("dropped", {}),
    }
    line.update(extra)
    if scored.extra.get("judge_totals"):
        totals = scored.extra["judge_totals"]
        line["judge_totals"] = {judge: printed(each * scale) for judge, each in totals.items()}
    if scored.extra.get("incomplete"):
        line["incomplete"] = scored.extra["incomplete"]
    if scored.extra.get("fallback"):
        line["fallback"] = "mean"
    if scored.extra.get("rank_sum") is not None:
        line["rank_sum"] = printed(scored.extra["rank_sum"])
    if "votes" in scored.extra:
        line["votes"] = scored.extra["votes"]
    return line


# --- Comparing -------------------------------------------------------------------------------------------


def check(document: dict[str, Json]) -> list[Finding]:
    """Return everything in which the file differs from what it says of itself. Nothing: it agrees."""
    hashes, whole_hash = hash_findings(document), whole_findings(document)
    findings = [*whole_hash, *hashes]
    if len(whole_hash) == 1 and not hashes:
        findings.append(Finding(", ".join(UNCHAINED), "one of these was changed after the file was made", {}))
    impossible = contradictions(document)
    if impossible:
        return findings + impossible
    findings += entry_differences(document["entries"], recomputed(document))
    return findings + list(award_findings(document))


def entry_differences(found: list[dict[str, Json]], expected: list[dict[str, Json]]) -> list[Finding]:
    """Compare the file's entries with the recomputed ones, code by code, then their order."""
    findings = list(repeated("entries", [each["code"] for each in found]))
    by_code = {each["code"]: each for each in found}
    known = {each["code"] for each in expected}
    for each in expected:
        place = f"entries.{each['code']}"
        if each["code"] in by_code:
            findings += differences(by_code[each["code"]], each, place)
        else:
            findings.append(
                Finding(place, "is missing in the file; recomputed {expected}", {"expected": each})
            )
    for code in by_code:
        if code not in known:
            findings.append(Finding(f"entries.{code}", "stands in the file, but not when recomputed", {}))
    if not findings:
        pairs = zip((each["code"] for each in found), (each["code"] for each in expected))  # noqa: B905
        for position, (one, other) in enumerate(pairs, start=1):
            if one != other:
                text = "the order is another one: file says {found}, recomputed {expected}"
                return [Finding(f"entries[{position}]", text, {"found": one, "expected": other})]
    return findings


def differences(found: Json, expected: Json, place: str) -> Iterator[Finding]:
    """Yield every place at which two JSON values differ; 1, 1.0 and true are three values."""
    if isinstance(found, dict) and isinstance(expected, dict):
        for key in sorted({*found, *expected}):
            inside = joined(place, key)
            if key not in found:
                text = "is missing in the file; recomputed {expected}"
                yield Finding(inside, text, {"expected": expected[key]})
            elif key not in expected:
                yield Finding(inside, "stands in the file, but not when recomputed", {})
            else:
                yield from differences(found[key], expected[key], inside)
    elif not same(found, expected):
        values = {"found": found, "expected": expected}
        yield Finding(place, "file says {found}, recomputed {expected}", values)


def same(one: Json, other: Json) -> bool:
    """Say whether two JSON values are equal and of one kind."""
    return type(one) is type(other) and one == other


def award_findings(document: dict[str, Json]) -> Iterator[Finding]:
    """Yield what is wrong with the decided awards: they may depart from the proposal, not from their tiers."""
    tiers = {tier["code"]: tier for tier in document["rule"]["awards"]}
    entries = {entry["code"]: entry for entry in document["entries"]}
    yield from repeated("awards", [award["entry"] for award in document["awards"]])
    for position, award in enumerate(document["awards"], start=1):
        place = f"awards[{position}: {award['entry']}]"
        tier, entry = tiers.get(award["tier"]), entries.get(award["entry"])
        if tier is None:
            yield missing(f"{place}.tier", "rule", "award", award["tier"])
        if entry is None:
            yield missing(f"{place}.entry", "file", "entry", award["entry"])
        elif entry.get("place") is None:
            yield Finding(place, "the entry takes no place, so it cannot have an award", {})
        elif tier and tier.get("track") and tier["track"] != entry.get("track"):
            yield Finding(place, "the award is for the track {track} only", {"track": tier["track"]})
    for code, found in Counter(award["tier"] for award in document["awards"]).items():
        if code in tiers and found > tiers[code]["count"]:
            text = "{found} entries have the award, at most {count} may"
            yield Finding(f"awards.{code}", text, {"found": found, "count": tiers[code]["count"]})


# --- Answers ---------------------------------------------------------------------------------------------


def agreement(document: dict[str, Json], language: str) -> Iterator[str]:
    """Yield the lines that say that a file agrees, and where people decided otherwise than the rule proposes."""
    inputs = document["inputs"]
    yield say(
        "The file agrees: {entries} entries, {marks} marks and {sheets} signed sheets recomputed.",
        language,
        entries=len(inputs["entries"]),
        marks=len(inputs["marks"]),
        sheets=len(document["sheets"]),
    )
    yield say("SHA-256 of the file's content: {sha256}", language, sha256=document["sha256"])
    decided = {award["entry"]: award for award in document["awards"]}
    for entry in document["entries"]:
        award = decided.get(entry["code"], {"tier": None, "reason": ""})
        if decided and award["tier"] != entry["award"]:
            yield say(
                "Decided otherwise than the rule proposes: {entry} has {decided}, proposed {proposed}. {reason}",
                language,
                entry=entry["code"],
                decided=award["tier"] or say("no award", language),
                proposed=entry["award"] or say("no award", language),
                reason=award["reason"] or say("No reason is given.", language),
            )


def table(document: dict[str, Json], language: str) -> Iterator[str]:
    """Yield the places as the file has them, as columns."""
    decided = {award["entry"]: award["tier"] for award in document["awards"]}
    heads = [say(each, language) for each in ("Place", "Entry", "Total", "Award", "Status")]
    rows = [
        [each["place"], each["code"], each["total"], decided.get(each["code"]), each["status"]]
        for each in document["entries"]
    ]
    lines = [heads, *([shown("-" if cell is None else cell) for cell in each] for each in rows)]
    widths = [max(width(each[column]) for each in lines) for column in range(len(heads))]
    for each in lines:
        cells = [cell + " " * (most - width(cell)) for cell, most in zip(each, widths)]  # noqa: B905
        yield "  ".join(cells).rstrip()


def width(cell: str) -> int:
    """Return how many columns a terminal needs; Hangul takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in cell)


def sheet_lines(document: dict[str, Json], names: list[str], language: str) -> list[str]:
    """Return one signed sheet as lines. Raises Unreadable when the file has none."""
    round_, judge, entry = names
    sheet = signed_sheet(document, names)
    points = points_on(document, names)
    [own_round] = [each for each in document["rule"]["rounds"] if each["code"] == round_]
    track = {code: track for code, track, _, _ in document["inputs"]["entries"]}[entry]
    lines = [f"{round_} / {judge} / {entry}"]
    for criterion in criteria_for(own_round, track):
        given = points.get(criterion["code"], say("not scored", language))
        lines.append(f"  {criterion['code']}: {given} / {criterion['max']}")
    for label, key in (
        ("Signed at", "signed_at"),
        ("SHA-256 of the sheet", "sha256"),
        ("SHA-256 of what was judged", "snapshot_sha256"),
    ):
        lines.append(f"{say(label, language)}: {sheet[key]}")
    return lines


def signed_sheet(document: dict[str, Json], names: list[str]) -> dict[str, Json]:
    """Return the sheet of a round, judge and entry."""
    for each in document["sheets"]:
        if [each["round"], each["judge"], each["entry"]] == names:
            return each
    text = "There is no signed sheet of round {round}, judge {judge}, entry {entry} in the file."
    raise Unreadable(text, round=names[0], judge=names[1], entry=names[2])


def points_on(document: dict[str, Json], names: list[str]) -> dict[str, str]:
    """Return the points of a sheet by criterion."""
    return {each[3]: each[4] for each in document["inputs"]["marks"] if each[:3] == names}


def sheet_findings(document: dict[str, Json], names: list[str], signed: Json) -> list[Finding]:
    """Compare a sheet as its judge has it, with the comments, with the one in the file: hash and points."""
    scores = signed.get("scores") if isinstance(signed, dict) else None
    if not isinstance(scores, dict) or not all(isinstance(each, dict) for each in scores.values()):
        raise Unreadable("The signed sheet must be the JSON file that its judge downloaded.")
    given = {code: each.get("points") for code, each in scores.items() if each.get("points") is not None}
    in_file = points_on(document, names)
    pairs: dict[str, tuple[Json, Json]] = {
        "sha256": (sheet_hash(signed), signed_sheet(document, names)["sha256"])
    }
    pairs.update((code, (given.get(code), in_file.get(code))) for code in sorted({*given, *in_file}))
    place = f"sheets[{'/'.join(names)}]"
    text = "the signed sheet has {found}, the file of the result {expected}"
    return [
        Finding(joined(place, key), text, {"found": found, "expected": expected})
        for key, (found, expected) in pairs.items()
        if found != expected
    ]


def sheet_hash(signed: Json) -> str:
    """Return the SHA-256 of a signed sheet: of its JSON with sorted keys and without spaces."""
    return hashlib.sha256(ENCODER.encode(signed).encode()).hexdigest()


# --- The command -----------------------------------------------------------------------------------------


def run(
    arguments: list[str],
    write: Callable[[str], Any],
    complain: Callable[[str], Any],
    language: str | None = None,
) -> int:
    """Check one file and return the exit code. write, complain: take one line each."""
    language = language or wanted_language(arguments)
    write, complain = printable(write), printable(complain)
    try:
        wanted = parser(language).parse_args(arguments)
        document = read(raw_of(wanted.file))
        findings = check(document)
        return told(document, findings, wanted, write, complain, language)
    except Unreadable as error:
        complain(error.finding.line(language))
        return 2


def printable(tell: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return the same for lines from which signs that steer a terminal are taken out."""
    return lambda line: tell("".join(sign if sign.isprintable() else "�" for sign in line))


def told(
    document: dict[str, Json],
    findings: list[Finding],
    wanted: argparse.Namespace,
    write: Callable[[str], Any],
    complain: Callable[[str], Any],
    language: str,
) -> int:
    """Say what was found and return the exit code."""
    if findings:
        lines = list(dict.fromkeys(each.line(language) for each in findings))
        for line in lines[:MOST_LINES]:
            complain(line)
        if len(lines) > MOST_LINES:
            text = "Differences that are not shown: {count}."
            complain(say(text, language, count=len(lines) - MOST_LINES))
        text = "The file does not agree. Differences: {count}. The first: {first}"
        write(say(text, language, count=len(lines), first=lines[0]))
        return 1
    for line in agreement(document, language):
        write(line)
    if wanted.table:
        for line in table(document, language):
            write(line)
    return sheet_told(document, wanted, write, complain, language) if wanted.sheet else 0


def sheet_told(
    document: dict[str, Json],
    wanted: argparse.Namespace,
    write: Callable[[str], Any],
    complain: Callable[[str], Any],
    language: str,
) -> int:
    """Show one sheet; with the judge's own copy say whether it is the one that was signed."""
    for line in sheet_lines(document, wanted.sheet, language):
        write(line)
    if wanted.signed is None:
        return 0
    findings = sheet_findings(document, wanted.sheet, parse(raw_of(wanted.signed)))
    for each in findings:
        complain(each.line(language))
    if not findings:
        write(say("This is the sheet that was signed: the same SHA-256 and the same points.", language))
    return 1 if findings else 0


def parser(language: str) -> argparse.ArgumentParser:
    """Return the reader of the command line."""
    reader = argparse.ArgumentParser(
        prog="verify_results.py",
        description=say("Checks the published result of a contest offline.", language),
    )
    reader.add_argument("file", help=say("results.json, or - for standard input", language))
    reader.add_argument("--lang", choices=["ko", "en"], help=say("language of the answers", language))
    reader.add_argument(
        "--sheet",
        nargs=3,
        metavar=("ROUND", "JUDGE", "ENTRY"),
        help=say("show one score sheet and its SHA-256", language),
    )
    signed = "with --sheet: the signed sheet as the judge downloaded it; it must be the one in the file"
    reader.add_argument("--signed", metavar="FILE", help=say(signed, language))
    reader.add_argument("--table", action="store_true", help=say("show the places", language))
    return reader


def wanted_language(arguments: list[str]) -> str:
    """Return ko or en: as asked for, else as the computer is set, else Korean."""
    for position, argument in enumerate(arguments):
        asked = arguments[position + 1 : position + 2] if argument == "--lang" else [argument[7:]]
        if argument.startswith("--lang") and asked in (["ko"], ["en"]):
            return asked[0]
    try:
        own = locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        own = ""
    return "en" if own.startswith("en") else "ko"


def raw_of(name: str) -> bytes:
    """Return the bytes of a file or of standard input, at most one more than may be read."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(LARGEST + 1)
        with open(name, "rb") as file:
            return file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreadable("The file cannot be opened: {reason}. Check its name.", reason=reason) from error


def main() -> int:
    """Run as a script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    return run(
        sys.argv[1:], lambda line: sys.stdout.write(line + "\n"), lambda line: sys.stderr.write(line + "\n")
    )


if __name__ == "__main__":
    sys.exit(main())
