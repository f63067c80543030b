"""Outlying sheets against the fit without each of them."""

import numpy as np

from competitions.judging.advice.additive import fit
from competitions.judging.advice.outliers import leverage, outliers, studentised
from tests.competitions.judging.advice.panels import MASKED, SHROUT_FLEISS, full_panel, panel


def test_leverage_is_the_diagonal_of_the_hat_matrix():
    own = full_panel(SHROUT_FLEISS)
    design = np.hstack([np.eye(6)[own.entry], np.eye(4)[own.judge]])

    np.testing.assert_allclose(leverage(own, fit(own)), np.diag(design @ np.linalg.pinv(design)))


def test_studentised_is_the_distance_from_the_fit_without_the_sheet():
    own = full_panel(SHROUT_FLEISS)
    table = {f"E{e}": {f"J{j}": y for j, y in enumerate(row)} for e, row in enumerate(SHROUT_FLEISS)}
    given = table["E0"].pop("J1")
    rest = fit(panel(table))
    away = given - rest.f[0] - rest.b[1]
    # The variance of the distance is s2 / (1 - h), with h of the whole fit.
    scale = np.sqrt(rest.error / (1 - leverage(own, fit(own))[1]))

    np.testing.assert_allclose(studentised(own, fit(own))[1], away / scale)


def test_a_sheet_far_off_is_named_with_its_figures():
    values = np.array([[60.0, 61, 62], [70, 72, 71], [80, 80, 83], [75, 76, 74], [66, 65, 68], [90, 91, 90]])
    values[2, 1] = 40

    found = outliers(full_panel(values), fit(full_panel(values)))

    assert [(each.entry, each.judge, each.given) for each in found] == [("E2", "J1", 40.0)]
    assert (round(found[0].expected, 1), round(found[0].studentised)) == (63.3, -28)
    assert found[0].expected == 40 - found[0].residual


def test_nothing_is_outlying_where_everything_fits():
    assert outliers(panel(MASKED), fit(panel(MASKED))) == []


def test_nothing_is_outlying_without_degrees_of_freedom():
    own = panel({"A": {"J1": 70, "J2": 80}, "B": {"J1": 60, "J2": 10}})

    assert np.isnan(studentised(own, fit(own))).all()
