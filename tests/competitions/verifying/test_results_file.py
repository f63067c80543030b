"""What stands in the file of a result, and its hashes."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from competitions.judging.records import Mark
from competitions.judging.report import as_json
from competitions.judging.rule import inputs_sha256, rule_of
from competitions.judging.tally import compute
from competitions.verifying.results_file import (
    ResultsDisagree,
    canonical_json,
    disagreements,
    results_file,
    sha256_of,
)
from tests.competitions.verifying.contests import WORDS, city_contest, document_of

GOLDEN = Path(__file__).with_name("gaon_results.json")


def test_the_file_of_the_city_is_what_it_was():
    assert canonical_json(document_of(city_contest())) == GOLDEN.read_bytes()


def test_the_city_has_every_kind_of_outcome():
    entries = {each["code"]: each for each in json.loads(GOLDEN.read_bytes())["entries"]}

    assert [(code, each["place"], each["award"], each["status"]) for code, each in entries.items()] == [
        ("E1", 1, "grand", "ranked"),
        ("E4", 2, "good", "ranked"),
        ("E2", 3, "good", "ranked"),
        ("E6", 4, None, "ranked"),
        ("E3", 5, None, "ranked"),
        ("E5", None, None, "below_floor"),
        ("E7", None, None, "not_advanced"),
        ("E8", None, None, "unscored"),
    ]
    assert entries["E1"]["tie_broken_by"] == "submitted"
    assert entries["E3"]["passed_over_for"] == "E1"


def test_file_and_script_agree():
    assert disagreements(document_of(city_contest())) == []


def test_hashes_are_taken_over_canonical_json():
    contest = city_contest()
    document = document_of(contest)

    whole = {key: value for key, value in document.items() if key != "sha256"}
    assert document["sha256"] == hashlib.sha256(canonical_json(whole)).hexdigest()
    assert document["rule_sha256"] == hashlib.sha256(canonical_json(rule_of(contest))).hexdigest()
    assert document["inputs_sha256"] == inputs_sha256(contest)


def test_each_link_of_the_chain_holds_the_one_before():
    document = document_of(city_contest())

    outcome = {key: document[key] for key in ("competition", "inputs_sha256", "entries")}
    parts = [document["rule"], document["sheets"], document["inputs"], outcome, document["awards"]]
    previous = ""
    for link, part in zip(document["chain"], parts, strict=True):
        previous = hashlib.sha256((previous + sha256_of(part)).encode()).hexdigest()
        assert link["sha256"] == previous


def test_rows_without_points_or_votes_are_left_out():
    contest = city_contest()
    empty = Mark(round="written", judge="J1", entry="E8", criterion="idea", points=None)

    inputs = document_of(replace(contest, marks=(*contest.marks, empty)))["inputs"]

    assert inputs == document_of(contest)["inputs"]


def test_the_order_of_rows_changes_nothing():
    contest = city_contest()
    turned = replace(
        contest, marks=contest.marks[::-1], entries=contest.entries[::-1], judges=contest.judges[::-1]
    )

    assert canonical_json(document_of(turned)) == GOLDEN.read_bytes()


def test_an_outcome_of_other_marks_is_refused():
    contest = city_contest()
    outcome = as_json(compute(contest))
    changed = replace(contest.marks[0], points=Decimal("34.5"))

    with pytest.raises(ResultsDisagree):
        results_file(
            replace(contest, marks=(changed, *contest.marks[1:])),
            outcome,
            title="가온시 프롬프트 공모전",
            sheets=[],
            awards=[],
            rule_words=WORDS,
        )


def test_an_outcome_with_decided_awards_in_it_disagrees():
    contest = city_contest()
    outcome = as_json(compute(contest))
    outcome["entries"][3]["award"] = "good"

    document = results_file(
        contest, outcome, title="", sheets=document_of(contest)["sheets"], awards=[], rule_words=WORDS
    )

    assert disagreements(document) == ["entries.E6.award: file says good, recomputed null"]
