"""All advice on a contest, as JSON."""

from dataclasses import replace
from decimal import Decimal

import pytest

from competitions.judging.advice import stability
from competitions.judging.advice.report import advice
from competitions.judging.records import Award, Contest, Entry, Limit, Mark, Scoring, Votes
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from tests.competitions.judging.advice.panels import (
    MASKED,
    SHROUT_FLEISS,
    contest,
    hundred,
    hundred_round,
)

TASTED = {f"E{e}": {f"J{j}": 10 * y for j, y in enumerate(row)} for e, row in enumerate(SHROUT_FLEISS)}
KEYS = {
    "calibrated",
    "calibrated_order",
    "shrunken",
    "severity",
    "severity_interval",
    "p_award",
    "grey_zone",
    "place_interval",
    "draws",
    "agreement",
    "stability",
    "outliers",
    "rounds",
    "refused",
}


def advised(own):
    return advice(own, compute(own))


def reasons(found):
    return [(each["round"], each["what"]) for each in found["refused"]]


def test_the_order_beside_the_official_one():
    own = contest(MASKED)

    found = advised(own)

    assert [entry.code for entry in compute(own).entries] == ["Q", "P", "S", "R"]
    assert found["calibrated_order"] == ["P", "Q", "R", "S"]
    assert found["calibrated"] == {"P": 80.0, "Q": 78.0, "R": 76.0, "S": 74.0}
    assert found["severity"] == {"J1": -6.0, "J2": 0.0, "J3": 6.0}


def test_all_parts_of_a_full_table():
    found = advised(contest(TASTED, awards=[("gold", 1), ("silver", 2)]))

    assert found.keys() == KEYS
    assert found["agreement"]["round"] == "written"
    assert round(found["agreement"]["icc_2_1"], 3) == 0.290
    assert round(found["agreement"]["icc_2_k"], 3) == 0.620
    assert round(found["agreement"]["kendall_w"], 3) == 0.887
    assert sum(found["p_award"].values()) == pytest.approx(3)
    assert found["grey_zone"] == [code for code, p in found["p_award"].items() if 0.1 <= p <= 0.9]
    assert found["place_interval"]["E4"][0] == 1
    assert found["stability"]["judges"] == 4
    assert found["refused"] == []


def test_icc_of_a_table_with_gaps_is_that_of_the_variances():
    table = {**TASTED, "E9": {"J0": 80, "J1": 30}}

    found = advised(contest(table))

    variances = found["rounds"]["written"]["variances"][0]
    whole = sum(variances.values())
    assert found["agreement"]["icc_2_1"] == pytest.approx(variances["entry"] / whole, abs=1e-5)
    assert found["agreement"]["shared_entries"] == 6


def test_the_same_inputs_give_the_same_numbers():
    own = contest(TASTED, awards=[("gold", 1)])

    assert advised(own) == advised(own)


def test_the_official_result_is_left_alone():
    own = contest(TASTED, awards=[("gold", 1)])
    outcome = compute(own)
    before = as_json(outcome)

    advice(own, outcome)

    assert as_json(outcome) == before


def test_rounds_are_put_together_by_their_shares():
    rounds = (hundred_round("written", weight=Decimal(60)), hundred_round("final", weight=Decimal(40)))
    marks = hundred(MASKED) + hundred({code: {"J1": 50, "J2": 50} for code in MASKED}, code="final")

    found = advised(contest(MASKED, rounds=rounds, marks=marks))

    assert found["calibrated"] == {"P": 68.0, "Q": 66.8, "R": 65.6, "S": 64.4}
    assert found["severity"] == {"J1": -3.6, "J2": 0.0, "J3": 6.0}
    assert found["rounds"]["final"]["severity"] == {"J1": 0.0, "J2": 0.0}


def test_points_are_added_where_the_rule_adds_points():
    rounds = (hundred_round("written"), hundred_round("final"))
    marks = hundred(MASKED) + hundred({code: {"J1": 50, "J2": 50} for code in MASKED}, code="final")

    found = advised(contest(MASKED, rounds=rounds, marks=marks, scoring=Scoring(total="sum_of_points")))

    assert found["calibrated"] == {"P": 130.0, "Q": 128.0, "R": 126.0, "S": 124.0}


def test_measured_and_voted_rounds_stand_as_they_are():
    rounds = (
        hundred_round(),
        hundred_round("test", kind="measured"),
        hundred_round("vote", kind="public_vote"),
    )
    measured = [
        Mark(round="test", judge="", entry=code, criterion="all", points=Decimal(points))
        for code, points in {"P": 20, "Q": 50, "R": 50, "S": 50}.items()
    ]
    votes = tuple(Votes(round="vote", entry=code, count=count) for code, count in {"P": 1, "Q": 4}.items())

    found = advised(contest(MASKED, rounds=rounds, marks=hundred(MASKED) + measured, votes=votes))

    assert found["calibrated"]["P"] == pytest.approx((80 + 20 + 25) / 3, abs=1e-6)
    assert found["calibrated"]["Q"] == pytest.approx((78 + 50 + 100) / 3, abs=1e-6)
    assert found["calibrated"]["S"] == pytest.approx((74 + 50 + 0) / 3, abs=1e-6)


def test_a_round_of_one_judge_stands_as_it_is_and_says_why():
    rounds = (hundred_round(), hundred_round("final"))
    marks = hundred(MASKED) + hundred({code: {"J1": 50} for code in MASKED}, code="final")

    found = advised(contest(MASKED, rounds=rounds, marks=marks))

    assert found["calibrated"]["P"] == 65.0
    assert reasons(found) == [("final", "calibrated")]


def test_an_entry_below_a_floor_is_calibrated_and_has_no_chance():
    own = contest(TASTED, rounds=(hundred_round(floor=Limit(percent=Decimal(35))),), awards=[("gold", 1)])

    found = advised(own)

    assert "E1" in found["calibrated"]
    assert "E1" not in found["p_award"]
    assert "E1" not in found["place_interval"]


def test_an_entry_without_sheets_is_missing_and_not_zero():
    own = contest(TASTED, awards=[("gold", 1)])

    found = advised(replace(own, entries=(*own.entries, Entry(code="E9"))))

    assert (found["calibrated"]["E9"], found["shrunken"]["E9"]) == (None, None)
    assert "E9" not in found["calibrated_order"]
    assert "E9" not in found["p_award"]


def test_judges_who_share_no_entry_are_named_and_nothing_is_estimated():
    found = advised(contest({"A": {"J1": 70, "J2": 80}, "B": {"J3": 60, "J4": 65}}, awards=[("gold", 1)]))

    [refused] = found["refused"]
    assert (refused["round"], refused["what"], refused["params"]) == (
        "written",
        "calibrated",
        {"groups": "J1, J2; J3, J4"},
    )
    assert found["calibrated"] == {"A": None, "B": None}
    assert found["p_award"] == {}
    assert found["stability"]["judges"] == 4


def test_tracks_that_never_compete_are_compared_apart():
    sides = {f"{side}{code}": side for side in "ab" for code in MASKED}
    table = {
        f"{side}{code}": {f"{side}{j}": y for j, y in MASKED[code].items()}
        for side in "ab"
        for code in MASKED
    }
    awards = [Award(code=side, count=1, track=side) for side in "ab"]

    found = advised(contest(table, tracks=sides, awards=awards))

    assert found["calibrated"]["bP"] == 80.0
    assert found["severity"]["bJ1"] == -6.0
    assert found["p_award"]["aP"] > 0.5
    assert sum(found["p_award"].values()) == pytest.approx(2)
    assert found["refused"] == []


def test_tracks_that_compete_for_one_award_are_not_compared_apart():
    sides = {f"{side}{code}": side for side in "ab" for code in MASKED}
    table = {
        f"{side}{code}": {f"{side}{j}": y for j, y in MASKED[code].items()}
        for side in "ab"
        for code in MASKED
    }

    found = advised(contest(table, tracks=sides, awards=[("gold", 1)]))

    assert reasons(found) == [("written", "calibrated")]


def test_too_few_sheets_are_calibrated_without_chances():
    found = advised(contest({"A": {"J1": 70, "J2": 80}, "B": {"J1": 60}}, awards=[("gold", 1)]))

    assert reasons(found) == [("written", "shrunken")]
    assert found["calibrated"] == {"A": 75.0, "B": 65.0}
    assert (found["shrunken"], found["p_award"]) == ({"A": None, "B": None}, {})


def test_an_outlying_sheet_is_named():
    table = {f"E{e}": {f"J{j}": 50 + 5 * e + (e * j) % 3 for j in range(4)} for e in range(8)}
    table["E3"]["J2"] = 20

    [sheet] = advised(contest(table))["outliers"]

    assert (sheet["round"], sheet["judge"], sheet["entry"], sheet["given"]) == ("written", "J2", "E3", 20.0)
    assert sheet["studentised"] < -3


@pytest.mark.parametrize("rounds", [(), (hundred_round(),)])
def test_a_contest_with_nothing_in_it_has_all_parts_and_says_what_is_missing(rounds):
    own = Contest(competition="c", rounds=rounds, judges=(), entries=(), marks=())

    found = advised(own)

    assert found.keys() == KEYS
    assert reasons(found) == [("", "stability"), ("", "agreement")]


def test_a_large_contest_that_cannot_be_repeated_says_so(monkeypatch):
    monkeypatch.setattr(stability, "EXACT_UP_TO", 0)
    other = compute(contest({code: {"J0": 1, "J1": 2} for code in TASTED}))

    found = advice(contest(TASTED), other)

    assert reasons(found) == [("", "stability")]
    assert found["stability"] is None
    assert found["calibrated"]["E4"] == 75.0
