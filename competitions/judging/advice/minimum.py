"""The lowest point of a smooth function of one number, from few calls."""

from collections.abc import Callable
from math import copysign, sqrt

BOUND = 12.0  # the search runs from -BOUND to BOUND
FINEST = 1e-5
GOLDEN = (sqrt(5) - 1) / 2
NET_STEP = 3.0
NET = tuple(-BOUND + NET_STEP * number for number in range(9))


def lowest(function: Callable[[float], float]) -> tuple[float, float]:
    """Return (lowest value, where) between -BOUND and BOUND: a coarse net, then parabolas around its best.

    Where a parabola leaves the bracket, or two steps before it moved less, the larger part is cut by the golden
    section instead. Source: Brent, Algorithms for Minimization without Derivatives, 1973, chapter 5.
    """
    net = {spot: function(spot) for spot in NET}
    best = min(net, key=lambda spot: (net[spot], spot))
    low, high = max(best - NET_STEP, -BOUND), min(best + NET_STEP, BOUND)
    second = third = best
    at_best = at_second = at_third = net[best]
    step = before = 0.0
    while abs(best - (low + high) / 2) > 2 * FINEST - (high - low) / 2:
        parabola = vertex((best, at_best), (second, at_second), (third, at_third))
        before, longer = step, before
        if parabola is not None and low < best + parabola < high and abs(parabola) < abs(longer) / 2:
            step = parabola
        else:
            before = (low if best >= (low + high) / 2 else high) - best
            step = (1 - GOLDEN) * before
        spot = best + (step if abs(step) >= FINEST else copysign(FINEST, step))
        value = function(spot)
        if value <= at_best:
            low, high = (best, high) if spot >= best else (low, best)
            third, second, best = second, best, spot
            at_third, at_second, at_best = at_second, at_best, value
            continue
        low, high = (low, spot) if spot >= best else (spot, high)
        if value <= at_second or second == best:
            third, second = second, spot
            at_third, at_second = at_second, value
        elif value <= at_third or third in {best, second}:
            third, at_third = spot, value
    return at_best, best


def vertex(
    best: tuple[float, float], second: tuple[float, float], third: tuple[float, float]
) -> float | None:
    """Return the way from best to the lowest point of the parabola through three points; None when there is none."""
    one, other = best[0] - second[0], best[0] - third[0]
    left, right = one * (best[1] - third[1]), other * (best[1] - second[1])
    bend = 2 * (right - left)
    return (other * right - one * left) / -bend if bend else None
