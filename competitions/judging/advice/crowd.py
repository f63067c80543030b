"""Strengths while votes come in one by one: the crowd version of Bradley and Terry."""

from dataclasses import dataclass
from math import exp, lgamma, log

LEAST_SHARE = 0.0001  # of its variance an item keeps after a vote
JUDGE_WEIGHT = 0.1  # of what is learned of the judge, beside what is learned of the items


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is known of an entry's strength: normal with this mean and variance."""

    mean: float = 0.0
    variance: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """How often a judge picks the better one: Beta(right, wrong)."""

    right: float = 10.0
    wrong: float = 1.0


def share(winner: Item, loser: Item) -> float:
    """Return exp(winner) / (exp(winner) + exp(loser)) of the means."""
    return 1.0 / (1.0 + exp(loser.mean - winner.mean))


def voted(judge: Judge, winner: Item, loser: Item) -> tuple[Judge, Item, Item]:
    """Return judge, winner and loser after the judge chose the winner.

    One vote between two new items by a new judge moves the means to +-0.409 and the variances to 0.833.
    Source: Chen, Bennett, Collins-Thompson and Horvitz, "Pairwise Ranking Aggregation in a Crowdsourced Setting",
    WSDM 2013, section 4.
    """
    plain = share(winner, loser)
    odds = judge.right * plain + judge.wrong * (1 - plain)
    believed = judge.right * plain / odds
    push = believed - plain
    shrink = believed * (1 - believed) - plain * (1 - plain)
    return (
        updated_judge(judge, winner, loser)[0],
        Item(mean=winner.mean + winner.variance * push, variance=narrowed(winner.variance, shrink)),
        Item(mean=loser.mean - loser.variance * push, variance=narrowed(loser.variance, shrink)),
    )


def narrowed(variance: float, shrink: float) -> float:
    """Return the variance after a vote, which never falls to zero."""
    return variance * max(1 + variance * shrink, LEAST_SHARE)


def updated_judge(judge: Judge, winner: Item, loser: Item) -> tuple[Judge, float]:
    """Return the judge after the vote, and how likely the vote was beforehand.

    The Beta that has the mean and the variance of the exact posterior.
    """
    plain = share(winner, loser)
    uncertain = 0.5 * (winner.variance + loser.variance) * plain * (1 - plain) * (1 - 2 * plain)
    better = plain + uncertain
    a, b = judge.right, judge.wrong
    likely = (better * a + (1 - better) * b) / (a + b)
    first = (better * (a + 1) * a + (1 - better) * a * b) / (likely * (a + b + 1) * (a + b))
    second = (better * (a + 2) * (a + 1) * a + (1 - better) * (a + 1) * a * b) / (
        likely * (a + b + 2) * (a + b + 1) * (a + b)
    )
    size = (first - second) / (second - first**2)
    return Judge(right=size * first, wrong=size * (1 - first)), likely


def expected_gain(judge: Judge, one: Item, other: Item) -> float:
    """Return how much a vote of the judge between the two is expected to teach; 0.183 when all three are new.

    The Kullback-Leibler divergence of after from before, of both items and a tenth of the judge's, over both
    outcomes. Source: as `voted`, section 5.
    """
    likely = updated_judge(judge, one, other)[1]
    return likely * learned(judge, one, other) + (1 - likely) * learned(judge, other, one)


def learned(judge: Judge, winner: Item, loser: Item) -> float:
    """Return what a vote for the winner teaches."""
    judge_after, winner_after, loser_after = voted(judge, winner, loser)
    items = normal_divergence(winner_after, winner) + normal_divergence(loser_after, loser)
    return items + JUDGE_WEIGHT * beta_divergence(judge_after, judge)


def normal_divergence(after: Item, before: Item) -> float:
    """Return the Kullback-Leibler divergence of two normal distributions."""
    ratio = after.variance / before.variance
    return (after.mean - before.mean) ** 2 / (2 * before.variance) + (ratio - 1 - log(ratio)) / 2


def beta_divergence(after: Judge, before: Judge) -> float:
    """Return the Kullback-Leibler divergence of two Beta distributions."""
    right, wrong = after.right - before.right, after.wrong - before.wrong
    return (
        log_beta(before)
        - log_beta(after)
        + right * digamma(after.right)
        + wrong * digamma(after.wrong)
        - (right + wrong) * digamma(after.right + after.wrong)
    )


def log_beta(judge: Judge) -> float:
    """Return the logarithm of the Beta function."""
    return lgamma(judge.right) + lgamma(judge.wrong) - lgamma(judge.right + judge.wrong)


def digamma(x: float) -> float:
    """Return the derivative of lgamma, x above 0: raised above 10 by recurrence, then its series."""
    found = 0.0
    while x < 10:
        found -= 1 / x
        x += 1
    square = 1 / (x * x)
    return found + log(x) - 0.5 / x - square * (1 / 12 - square * (1 / 120 - square / 252))
