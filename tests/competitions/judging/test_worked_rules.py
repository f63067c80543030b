"""Declared rules against results worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from competitions.judging.records import Aggregate, Criterion, Limit, Mark, Round, Scoring, Votes
from competitions.judging.report import as_json
from competitions.judging.tally import compute
from tests.competitions.judging.declared import a_contest, a_round, given

TRIMMED = Aggregate(over="judge_totals", method="trimmed_mean", drop_high=1, drop_low=1)

# Technical marks of the judges A to E out of 80, and the price out of 20.
TECHNICAL = {
    "甲": ("67.5", "67.5", "66", "67.5", "70"),
    "乙": (70, 70, 70, 70, 70),
    "丙": (65, 80, 68, 79, 69),
    "丁": (76, 69, 64, 80, 80),
}
PRICES = {"甲": 20, "乙": 12, "丙": 15, "丁": 12}


def tender(*, without=""):
    technical = Round(
        code="technical",
        criteria=(Criterion(code="plan", max=Decimal(80)),),
        aggregate=TRIMMED,
        floor=Limit(percent=Decimal(85)),
    )
    price = Round(code="price", kind="measured", criteria=(Criterion(code="price", max=Decimal(20)),))
    marks = [
        Mark(round="technical", judge=judge, entry=entry, criterion="plan", points=Decimal(points))
        for entry, row in TECHNICAL.items()
        for judge, points in zip("ABCDE", row, strict=True)
        if judge != without
    ]
    marks += [
        Mark(round="price", judge="", entry=entry, criterion="price", points=Decimal(points))
        for entry, points in PRICES.items()
    ]
    return a_contest(
        marks,
        rounds=(technical, price),
        scoring=Scoring(total="sum_of_points", tie_break=("round:technical", "joint")),
        awards=[{"code": "first", "count": 1}],
    )


def test_tender_is_trimmed_then_floored_then_parted():
    result = as_json(compute(tender()))

    by_code = {entry["code"]: entry for entry in result["entries"]}
    assert [(e["code"], e["place"], e["total"], e["status"]) for e in result["entries"]] == [
        ("丁", 1, "87", "ranked"),
        ("丙", 2, "87", "ranked"),
        ("乙", 3, "82", "ranked"),
        ("甲", None, "87.5", "below_floor"),
    ]
    assert [by_code[code]["tie_broken_by"] for code in "丁丙乙"] == [
        "round:technical",
        "round:technical",
        None,
    ]
    assert by_code["丁"]["award"] == "first"
    # Two gave 丁 80: exactly one of them is left out.
    assert by_code["丁"]["rounds"]["technical"] == {
        "score": "75",
        "judges": 5,
        "criteria": {"plan": "75"},
        "kept": ["A", "B", "D"],
        "dropped": ["C", "E"],
        "percent": "93.75",
        "judge_totals": {"A": "76", "B": "69", "C": "64", "D": "80", "E": "80"},
    }


@pytest.mark.parametrize(
    ("judge", "winner"), [("A", "丙"), ("B", "丁"), ("C", "丁"), ("D", "丁"), ("E", "丙")]
)
def test_tender_is_won_by_another_without_one_judge(judge, winner):
    assert compute(tender(without=judge)).entries[0].code == winner


def test_panel_of_nine_trims_each_component_and_rounds_the_total():
    marks = ("7.25", "7.50", "7.00", "7.75", "7.25", "7.50", "6.75", "8.00", "7.25")
    components = tuple(Criterion(code=f"c{n}", max=Decimal(10), weight=Decimal("1.6")) for n in range(5))
    more = ("0", "0.25", "-0.25", "0.5", "-0.5")
    rule = Aggregate(over="criteria", method="trimmed_mean", drop_high=1, drop_low=1)
    contest = a_contest(
        [
            mark
            for component, shift in zip(components, more, strict=True)
            for mark in given({"A": [Decimal(m) + Decimal(shift) for m in marks]}, criterion=component.code)
        ],
        rounds=[a_round(criteria=components, aggregate=rule)],
        scoring=Scoring(total="sum_of_points", places=2),
    )

    [entry] = compute(contest).entries

    # 51.5 / 7 without the 8.00 and the 6.75; five such means x 1.6.
    assert entry.rounds["r"].criteria["c0"] == Fraction(103, 14)
    assert entry.rounds["r"].points == Fraction(8 * 5 * 103, 5 * 14)
    assert entry.total == Fraction("58.86")
    assert entry.rounds["r"].dropped["c0"] == ("j7", "j8")


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (("60", "70", "80"), ["60", "50", "40"]),
        (("70", "80", "90", "100"), ["61.61895", "53.872983", "46.127017", "38.38105"]),
        (("70", "70", "70"), ["50", "50", "50"]),
        (("70",), ["50"]),
    ],
)
@pytest.mark.parametrize("over", ["judge_totals", "criteria"])
def test_t_scores(points, expected, over):
    marks = given({f"E{n}": [p] for n, p in enumerate(points)})
    rounds = [a_round(aggregate=Aggregate(over=over, method="t_score"))]

    result = as_json(compute(a_contest(marks, rounds=rounds)))

    assert [entry["total"] for entry in result["entries"]] == expected


def test_t_score_may_be_negative():
    marks = given({f"E{n}": ["1"] for n in range(40)} | {"low": ["0"]})
    rounds = [a_round(aggregate=Aggregate(over="judge_totals", method="t_score"))]

    result = as_json(compute(a_contest(marks, rounds=rounds)))

    assert result["entries"][-1]["total"] == "-12.469505"


@pytest.mark.parametrize("over", ["judge_totals", "criteria"])
def test_rank_sums_share_the_mean_rank_of_equals(over):
    marks = given({"A": ["90", "50"], "B": ["80", "60"], "C": ["80", "70"], "D": ["10", None]})
    rounds = [a_round(aggregate=Aggregate(over=over, method="rank_sum"))]

    entries = {entry.code: entry for entry in compute(a_contest(marks, rounds=rounds)).entries}

    # First judge: ranks 1, 2.5, 2.5, 4 of four. Second: 3, 2, 1 of three.
    assert {code: entry.total for code, entry in entries.items()} == {
        "A": Fraction(50),
        "B": Fraction(50),
        "C": Fraction(75),
        "D": Fraction(0),
    }
    assert [entries[code].rounds["r"].rank_sum for code in "ABCD"] == [4, Fraction(9, 2), Fraction(7, 2), 4]


def test_median_of_an_even_number_is_the_mean_of_the_middle_two():
    marks = given({"A": ["10", "20", "50", "90"], "B": ["10", "50", "90", None]})
    rounds = [a_round(aggregate=Aggregate(over="judge_totals", method="median"))]

    totals = {entry.code: entry.total for entry in compute(a_contest(marks, rounds=rounds)).entries}

    assert totals == {"A": Fraction(35), "B": Fraction(50)}


def test_too_few_marks_to_trim_fall_back_to_the_mean_and_say_so():
    marks = given({"A": ["10", "20", None], "B": ["10", "20", "90"]})
    contest = a_contest(marks, rounds=[a_round(aggregate=TRIMMED)])

    entries = {entry["code"]: entry["rounds"]["r"] for entry in as_json(compute(contest))["entries"]}

    assert (entries["A"]["score"], entries["A"]["fallback"], entries["A"]["dropped"]) == ("15", "mean", [])
    assert (entries["B"]["score"], entries["B"]["dropped"]) == ("20", ["j1", "j3"])
    assert "fallback" not in entries["B"]


def test_among_equals_the_last_judge_is_dropped_at_the_top_and_the_first_at_the_bottom():
    contest = a_contest(given({"A": ["5", "5", "5", "5"]}), rounds=[a_round(aggregate=TRIMMED)])

    outcome = compute(contest).entries[0].rounds["r"]

    assert (outcome.kept, outcome.dropped) == (("j2", "j3"), ("j1", "j4"))


def test_judge_without_a_required_criterion_has_no_total():
    criteria = (
        Criterion(code="all", max=Decimal(50)),
        Criterion(code="use", max=Decimal(50)),
        Criterion(code="bonus", max=Decimal(10), required=False),
    )
    rounds = [a_round(criteria=criteria, aggregate=Aggregate(over="judge_totals"))]
    marks = given({"A": ["40", "10"]}) + given({"A": ["20"]}, criterion="use") + given({"B": ["1"]})

    entries = {entry["code"]: entry for entry in as_json(compute(a_contest(marks, rounds=rounds)))["entries"]}

    # Skipped, the bonus is in no total: 60 of 100.
    assert entries["A"]["rounds"]["r"] == {
        "score": "60",
        "judges": 2,
        "criteria": {"all": "40", "use": "20", "bonus": None},
        "kept": ["j1"],
        "dropped": [],
        "judge_totals": {"j1": "60"},
        "incomplete": ["j2"],
    }
    assert (entries["B"]["status"], entries["B"]["rounds"]["r"]["incomplete"]) == ("unscored", ["j1"])


@pytest.mark.parametrize(
    ("points", "places", "total"),
    [("84.125", 2, "84.13"), ("84.125", 0, "84"), ("84.5", 0, "85"), ("84.125", None, "84.125")],
)
def test_total_is_rounded_half_up(points, places, total):
    contest = a_contest(given({"A": [points]}), scoring=Scoring(places=places))

    assert as_json(compute(contest))["entries"][0]["total"] == total


def test_rounded_totals_tie_what_is_exactly_apart():
    marks = given({"A": ["84.004"], "B": ["84.001"]})

    assert [e.place for e in compute(a_contest(marks, scoring=Scoring(places=2))).entries] == [1, 1]
    assert [e.place for e in compute(a_contest(marks)).entries] == [1, 2]


def test_votes_are_percent_of_the_most_votes():
    vote = Round(code="r", kind="public_vote", criteria=(Criterion(code="all", max=Decimal(20)),))
    contest = a_contest(rounds=[vote], entries="ABC")
    counted = replace(contest, votes=votes_of({"A": 8, "B": 2}))

    entries = as_json(compute(counted))["entries"]

    assert [(e["code"], e["total"], e["rounds"]["r"]["votes"]) for e in entries] == [
        ("A", "100", 8),
        ("B", "25", 2),
        ("C", "0", 0),
    ]
    assert entries[1]["rounds"]["r"]["criteria"] == {"all": "5"}
    assert {entry.status for entry in compute(contest).entries} == {"unscored"}


def test_points_of_a_vote_go_before_its_votes():
    vote = Round(code="r", kind="public_vote", criteria=(Criterion(code="all", max=Decimal(20)),))
    contest = a_contest(given({"A": ["5"], "B": ["10"]}), rounds=[vote])

    entries = compute(replace(contest, votes=votes_of({"A": 8}))).entries

    assert [(entry.code, entry.total) for entry in entries] == [("B", 50), ("A", 25)]


def votes_of(counts):
    return tuple(Votes(round="r", entry=entry, count=count) for entry, count in counts.items())
