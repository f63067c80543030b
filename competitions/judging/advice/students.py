"""Quantiles of Student's t, for intervals from few sheets."""

from functools import lru_cache
from math import atan, cos, exp, inf, lgamma, pi, sqrt
from statistics import NormalDist

import numpy as np

LARGE = 10_000
NODES, WEIGHTS = np.polynomial.legendre.leggauss(80)


def share_below(t: float, df: int) -> float:
    """Return P(T < t) for t of df degrees of freedom.

    With t = sqrt(df) tan(angle) the density is cos(angle)^(df-1), integrated by Gauss and Legendre.
    """
    angle = atan(t / sqrt(df))
    constant = exp(lgamma((df + 1) / 2) - lgamma(df / 2)) / sqrt(pi)
    nodes = angle * (NODES + 1) / 2
    return 0.5 + constant * angle / 2 * sum(
        w * cos(x) ** (df - 1) for w, x in zip(WEIGHTS, nodes, strict=True)
    )


@lru_cache(maxsize=256)
def t_quantile(share: float, df: int) -> float:
    """Return the t below which this share lies, 0.5 < share < 1; inf without a degree of freedom.

    t_quantile(0.975, 2) = 4.302653, (0.975, 10) = 2.228139. Above 10,000 degrees the normal quantile is returned.
    """
    if df < 1:
        return inf
    if df > LARGE:
        return NormalDist().inv_cdf(share)
    low, high = 0.0, 1.0
    while share_below(high, df) < share:
        high *= 2
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if share_below(middle, df) < share else (low, middle)
    return (low + high) / 2
