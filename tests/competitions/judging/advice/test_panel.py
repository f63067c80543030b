"""Sheets from marks."""

from decimal import Decimal

import numpy as np

from competitions.judging.advice.marks import marks_of
from competitions.judging.advice.panel import panel_of
from competitions.judging.records import Aggregate, Contest, Criterion, Entry, Mark, Round

IDEA = Criterion(code="idea", max=Decimal(40))
USE = Criterion(code="use", max=Decimal(60), required=False)


def one_round(rows, *, aggregate=None, criteria=(IDEA, USE)):
    round_ = Round(code="r", criteria=criteria, aggregate=aggregate or Aggregate())
    marks = [
        Mark(round="r", judge=judge, entry=entry, criterion=criterion, points=points)
        for judge, entry, criterion, points in rows
    ]
    entries = tuple(Entry(code=code) for code in sorted({row[1] for row in rows}))
    judges = tuple(sorted({row[0] for row in rows} - {""}))
    return marks_of(
        Contest(competition="c", rounds=(round_,), judges=judges, entries=entries, marks=tuple(marks))
    )["r"]


def test_a_sheet_is_percent_of_what_its_judge_marked():
    marks = one_round(
        [("j1", "A", "idea", Decimal(30)), ("j1", "A", "use", Decimal(45)), ("j2", "A", "idea", Decimal(30))]
    )

    assert panel_of(marks).y.tolist() == [75.0, 75.0]


def test_a_sheet_in_points_is_its_share_of_the_points_of_all_criteria():
    bonus = Criterion(code="bonus", max=Decimal(20), weight=Decimal(2), required=False)
    marks = one_round([("j1", "A", "idea", Decimal(30))], criteria=(IDEA, bonus))

    assert panel_of(marks, in_points=True).y.tolist() == [60.0]


def test_missing_points_are_no_zero_and_a_zero_is_a_score():
    marks = one_round(
        [("j1", "A", "idea", None), ("j2", "A", "idea", Decimal(0)), ("j1", "B", "idea", Decimal(40))]
    )

    panel = panel_of(marks)

    assert panel.judges == ("j1", "j2")
    np.testing.assert_array_equal(panel.table(), [[np.nan, 0.0], [100.0, np.nan]])


def test_a_sheet_without_a_required_criterion_counts_over_criteria_only():
    rows = [("j1", "A", "use", Decimal(60)), ("j2", "A", "idea", Decimal(40))]

    over_totals = panel_of(one_round(rows, aggregate=Aggregate(over="judge_totals")))

    assert panel_of(one_round(rows)).judges == ("j1", "j2")
    assert over_totals.judges == ("j2",)


def test_points_of_nobody_are_no_sheet():
    assert panel_of(one_round([("", "A", "idea", Decimal(40))])).judges == ()
