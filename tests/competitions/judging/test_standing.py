"""Who is in, who stands where, and who is proposed for what: floors, advancing, tie chains, awards."""

from decimal import Decimal

import pytest

from competitions.judging.records import Advance, Aggregate, Criterion, Entry, Limit, Scoring, Votes
from competitions.judging.tally import compute
from tests.competitions.judging.declared import a_contest, a_round, given

IDEA = (Criterion(code="idea", max=Decimal(40)), Criterion(code="use", max=Decimal(60)))


def statuses(contest):
    return [(entry.code, entry.place, entry.status) for entry in compute(contest).entries]


def test_floor_is_met_at_its_line_and_missed_below():
    rounds = [a_round(floor=Limit(points=Decimal(60)))]
    contest = a_contest(given({"A": ["60"], "B": ["59.999999"], "C": [None]}), rounds=rounds)

    assert statuses(contest) == [("A", 1, "ranked"), ("B", None, "below_floor"), ("C", None, "unscored")]
    assert [entry.total for entry in compute(contest).entries] == [60, Decimal("59.999999"), None]


def two_rounds(advance, *, first, second, entries=None, **fields):
    rounds = (a_round("one", advance=advance), a_round("two", **fields))
    marks = given(first, round_code="one") + given(second, round_code="two")
    return a_contest(marks, rounds=rounds, entries=entries)


def test_equals_at_the_line_all_go_on_and_later_marks_of_others_count_for_nothing():
    first = {"A": ["90"], "B": ["80"], "C": ["80"], "D": ["70"]}
    contest = two_rounds(Advance(top=2), first=first, second=first | {"D": ["100"]})

    assert statuses(contest) == [
        ("A", 1, "ranked"),
        ("B", 2, "ranked"),
        ("C", 2, "ranked"),
        ("D", None, "not_advanced"),
    ]
    last = compute(contest).entries[-1]
    assert (last.total, last.rounds["two"].score, last.rounds["two"].judges) == (None, None, 0)


def test_marks_of_who_did_not_advance_move_no_rank_of_others():
    first = {"A": ["90"], "B": ["80"], "D": ["70"]}
    second = {"A": ["10"], "B": ["50"]}
    ranks = Aggregate(over="criteria", method="rank_sum")

    with_mark = two_rounds(Advance(top=2), first=first, second=second | {"D": ["100"]}, aggregate=ranks)
    without = two_rounds(Advance(top=2), first=first, second=second, aggregate=ranks)

    assert [entry.total for entry in compute(with_mark).entries] == [
        entry.total for entry in compute(without).entries
    ]


def test_advance_per_track_takes_the_best_of_each():
    entries = [Entry(code=code, track=track) for code, track in zip("ABCD", "xxyy", strict=True)]
    first = {"A": ["90"], "B": ["80"], "C": ["30"], "D": ["20"]}

    contest = two_rounds(Advance(top=1, per_track=True), first=first, second=first, entries=entries)

    assert {code: status for code, _, status in statuses(contest)} == {
        "A": "ranked",
        "B": "not_advanced",
        "C": "ranked",
        "D": "not_advanced",
    }


def test_advance_needs_its_least_score_too():
    first = {"A": ["90"], "B": ["50"], "C": ["40"]}
    rule = Advance(top=3, least=Limit(percent=Decimal(50)))

    contest = two_rounds(rule, first=first, second=first)

    assert [status for _, _, status in statuses(contest)] == ["ranked", "ranked", "not_advanced"]


def test_who_is_out_is_listed_by_total_behind_the_ranked():
    rounds = (a_round("one", advance=Advance(top=2)), a_round("two", floor=Limit(percent=Decimal(50))))
    first = {"A": ["60"], "B": ["70"], "C": ["50"], "D": ["40"], "E": [None]}
    second = {"A": ["60"], "B": ["10"], "C": ["99"], "D": ["99"], "E": ["99"]}
    marks = given(first, round_code="one") + given(second, round_code="two")

    assert statuses(a_contest(marks, rounds=rounds)) == [
        ("A", 1, "ranked"),
        ("B", None, "below_floor"),
        ("C", None, "not_advanced"),
        ("D", None, "not_advanced"),
        ("E", None, "unscored"),
    ]


def test_round_that_is_not_carried_only_decides_who_goes_on():
    rounds = (a_round("one", advance=Advance(top=2), carries=False), a_round("two"))
    first = {"A": ["60"], "B": ["70"], "C": ["50"]}
    marks = given(first, round_code="one") + given({"A": ["90"], "B": ["80"], "C": ["99"]}, round_code="two")

    outcome = compute(a_contest(marks, rounds=rounds))

    assert [(entry.code, entry.total, entry.place) for entry in outcome.entries] == [
        ("A", 90, 1),
        ("B", 80, 2),
        ("C", None, None),
    ]


def tied(*steps, rows, entries=None):
    """Totals equal: idea + use is 60 of 100 each."""
    marks = [
        mark
        for code, idea in rows.items()
        for criterion, points in (("idea", idea), ("use", 60 - idea))
        for mark in given({code: [points]}, criterion=criterion)
    ]
    contest = a_contest(
        marks, rounds=[a_round(criteria=IDEA)], scoring=Scoring(tie_break=steps), entries=entries
    )
    return [(entry.code, entry.place, entry.tie_broken_by) for entry in compute(contest).entries]


def test_tie_chain_parts_equals_step_by_step():
    rows = {"A": 10, "B": 20, "C": 20, "D": 30}
    entries = [
        Entry(code="A"),
        Entry(code="B", submitted_at="2026-05-01T10:00:00+09:00"),
        Entry(code="C", submitted_at="2026-05-01T00:30:00+00:00"),
        Entry(code="D"),
    ]

    found = tied("criterion:idea", "submitted", rows=rows, entries=entries)

    assert found == [
        ("D", 1, "criterion:idea"),
        ("C", 2, "submitted"),
        ("B", 3, "submitted"),
        ("A", 4, "criterion:idea"),
    ]


def test_joint_ends_the_chain_and_equals_share_the_place():
    found = tied("criterion:idea", "joint", rows={"A": 20, "B": 20, "C": 30, "D": 10})

    assert found == [("C", 1, "criterion:idea"), ("A", 2, None), ("B", 2, None), ("D", 4, "criterion:idea")]


def test_missing_value_loses_against_one_that_is_there():
    entries = [Entry(code="A"), Entry(code="B", submitted_at="2026-05-01T10:00:00")]

    assert tied("submitted", rows={"A": 20, "B": 20}, entries=entries) == [
        ("B", 1, "submitted"),
        ("A", 2, "submitted"),
    ]


def test_step_of_a_round_compares_its_score():
    rounds = (a_round("one"), a_round("two"))
    marks = given({"A": ["40"], "B": ["60"]}, round_code="one") + given(
        {"A": ["60"], "B": ["40"]}, round_code="two"
    )
    contest = a_contest(marks, rounds=rounds, scoring=Scoring(tie_break=("criterion:two/all", "round:one")))

    assert [(e.code, e.tie_broken_by) for e in compute(contest).entries] == [
        ("A", "criterion:two/all"),
        ("B", "criterion:two/all"),
    ]


def proposed(rows, awards, *, people=None, tracks=None):
    entries = [
        Entry(code=code, track=(tracks or {}).get(code, ""), people=(people or {}).get(code, ()))
        for code in rows
    ]
    contest = a_contest(
        given({code: [points] for code, points in rows.items()}),
        entries=entries,
        awards=awards,
        scoring=Scoring(one_prize_per_person=people is not None),
    )
    return {e.code: e.award or e.passed_over_for or e.status for e in compute(contest).entries}


def test_awards_of_a_track_are_for_its_entries_and_stop_alone():
    rows = {"A": 90, "B": 80, "C": 80, "D": 70, "E": 60}
    awards = [
        {"code": "x1", "count": 1, "track": "x"},
        {"code": "y1", "count": 1, "track": "y"},
        {"code": "x2", "count": 1, "track": "x"},
        {"code": "all", "count": 1},
    ]

    found = proposed(rows, awards, tracks={"A": "x", "B": "y", "C": "y", "D": "x", "E": "x"})

    assert found == {
        "A": "x1",
        "B": "tied_at_award_line",
        "C": "tied_at_award_line",
        "D": "x2",
        "E": "ranked",
    }


def test_one_person_gets_one_prize():
    awards = [{"code": "gold", "count": 1}, {"code": "silver", "count": 1}]

    found = proposed({"A": 90, "B": 80, "C": 70}, awards, people={"A": ("p", "q"), "B": ("q",), "C": ("r",)})

    assert found == {"A": "gold", "B": "A", "C": "silver"}


def test_two_equals_of_one_person_are_left_to_people():
    awards = [{"code": "gold", "count": 2}, {"code": "silver", "count": 1}]

    found = proposed({"A": 90, "B": 90, "C": 70}, awards, people={"A": ("p",), "B": ("p",)})

    assert found == {"A": "tied_at_award_line", "B": "tied_at_award_line", "C": "ranked"}


def test_who_is_passed_over_leaves_room_in_a_joint_place():
    awards = [{"code": "gold", "count": 1}, {"code": "silver", "count": 1}]

    found = proposed({"A": 90, "B": 80, "C": 80}, awards, people={"A": ("p",), "B": ("p",)})

    assert found == {"A": "gold", "B": "A", "C": "silver"}


@pytest.mark.parametrize("method", ["mean", "median", "trimmed_mean", "rank_sum", "t_score"])
@pytest.mark.parametrize("over", ["judge_totals", "criteria"])
def test_nobody_one_and_none_marked_have_a_result(over, method):
    drops = {"drop_high": 1} if method == "trimmed_mean" else {}
    rounds = [a_round(aggregate=Aggregate(over=over, method=method, **drops))]

    assert compute(a_contest(rounds=rounds, entries="")).entries == ()
    assert statuses(a_contest(given({"A": ["7"]}), rounds=rounds)) == [("A", 1, "ranked")]
    assert statuses(a_contest(rounds=rounds, entries="AB")) == [
        ("A", None, "unscored"),
        ("B", None, "unscored"),
    ]


def test_ten_thousand_equals_share_the_first_place_and_the_line():
    codes = [f"E{number:05}" for number in range(10_000)]
    contest = a_contest(
        given({code: ["70"] for code in codes}),
        awards=[{"code": "gold", "count": 1}],
        scoring=Scoring(tie_break=("criterion:all", "round:r", "submitted")),
    )

    entries = compute(contest).entries

    assert [entry.code for entry in entries] == codes
    assert {(entry.place, entry.status, entry.tie_broken_by) for entry in entries} == {
        (1, "tied_at_award_line", None)
    }


def test_advance_from_the_last_round_has_no_effect():
    only = a_round(advance=Advance(top=1))

    outcome = compute(a_contest(given({"A": ["10"], "B": ["20"]}), rounds=(only,)))

    assert [(each.code, each.place, each.status) for each in outcome.entries] == [
        ("B", 1, "ranked"),
        ("A", 2, "ranked"),
    ]


def test_vote_on_who_did_not_advance_is_missing_and_no_zero():
    rounds = (a_round(advance=Advance(top=1)), a_round("vote", kind="public_vote", criteria=()))
    votes = (Votes(round="vote", entry="A", count=9), Votes(round="vote", entry="B", count=3))

    outcome = compute(a_contest(given({"A": ["10"], "B": ["20"]}), rounds=rounds, votes=votes))

    assert {each.code: each.rounds["vote"].score for each in outcome.entries} == {"B": 100, "A": None}
