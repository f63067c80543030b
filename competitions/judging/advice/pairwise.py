"""Strengths from comparisons of two: Bradley and Terry."""

from dataclasses import dataclass

import numpy as np

from casebook.content.markers import N_
from competitions.judging.advice.arrays import Floats
from competitions.judging.advice.errors import Separated, TooFew

FEW = N_("Fewer than two entries were compared.")
ONE_WAY = N_(
    "%(winners)s never lost to the others, so it cannot be said by how much they are better. Compare them more "
    "with the rest."
)
STEPS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Strengths:
    """theta: (items,), the first 0; P(i beats j) = 1 / (1 + exp(theta_j - theta_i)).

    covariance: (items, items), with the first row and column 0.
    """

    theta: Floats
    covariance: Floats


def bradley_terry(wins: Floats, *, names: tuple[str, ...]) -> Strengths:
    """Return the likeliest strengths, by Newton's method with halved steps.

    wins: (items, items), how often the row beat the column, the diagonal ignored; never compared = 0 both ways.
    names: of the items, for the refusal. Raises TooFew below two items, and Separated unless every item can be
    reached from every other along wins: otherwise the likelihood has no highest point.
    Source: Bradley and Terry, Biometrika 39, 1952; Ford, American Mathematical Monthly 64, 1957.
    """
    if len(wins) < 2:
        raise TooFew(FEW)
    won = np.array(wins, dtype=np.float64)
    np.fill_diagonal(won, 0.0)
    unbeaten = closed_group(won)
    if unbeaten:
        raise Separated(ONE_WAY, winners=", ".join(names[at] for at in unbeaten))
    met = won + won.T
    theta = np.zeros(len(won))
    bend = np.zeros_like(won)
    for _ in range(STEPS):
        chance = expected_wins(theta)
        slope = (won - met * chance).sum(axis=1)
        curve = met * chance * (1 - chance)
        bend = np.diag(curve.sum(axis=1)) - curve
        move = np.concatenate([[0.0], np.linalg.solve(bend[1:, 1:], slope[1:])])
        theta = climbed(theta, move, won=won)
        if float(np.abs(move).max()) < 1e-10:
            break
    covariance = np.zeros_like(won)
    covariance[1:, 1:] = np.linalg.inv(bend[1:, 1:])
    return Strengths(theta=theta, covariance=covariance)


def expected_wins(theta: Floats) -> Floats:
    """Return the chance that the row beats the column, (items, items)."""
    chance: Floats = 1.0 / (1.0 + np.exp(theta - theta[:, None]))
    return chance


def log_likelihood(theta: Floats, won: Floats) -> float:
    """Return the logarithm of the likelihood of the wins."""
    return -float((won * np.logaddexp(0.0, theta - theta[:, None])).sum())


def climbed(theta: Floats, move: Floats, *, won: Floats) -> Floats:
    """Return theta moved so far that the likelihood does not fall: the whole move, half of it, a quarter ..."""
    here = log_likelihood(theta, won)
    share = 1.0
    while share > 1e-6 and log_likelihood(theta + share * move, won) < here - 1e-9 * abs(here):
        share /= 2
    return theta + share * move


def closed_group(won: Floats) -> tuple[int, ...]:
    """Return items that nobody outside them ever beat, or () when there is no such group but all."""
    beats = won > 0
    for start in range(len(won)):
        group = {start}
        edge = {start}
        while edge:
            # Whoever beat one of the group belongs to it.
            edge = {int(at) for at in np.flatnonzero(beats[:, sorted(edge)].any(axis=1))} - group
            group |= edge
        if len(group) < len(won):
            return tuple(sorted(group))
    return ()
