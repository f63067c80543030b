"""The additive model against worked examples and against a solver of all its unknowns."""

import numpy as np
import pytest

from competitions.judging.advice.additive import components, fit
from competitions.judging.advice.errors import Disconnected, TooFew
from tests.competitions.judging.advice.panels import MASKED, SHROUT_FLEISS, full_panel, panel


def test_harsh_and_lenient_judges_are_seen_through():
    fitted = fit(panel(MASKED))

    assert panel(MASKED).mean_of_entries().tolist() == [77, 81, 76, 77]
    assert fitted.f.round(9).tolist() == [80, 78, 76, 74]
    assert fitted.b.round(9).tolist() == [-6, 0, 6]
    assert fitted.df == 2


def test_a_full_table_gives_plain_means():
    fitted = fit(full_panel(SHROUT_FLEISS))

    np.testing.assert_allclose(fitted.f, SHROUT_FLEISS.mean(axis=1))
    np.testing.assert_allclose(fitted.b, SHROUT_FLEISS.mean(axis=0) - SHROUT_FLEISS.mean())
    assert fitted.error == pytest.approx(1.0194, abs=5e-5)  # EMS of Shrout and Fleiss, table 3


def test_intervals_of_a_full_table_are_those_of_its_mean_square():
    # b has the variance EMS (1/n) (1 - 1/k); t of 15 degrees of freedom is 2.131450.
    half = 2.131450 * np.sqrt(1.019444 / 6 * 0.75)

    fitted = fit(full_panel(SHROUT_FLEISS))

    for b, (low, high) in zip(fitted.b, fitted.interval(), strict=True):
        assert (low, high) == (pytest.approx(b - half, abs=1e-5), pytest.approx(b + half, abs=1e-5))


def test_elimination_agrees_with_solving_for_everything():
    random = np.random.default_rng(5)
    sheets = {
        f"E{e}": {f"J{j}": float(random.normal(70, 9)) for j in random.choice(6, 3, replace=False)}
        for e in range(30)
    }
    own = panel(sheets)
    design = np.zeros((len(own.y) + 1, 36))
    design[np.arange(len(own.y)), own.entry] = 1
    design[np.arange(len(own.y)), 30 + own.judge] = 1
    design[-1, 30:] = 1  # the b add up to 0
    solved = np.linalg.lstsq(design, np.append(own.y, 0), rcond=None)[0]

    fitted = fit(own)

    np.testing.assert_allclose(np.concatenate([fitted.f, fitted.b]), solved, atol=1e-9)


def test_without_a_sheet_to_spare_there_is_no_interval():
    fitted = fit(panel({"A": {"J1": 70, "J2": 80}, "B": {"J1": 60}}))

    assert fitted.error is None
    assert fitted.interval() == [None, None]


def test_judges_who_share_no_entry_are_refused_by_name():
    apart = panel({"A": {"J1": 1, "J2": 2}, "B": {"J2": 3}, "C": {"J3": 4, "J4": 5}})

    assert components(apart) == [("J1", "J2"), ("J3", "J4")]
    with pytest.raises(Disconnected) as error:
        fit(apart)
    assert error.value.components == (("J1", "J2"), ("J3", "J4"))
    assert error.value.params == {"groups": "J1, J2; J3, J4"}


@pytest.mark.parametrize("table", [{"A": {"J1": 1}, "B": {"J1": 2}}, {"A": {"J1": 1, "J2": 2}}])
def test_one_judge_or_one_entry_is_too_few(table):
    with pytest.raises(TooFew):
        fit(panel(table))
