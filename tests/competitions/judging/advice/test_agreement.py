"""Coefficients of agreement to the digits printed by their authors."""

import numpy as np
import pytest

from competitions.judging.advice.agreement import alpha_of_scores, icc, kendall_w, krippendorff_alpha
from tests.competitions.judging.advice.panels import SHROUT_FLEISS

NAN = np.nan
# Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section C: four observers, twelve units.
KRIPPENDORFF = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
        [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
    ]
).T


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_krippendorff_alpha_is_the_printed_one(level, alpha):
    assert round(krippendorff_alpha(KRIPPENDORFF, level=level), 3) == alpha


def test_krippendorff_alpha_leaves_single_scores_out():
    without = np.delete(KRIPPENDORFF, 11, axis=0)  # the last unit has one score

    assert krippendorff_alpha(without) == pytest.approx(krippendorff_alpha(KRIPPENDORFF))


def test_krippendorff_alpha_of_full_agreement_is_one():
    assert krippendorff_alpha(np.array([[1.0, 1.0], [2.0, 2.0]])) == 1


@pytest.mark.parametrize("table", [[[1.0, NAN], [NAN, 2.0]], [[3.0, 3.0], [3.0, 3.0]], np.empty((0, 3))])
def test_krippendorff_alpha_is_missing_without_pairs_or_differences(table):
    assert krippendorff_alpha(np.array(table)) is None


def test_alpha_of_interval_and_of_general_distances_agree():
    unit, judge = np.nonzero(~np.isnan(KRIPPENDORFF))
    values = KRIPPENDORFF[unit, judge]
    kinds = values[:, None] - values
    same = (unit[:, None] == unit) & ~np.eye(len(unit), dtype=bool)
    sizes = np.bincount(unit)[unit]
    paired = sizes > 1
    observed = (kinds**2 * same)[paired][:, paired].sum(axis=1) / (sizes[paired] - 1)
    expected = (kinds**2)[paired][:, paired].sum() / (paired.sum() - 1)

    assert alpha_of_scores(unit, values) == pytest.approx(1 - observed.sum() / expected)


def test_icc_are_the_six_of_shrout_and_fleiss():
    found = icc(SHROUT_FLEISS)

    assert [round(value, 3) for value in (found.icc_1_1, found.icc_2_1, found.icc_3_1)] == [
        0.166,
        0.290,
        0.715,
    ]
    assert [round(value, 3) for value in (found.icc_1_k, found.icc_2_k, found.icc_3_k)] == [
        0.443,
        0.620,
        0.909,
    ]


@pytest.mark.parametrize(
    "table", [[[1.0, NAN], [2.0, 3.0]], [[1.0, 2.0]], [[1.0], [2.0]], [[1.0, 2.0], [2.0, 1.0]]]
)
def test_icc_is_missing_with_gaps_with_too_few_and_without_differences(table):
    assert icc(np.array(table)) is None


def test_kendall_w_counts_ties_as_the_printed_one():
    # Judge 1 gives 6 twice, judges 2 and 4 share marks too: without the correction W would be .855.
    assert round(kendall_w(SHROUT_FLEISS), 3) == 0.887


def test_kendall_w_of_one_order_is_one_and_of_opposite_orders_zero():
    assert kendall_w(np.array([[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]])) == 1
    assert kendall_w(np.array([[1.0, 3.0], [2.0, 2.0], [3.0, 1.0]])) == 0


@pytest.mark.parametrize(
    "table", [[[1.0, NAN], [2.0, 3.0]], [[1.0, 2.0]], [[1.0], [2.0]], [[1.0, 2.0], [1.0, 2.0]]]
)
def test_kendall_w_is_missing_with_gaps_with_too_few_and_without_differences(table):
    assert kendall_w(np.array(table)) is None
