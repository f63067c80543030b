"""Variances and posterior against textbook numbers and against the formula with all its matrices."""

import numpy as np
import pytest

from competitions.judging.advice.draws import Seats, chances
from competitions.judging.advice.errors import Disconnected, NoSpread, TooFew
from competitions.judging.advice.shrunken import posterior
from competitions.judging.advice.variances import Variances, estimate
from tests.competitions.judging.advice.panels import MASKED, SHROUT_FLEISS, full_panel, panel

KNOWN = Variances(entry=9.0, judge=20.0, error=4.0)


def matrices(own):
    entries, judges = np.zeros((len(own.y), len(own.entries))), np.zeros((len(own.y), len(own.judges)))
    entries[np.arange(len(own.y)), own.entry] = 1
    judges[np.arange(len(own.y)), own.judge] = 1
    whole = (
        KNOWN.entry * entries @ entries.T + KNOWN.judge * judges @ judges.T + KNOWN.error * np.eye(len(own.y))
    )
    return entries, judges, np.linalg.inv(whole)


def test_variances_of_a_full_table_are_those_of_its_mean_squares():
    # Shrout and Fleiss, table 3: BMS 11.24, JMS 32.49, EMS 1.02.
    found = estimate(full_panel(SHROUT_FLEISS))

    assert found.error == pytest.approx(1.019444, rel=1e-4)
    assert found.entry == pytest.approx((11.241667 - 1.019444) / 4, rel=1e-4)
    assert found.judge == pytest.approx((32.486111 - 1.019444) / 6, rel=1e-4)


def test_variances_of_a_table_with_gaps_are_near_those_it_was_made_with():
    random = np.random.default_rng(2)
    worth, leaning = random.normal(70, 5, 400), random.normal(0, 3, 30)
    sheets = {
        f"E{e}": {
            f"J{j}": worth[e] + leaning[j] + random.normal(0, 2) for j in random.choice(30, 4, replace=False)
        }
        for e in range(400)
    }

    found = estimate(panel(sheets))

    assert found.entry == pytest.approx(worth.var(ddof=1), rel=0.1)
    assert found.judge == pytest.approx(leaning.var(ddof=1), rel=0.1)
    assert found.error == pytest.approx(4, rel=0.1)


def test_posterior_means_are_those_of_the_whole_formula():
    own = panel(MASKED)
    entries, judges, inverse = matrices(own)

    found = posterior(own, KNOWN, mu=75.0)

    np.testing.assert_allclose(found.f, 75 + KNOWN.entry * entries.T @ inverse @ (own.y - 75))
    np.testing.assert_allclose(found.b, KNOWN.judge * judges.T @ inverse @ (own.y - 75), atol=1e-12)


def test_an_unknown_mean_is_that_of_generalised_least_squares():
    own = panel(MASKED)
    entries, _, inverse = matrices(own)
    mean = inverse.sum(axis=0) @ own.y / inverse.sum()

    found = posterior(own, KNOWN)

    assert found.mu == pytest.approx(mean)
    np.testing.assert_allclose(found.f, mean + KNOWN.entry * entries.T @ inverse @ (own.y - mean))


def test_draws_have_the_posterior_mean_and_spread():
    own = panel(MASKED)
    entries, _, inverse = matrices(own)
    gain = KNOWN.entry * entries.T @ inverse
    rest = 1 - gain.sum(axis=1)
    covariance = KNOWN.entry * (np.eye(4) - gain @ entries) + np.outer(rest, rest) / inverse.sum()
    found = posterior(own, KNOWN)

    drawn = found.draw(np.random.default_rng(1), 200_000)

    np.testing.assert_allclose(drawn.mean(axis=0), found.f, atol=0.03)
    np.testing.assert_allclose(np.cov(drawn.T), covariance, atol=0.1)


def test_a_given_mean_has_no_spread_of_its_own():
    found = posterior(panel(MASKED), KNOWN, mu=75.0)

    assert not found.spread[0].any()


def test_shrinking_draws_entries_and_judges_in():
    found = posterior(panel(MASKED), KNOWN)

    assert [*np.argsort(-found.f)] == [0, 1, 2, 3]
    assert np.ptp(found.b) < 12


def test_little_error_gives_least_squares():
    found = posterior(panel(MASKED), Variances(entry=1e4, judge=1e4, error=1e-4))

    assert found.f.round(3).tolist() == [80, 78, 76, 74]


def test_too_few_sheets_have_no_variances():
    with pytest.raises(TooFew) as error:
        estimate(panel({"A": {"J1": 70, "J2": 80}, "B": {"J1": 60}}))

    assert error.value.params == {"sheets": 3, "entries": 2, "judges": 2}


def test_sheets_all_alike_have_no_variances():
    with pytest.raises(NoSpread):
        estimate(full_panel(np.full((3, 3), 80.0)))


def test_judges_who_share_no_entry_have_no_variances():
    with pytest.raises(Disconnected):
        estimate(panel({"A": {"J1": 1, "J2": 2}, "C": {"J3": 4, "J4": 5}}))


def test_the_worked_example():
    found = posterior(panel(MASKED), KNOWN)
    random = np.random.default_rng(0)
    two = [Seats(allowed=np.array([True] * 4), count=2)]

    drawn = chances(lambda count: found.draw(random, count), seats=two, people=[], entries=4)

    assert found.f.round(2).tolist() == [79.16, 78.19, 76.17, 74.91]
    assert found.b.round(2).tolist() == [-5.15, -0.08, 5.23]
    assert drawn.p_award.tolist() == pytest.approx([0.95, 0.84, 0.18, 0.03], abs=0.01)
