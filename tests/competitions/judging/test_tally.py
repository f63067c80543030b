"""The tally against results worked out by hand."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from competitions.judging import errors
from competitions.judging.awards import proposed_awards
from competitions.judging.places import joint_places
from competitions.judging.records import Award, Contest, Criterion, Entry, Mark, Round
from competitions.judging.report import as_json
from competitions.judging.tally import compute

IDEA = Criterion(code="idea", max=Decimal(40))
USE = Criterion(code="use", max=Decimal(60))
WRITTEN = Round(code="written", criteria=(IDEA, USE))


def make_marks(table, *, round_code="written"):
    """{"A": {"j1": {"idea": "30"}}} -> marks."""
    return tuple(
        Mark(
            round=round_code,
            judge=judge,
            entry=entry,
            criterion=criterion,
            points=None if points is None else Decimal(points),
        )
        for entry, by_judge in table.items()
        for judge, by_criterion in by_judge.items()
        for criterion, points in by_criterion.items()
    )


def make_contest(*, marks=(), entries="AB", rounds=(WRITTEN,), judges=("j1", "j2"), awards=()):
    return Contest(
        competition="ai-contest",
        rounds=rounds,
        judges=judges,
        entries=tuple(Entry(code=code) for code in entries),
        marks=tuple(marks),
        awards=tuple(Award(code=code, count=count) for code, count in awards),
    )


def one_judge_contest(totals, *, awards=()):
    """A contest whose entries have these totals (None = unscored)."""
    hundred = Round(code="written", criteria=(Criterion(code="all", max=Decimal(100)),))
    marks = make_marks({entry: {"j1": {"all": points}} for entry, points in totals.items()})
    return make_contest(marks=marks, entries=totals, rounds=(hundred,), awards=awards)


def lines(outcome):
    return [(entry.code, entry.place, entry.award, entry.status) for entry in outcome.entries]


def test_compute_writes_the_worked_example():
    marks = make_marks(
        {
            "A": {"j1": {"idea": "30", "use": "50"}, "j2": {"idea": "40", "use": "55"}},
            "B": {"j1": {"idea": "20", "use": "60"}, "j2": {"idea": None, "use": "45.5"}},
        }
    )

    result = as_json(compute(make_contest(marks=marks, awards=[("grand", 1)])))

    assert result["competition"] == "ai-contest"
    assert result["entries"] == [
        {
            "code": "A",
            "track": "",
            "total": "87.5",
            "place": 1,
            "rounds": {
                "written": {
                    "score": "87.5",
                    "judges": 2,
                    "criteria": {"idea": "35", "use": "52.5"},
                    "kept": {"idea": ["j1", "j2"], "use": ["j1", "j2"]},
                    "dropped": {},
                }
            },
            "award": "grand",
            "status": "ranked",
            "tie_broken_by": None,
        },
        {
            "code": "B",
            "track": "",
            "total": "72.75",
            "place": 2,
            "rounds": {
                "written": {
                    "score": "72.75",
                    "judges": 2,
                    "criteria": {"idea": "20", "use": "52.75"},
                    "kept": {"idea": ["j1"], "use": ["j1", "j2"]},
                    "dropped": {},
                }
            },
            "award": None,
            "status": "ranked",
            "tie_broken_by": None,
        },
    ]


def test_compute_leaves_a_missing_mark_out_of_the_mean():
    marks = make_marks({"A": {"j1": {"all": "5"}, "j2": {"all": "5"}, "j3": {"all": None}}})
    five = Round(code="written", criteria=(Criterion(code="all", max=Decimal(5)),))

    outcome = compute(make_contest(marks=marks, entries="A", rounds=(five,), judges=("j1", "j2", "j3")))

    assert outcome.entries[0].total == 100
    assert outcome.entries[0].rounds["written"].judges == 2


def test_compute_counts_a_zero_as_a_score():
    outcome = compute(one_judge_contest({"A": "0", "B": None}))

    assert lines(outcome) == [("A", 1, None, "ranked"), ("B", None, None, "unscored")]
    assert outcome.entries[0].total == 0


def test_compute_is_not_lowered_by_a_skipped_optional_criterion():
    bonus = Criterion(code="bonus", max=Decimal(10), required=False)
    round_ = Round(code="written", criteria=(IDEA, bonus))
    marks = make_marks({"A": {"j1": {"idea": "36"}}, "B": {"j1": {"idea": "36", "bonus": "1"}}})

    outcome = compute(make_contest(marks=marks, rounds=(round_,)))

    assert [entry.total for entry in outcome.entries] == [90, 74]


def test_compute_weighs_criteria():
    heavy = Criterion(code="use", max=Decimal(60), weight=Decimal("2.5"))
    marks = make_marks({"A": {"j1": {"idea": "20", "use": "60"}}})

    outcome = compute(
        make_contest(marks=marks, entries="A", rounds=(Round(code="written", criteria=(IDEA, heavy)),))
    )

    assert outcome.entries[0].total == Fraction(100 * 170, 190)
    assert as_json(outcome)["entries"][0]["total"] == "89.473684"


def test_compute_weighs_rounds():
    rounds = (
        Round(code="written", weight=Decimal(60), criteria=(IDEA,)),
        Round(code="stage", weight=Decimal(40), criteria=(IDEA,)),
    )
    marks = make_marks({"A": {"j1": {"idea": "40"}}}) + make_marks(
        {"A": {"j2": {"idea": "20"}}}, round_code="stage"
    )

    outcome = compute(make_contest(marks=marks, entries="A", rounds=rounds))

    assert outcome.entries[0].total == 80


def test_compute_leaves_an_entry_unscored_when_a_round_is_missing():
    rounds = (WRITTEN, Round(code="stage", criteria=(IDEA,)))
    marks = make_marks({"A": {"j1": {"idea": "40", "use": "60"}}})

    outcome = compute(make_contest(marks=marks, entries="A", rounds=rounds))

    assert lines(outcome) == [("A", None, None, "unscored")]
    assert outcome.entries[0].rounds["written"].score == 100
    assert outcome.entries[0].rounds["stage"].score is None


def test_compute_leaves_an_entry_unscored_without_a_required_criterion():
    marks = make_marks({"A": {"j1": {"idea": "40"}}})

    outcome = compute(make_contest(marks=marks, entries="A"))

    written = outcome.entries[0].rounds["written"]
    assert (written.score, written.criteria) == (None, {"idea": 40, "use": None})


def test_compute_without_entries():
    assert compute(make_contest(entries="")).entries == ()


def test_compute_without_rounds():
    assert lines(compute(make_contest(entries="A", rounds=()))) == [("A", None, None, "unscored")]


def test_compute_without_any_mark_of_an_optional_round():
    optional = Round(code="written", criteria=(Criterion(code="idea", max=Decimal(40), required=False),))

    assert lines(compute(make_contest(rounds=(optional,)))) == [
        ("A", None, None, "unscored"),
        ("B", None, None, "unscored"),
    ]


def test_compute_shares_places_between_equals_in_code_order():
    outcome = compute(one_judge_contest({"D": "70", "C": "80", "B": "80", "A": "90", "X": None, "E": None}))

    assert [(entry.code, entry.place) for entry in outcome.entries] == [
        ("A", 1),
        ("B", 2),
        ("C", 2),
        ("D", 4),
        ("E", None),
        ("X", None),
    ]


def test_compute_finds_equality_behind_repeating_decimals():
    criteria = tuple(Criterion(code=code, max=Decimal(3)) for code in "ab")
    marks = make_marks(
        {
            "A": {"j1": {"a": "1", "b": "0"}, "j2": {"a": "0", "b": "0"}, "j3": {"a": "0", "b": "0"}},
            "B": {"j1": {"a": "0", "b": "0"}, "j2": {"a": "0", "b": "1"}, "j3": {"a": "0", "b": "0"}},
        }
    )

    outcome = compute(
        make_contest(
            marks=marks,
            rounds=(Round(code="written", criteria=criteria),),
            judges=("j1", "j2", "j3"),
        )
    )

    assert [entry.place for entry in outcome.entries] == [1, 1]
    assert as_json(outcome)["entries"][0]["total"] == "5.555556"


def test_compute_tells_totals_apart_that_print_alike():
    outcome = compute(one_judge_contest({"A": "80.0000001", "B": "80.0000002"}))

    assert [(entry.code, entry.place) for entry in outcome.entries] == [("B", 1), ("A", 2)]
    assert [entry["total"] for entry in as_json(outcome)["entries"]] == ["80", "80"]


def test_awards_fill_tiers_in_file_order():
    outcome = compute(
        one_judge_contest({"A": "90", "B": "80", "C": "80", "D": "70"}, awards=[("grand", 1), ("gold", 2)])
    )

    assert [entry.award for entry in outcome.entries] == ["grand", "gold", "gold", None]
    assert {entry.status for entry in outcome.entries} == {"ranked"}


def test_awards_stop_at_a_tie_across_the_line():
    outcome = compute(
        one_judge_contest(
            {"A": "90", "B": "80", "C": "80", "D": "70"}, awards=[("grand", 1), ("gold", 1), ("silver", 2)]
        )
    )

    assert lines(outcome) == [
        ("A", 1, "grand", "ranked"),
        ("B", 2, None, "tied_at_award_line"),
        ("C", 2, None, "tied_at_award_line"),
        ("D", 4, None, "ranked"),
    ]


def test_awards_never_go_to_an_unscored_entry():
    outcome = compute(one_judge_contest({"A": None, "B": "10"}, awards=[("grand", 3)]))

    assert [(entry.code, entry.award) for entry in outcome.entries] == [("B", "grand"), ("A", None)]


def test_awards_after_the_last_tier_leave_a_tie_alone():
    proposed = proposed_awards({"A": 1, "B": 2, "C": 2}, awards=[Award(code="grand", count=1)])

    assert (proposed.awards, proposed.tied) == ({"A": "grand"}, set())


def test_joint_places_skip_after_equals():
    totals = {"A": Fraction(3), "B": Fraction(2), "C": Fraction(2), "D": Fraction(1), "E": None}

    assert joint_places("ABCDE", totals=totals) == {"A": 1, "B": 2, "C": 2, "D": 4}


def test_method_is_json_and_says_the_rule_in_words():
    method = compute(make_contest(awards=[("grand", 1)])).method

    assert method["name"] == "weighted_percent_of_judge_means"
    assert str(method["text"]).startswith("Each criterion counts as the mean")
    assert method["awards"] == [{"code": "grand", "count": 1}]
    assert json.loads(json.dumps(method)) == method


def test_inputs_sha256_ignores_order_empty_marks_and_trailing_zeros():
    table = {"A": {"j1": {"idea": "30"}}, "B": {"j2": {"use": "50"}}}
    same = {"B": {"j2": {"idea": None, "use": "50.00"}}, "A": {"j1": {"idea": "30.0"}}}

    first = compute(make_contest(marks=make_marks(table)))
    second = compute(make_contest(marks=make_marks(same), entries="BA", judges=("j2", "j1")))

    assert first.inputs_sha256 == second.inputs_sha256


@pytest.mark.parametrize(
    "changed",
    [
        {"marks": make_marks({"A": {"j1": {"idea": "31"}}})},
        {"entries": "ABC"},
        {"awards": [("grand", 1)]},
        {"rounds": (Round(code="written", weight=Decimal(2), criteria=(IDEA, USE)),)},
    ],
)
def test_inputs_sha256_changes_with_the_inputs(changed):
    base = {"marks": make_marks({"A": {"j1": {"idea": "30"}}})}

    assert (
        compute(make_contest(**base)).inputs_sha256 != compute(make_contest(**base | changed)).inputs_sha256
    )


def test_inputs_sha256_tells_a_zero_from_a_missing_mark():
    zero = compute(make_contest(marks=make_marks({"A": {"j1": {"idea": "0"}}})))
    missing = compute(make_contest(marks=make_marks({"A": {"j1": {"idea": None}}})))

    assert zero.inputs_sha256 != missing.inputs_sha256


@pytest.mark.parametrize(
    ("mark", "error", "reason"),
    [
        ({"points": Decimal("40.1")}, errors.PointsAboveMaximum, "40.1 is above the maximum 40"),
        ({"points": Decimal(-1)}, errors.NegativePoints, "-1 is below 0"),
        ({"points": Decimal("NaN")}, errors.NotANumber, "NaN is not a number"),
        ({"points": Decimal("sNaN")}, errors.NotANumber, "sNaN is not a number"),
        ({"points": Decimal("Infinity")}, errors.NotANumber, "Infinity is not a workable number"),
        ({"points": Decimal("1E-99999")}, errors.NotANumber, "1E-99999 is not a workable number"),
        ({"round": "final"}, errors.UnknownRound, "known rounds: written"),
        ({"judge": "j9"}, errors.UnknownJudge, "known judges: j1, j2"),
        ({"entry": "Z"}, errors.UnknownEntry, "no entry under judgement has this code"),
        ({"criterion": "style"}, errors.UnknownCriterion, "known criteria: idea, use"),
    ],
)
def test_compute_refuses_a_mark(mark, error, reason):
    codes = {"round": "written", "judge": "j1", "entry": "A", "criterion": "idea", "points": None} | mark

    with pytest.raises(error) as refusal:
        compute(make_contest(marks=[Mark(**codes)]))

    place = "round {round}, judge {judge}, entry {entry}, criterion {criterion}".format(**codes)
    assert str(refusal.value) == f"{place}: {reason}"


def test_compute_refuses_a_mark_given_twice():
    marks = make_marks({"A": {"j1": {"idea": "1"}}}) + make_marks({"A": {"j1": {"idea": None}}})

    with pytest.raises(errors.DuplicateMark) as refusal:
        compute(make_contest(marks=marks))

    assert refusal.value.place == "round written, judge j1, entry A, criterion idea"


@pytest.mark.parametrize(
    ("contest", "error", "message"),
    [
        ({"entries": "AA"}, errors.DuplicateCode, "entries: used more than once: A"),
        ({"judges": ("j1", "j1")}, errors.DuplicateCode, "judges: used more than once: j1"),
        ({"rounds": (WRITTEN, WRITTEN)}, errors.DuplicateCode, "rounds: used more than once: written"),
        (
            {"rounds": (Round(code="written", criteria=(IDEA, IDEA)),)},
            errors.DuplicateCode,
            "round written, criteria: used more than once: idea",
        ),
        ({"awards": [("a", 1), ("a", 1)]}, errors.DuplicateCode, "awards: used more than once: a"),
        ({"awards": [("a", 0)]}, errors.InvalidRule, "award a: count 0 must be 1 or more"),
        (
            {"rounds": (Round(code="written", criteria=(IDEA,), weight=Decimal(0)),)},
            errors.InvalidRule,
            "round written: weight 0 must be above 0",
        ),
        (
            {"rounds": (Round(code="written", criteria=(Criterion(code="x", max=Decimal(-1)),)),)},
            errors.InvalidRule,
            "round written, criterion x: max -1 must be above 0",
        ),
        (
            {"rounds": (Round(code="written", criteria=(Criterion(code="x", max=Decimal("NaN")),)),)},
            errors.NotANumber,
            "round written, criterion x: max NaN is not a workable number",
        ),
    ],
)
def test_compute_refuses_a_rule(contest, error, message):
    with pytest.raises(error) as refusal:
        compute(make_contest(**contest))

    assert str(refusal.value) == message
