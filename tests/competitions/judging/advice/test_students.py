"""Quantiles printed in every table of Student's t."""

from math import inf

import pytest

from competitions.judging.advice.students import t_quantile


@pytest.mark.parametrize(
    ("df", "quantile"), [(1, 12.706205), (2, 4.302653), (5, 2.570582), (10, 2.228139), (120, 1.979930)]
)
def test_t_quantile_is_that_of_the_tables(df, quantile):
    assert t_quantile(0.975, df) == pytest.approx(quantile, abs=1e-6)


def test_t_quantile_of_very_many_degrees_is_the_normal_one():
    assert t_quantile(0.975, 1_000_000) == pytest.approx(1.959964, abs=1e-6)


def test_t_quantile_without_a_degree_of_freedom_has_no_end():
    assert t_quantile(0.975, 0) == inf
