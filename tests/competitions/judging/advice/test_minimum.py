"""The lowest point of functions whose lowest point is known."""

from math import cosh, exp

import pytest

from competitions.judging.advice.minimum import BOUND, lowest


@pytest.mark.parametrize("where", [-11.3, -3.0, 0.0, 2.7183, 9.99])
@pytest.mark.parametrize("shape", [lambda x: x * x, lambda x: cosh(x), lambda x: exp(x) - x, abs])
def test_the_lowest_point_is_found(where, shape):
    value, spot = lowest(lambda x: shape(x - where) + 5)

    assert spot == pytest.approx(where, abs=1e-4)
    assert value == pytest.approx(shape(0.0) + 5, abs=1e-4)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_function_that_only_falls_ends_at_the_bound(sign):
    assert lowest(lambda x: -sign * x)[1] == pytest.approx(sign * BOUND, abs=1e-4)


def test_a_smooth_function_is_asked_few_times():
    asked = []

    lowest(lambda x: asked.append(x) or cosh(x - 1.3))

    assert len(asked) < 25
